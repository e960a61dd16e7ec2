"""What each command does: the window's services, said in lines of text or as JSON."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Collection
from pathlib import Path
from typing import Any

from clerk import thresholds_text
from clerk.case_facts import due_words, say_amount
from clerk.casefile import CaseFile, draft_case
from clerk.entry import Problem
from clerk.errors import UserCanFix
from clerk.files import describe_fields
from clerk.periods import as_file_name, read_span
from clerk.records import CaseRecord
from clerk.screening import Standing
from clerk.screening_text import to_plain, to_text
from clerk.service import Screened, Wanted, already_kept, apply_file, case_files, roster_tables, screen_file
from clerk.settings import Office
from clerk.store import Store, open_store
from clerk.thresholds import outlook, undecided_classes
from clerk.titles import row_title
from forms.layers import NATIONAL
from forms.loader import load
from forms.places import DataError, DataErrors
from forms.schema import ROOT
from ui.console import Console
from ui.county_command import into_county
from ui.packs import Desk, open_desk, practice_office
from ui.roster_files import tell, write_out
from ui.workspace import OFFICE, Where


def screen(arguments: Namespace, console: Console) -> int:
    """`clerk screen FILE`: which programmes a household may receive, and why."""
    desk = _desk(arguments, console)
    done = screen_file(Path(arguments.file), desk.plans, arguments.on)
    for hint in done.hints:
        console.note(_hint(hint, done, desk))
    found = outlook(
        desk.plans.on(arguments.on), done.household, undecided_classes(done.screening.offers, desk.catalogue)
    )
    lines = thresholds_text.to_lines(found, desk.catalogue, done.household)
    console.say(to_text(done.screening, done.evaluator) + "\n".join([*lines, ""]))
    plain = to_plain(done.screening, done.evaluator)
    console.give(plain | {"差多少": thresholds_text.to_plain(found, desk.catalogue, done.household)})
    return 0


def apply(arguments: Namespace, console: Console) -> int:
    """`clerk apply FILE --choose …`: file a household's applications in one stroke."""
    desk = _desk(arguments, console)
    choose = [word for part in arguments.choose for word in part.split(",") if word]
    done = screen_file(Path(arguments.file), desk.plans, arguments.on)
    store = _store(desk, create=True)
    try:
        office = _office(arguments, desk, store)
        with store.reading() as view:
            for warning in already_kept(view, done.household, desk.catalogue):
                console.note(warning)
        for offer in done.screening.standing(Standing.CHOOSE) if choose == ["all"] else ():
            console.note(f"没有申请 {desk.catalogue.programmes[offer.programme].name}：{offer.reason}")
        record = apply_file(done, choose, store=store, plans=desk.plans, office=office)
    finally:
        store.close()
    console.say(_filed(record, desk))
    console.give(_plain_case(record))
    return 0


def packet(arguments: Namespace, console: Console) -> int:
    """`clerk packet CASE… --out DIR`: the papers of filed cases, one PDF each."""
    desk = _desk(arguments, console)
    store = _store(desk)
    try:
        with store.reading() as view:
            cases = case_files(view, arguments.case, desk.plans, arguments.on)
    finally:
        store.close()
    made = []
    for place, case in enumerate(cases, start=1):
        console.note(f"[{place}/{len(cases)}] {case.record.case_number}")
        made.append(write_packet(case, arguments.out / f"{case.record.case_number}.pdf"))
        console.say(_packet_words(made[-1]))
    console.give(made)
    return 0


def leaflet(arguments: Namespace, console: Console) -> int:
    """`clerk list FILE --out DIR`: what the household takes home before it has filed anything, one PDF."""
    from printing.packet import leaflets

    desk = _desk(arguments, console)
    source = Path(arguments.file)
    done = screen_file(source, desk.plans, arguments.on)
    case = draft_case(done.household, desk.plans.on(arguments.on), _known_office(desk))
    made = write_packet(case, arguments.out / f"{source.stem}.list.pdf", leaflets(case))
    console.say(_packet_words(made))
    console.give(made)
    return 0


def roster(arguments: Namespace, console: Console) -> int:
    """`clerk roster ID… | --all --period … --out DIR`: rosters of a period in one workbook, or one a department.

    With `--into FILE` one roster is put into the county's own sheet.
    """
    if arguments.into:
        return into_county(arguments, console)
    if not arguments.id and not arguments.all:
        raise UserCanFix("请写花名册编号，或用 --all 导出全部")
    span = read_span(arguments.period)
    desk = _desk(arguments, console)
    store = _store(desk)
    try:
        with store.reading() as view:
            office = Office(**kept) if (kept := view.setting(OFFICE)) else practice_office(desk.catalogue)
            wanted = Wanted(arguments.id, span, arguments.version)
            tables = roster_tables(view, wanted, desk.plans, console.note)
        if not tables:
            raise UserCanFix("数据包里还没有花名册")
        parts = ["rosters", as_file_name(arguments.period), arguments.version]
        target = arguments.out / f"{'-'.join(filter(None, parts))}.xlsx"
        target.parent.mkdir(parents=True, exist_ok=True)
        written = write_out(tables, target, office, arguments.on, apart=arguments.apart)
        with store.work() as work:
            tell(work, written, office.clerk)
    finally:
        store.close()
    files = [file for file, _ in written]
    said = [
        {"花名册": table.id, "名称": table.name, "行数": len(table.rows), "户数": table.households, "人数": table.people}
        for table in tables
    ]
    console.say("\n".join(f"{each['花名册']}　{each['名称']}　{each['行数']}行" for each in said))
    console.say("\n".join(f"已写入 {file}" for file in files))
    names = [str(file) for file in files]
    console.give({"文件": names if arguments.apart else names[0], "期间": span.words, "花名册": said})
    return 0


def fields(arguments: Namespace, console: Console) -> int:
    """`clerk fields`: every question that a household file may answer."""
    described = describe_fields(_desk(arguments, console).catalogue)
    for each in described:
        options = "、".join(str(option["名"]) for option in _options(each)[:6])
        words = [f"{each['表']}.{each['字段']}", str(each["类型"]), str(each["标签"]), "必填" if each["必填"] else "", options]
        console.say("　".join(word for word in words if word))
    console.give(described)
    return 0


def check(arguments: Namespace, console: Console) -> int:
    """`clerk check PACK`: is a county's data sound? Every fault with file, line, column and what to do."""
    from clerk.pack_cases import run_cases
    from ui.pack_commands import pack_tree

    with pack_tree(arguments.pack, Where(arguments.data)) as folder:
        layers = [folder] if folder == NATIONAL.resolve() else [NATIONAL, folder]
        try:
            catalogue = load(layers)
        except DataErrors as faults:
            console.say("\n".join(map(str, faults.errors)))
            console.note(f"共{len(faults.errors)}处错误")
            console.give([_plain_fault(fault) for fault in faults.errors])
            return 1
        cases, wrong = run_cases(folder, layers)
    if wrong:
        console.say("\n".join(map(str, wrong)))
        console.note(f"{cases}个案例，{len(wrong)}处不符")
        console.give([{"案例": fault.case, "错误": fault.message} for fault in wrong])
        return 1
    counts = {"项目": catalogue.programmes, "标准": catalogue.standards, "文书": catalogue.papers, "花名册": catalogue.rosters}
    said = "，".join(f"{name}{len(things)}个" for name, things in counts.items())
    console.say(f"数据包没有错误：{said}" + (f"；{cases}个案例都对" if cases else ""))
    console.give([])
    return 0


def write_packet(case: CaseFile, target: Path, only: Collection[str] | None = None) -> dict[str, Any]:
    """Make a case's packet (`only` some papers of it) and write it; what was written, as plain values."""
    from clerk.atomic import atomic_write
    from printing.packet import packet as make

    made = make(case, only)
    target.parent.mkdir(parents=True, exist_ok=True)
    atomic_write(target, made.pdf)
    papers = [{"文书": one.paper, "名称": one.name, "给": one.whom, "页数": one.pages} for one in made.contents]
    return {"案件": case.record.case_number, "文件": str(target), "文书": papers}


def _desk(arguments: Namespace, console: Console) -> Desk:
    desk = open_desk(arguments.data, arguments.pack or "", arguments.on)
    if desk.where.practice and not arguments.pack:
        console.note(f"没有安装县级数据包，用的是：{desk.catalogue.packs[-1].name}")
    return desk


def _store(desk: Desk, *, create: bool = False) -> Store:
    if create:
        desk.where.store.mkdir(parents=True, exist_ok=True, mode=0o700)
    return open_store(desk.where.store, create=create)


def _office(arguments: Namespace, desk: Desk, store: Store) -> Office:
    """The office of the options, else the store's; practice has its own. Raises `UserCanFix` when nothing is said."""
    if arguments.office and arguments.region and arguments.clerk:
        return Office(arguments.office, arguments.region, arguments.clerk)
    with store.reading() as view:
        kept = view.setting(OFFICE)
    if kept:
        return Office(**kept)
    if desk.where.practice:
        return practice_office(desk.catalogue)
    raise UserCanFix("还没有填写单位，请用 --office、--region、--clerk 写明受理单位、区划代码和经办人")


def _known_office(desk: Desk) -> Office:
    """The office that the store knows; no store is made for it: without one the paper has blanks to be filled by hand."""
    unknown = practice_office(desk.catalogue) if desk.where.practice else Office("", "", "")
    try:
        store = _store(desk)
    except UserCanFix:
        return unknown
    try:
        with store.reading() as view:
            kept = view.setting(OFFICE)
    finally:
        store.close()
    return Office(**kept) if kept else unknown


def _hint(problem: Problem, done: Screened, desk: Desk) -> str:
    field = desk.catalogue.fields[f"{problem.table}.{problem.field}"]
    whose = "" if problem.table == ROOT else row_title(done.household, desk.catalogue, problem.table, problem.row)
    return f"请留意 {whose}{field.label}：{problem.message}"


def _filed(record: CaseRecord, desk: Desk) -> str:
    lines = [f"已受理，案件编号 {record.case_number}，共{len(record.applications)}件"]
    for each in record.applications:
        programme = desk.catalogue.programmes[each.programme]
        whom = row_title(record.household, desk.catalogue, programme.subject, each.subject)
        money = "，".join(map(say_amount, each.amounts))
        lines.append(f"  {each.number}　{programme.name}　{whom}　{each.department}{'　' + money if money else ''}")
        if each.dues:
            lines.append(f"      {due_words(each)}")
    warnings = dict.fromkeys(warning for each in record.applications for due in each.dues for warning in due.warnings)
    return "\n".join([*lines, *warnings])


def _plain_case(record: CaseRecord) -> dict[str, Any]:
    from clerk.plain import to_plain as plain

    return {
        "案件编号": record.case_number,
        "受理日期": record.accepted.isoformat(),
        "办件": [plain(each) for each in record.applications],
    }


def _packet_words(made: dict[str, Any]) -> str:
    papers = "\n".join(f"  {one['文书']}　{one['名称']}　{one['给'] or '全案'}　{one['页数']}页" for one in made["文书"])
    return f"{made['文件']}\n{papers}"


def _plain_fault(fault: DataError) -> dict[str, Any]:
    place = fault.place
    return {"文件": place.file, "行": place.line, "列": place.column, "错误": fault.message, "建议": fault.advice}


def _options(described: dict[str, object]) -> list[dict[str, str]]:
    options = described.get("选项", [])
    return options if isinstance(options, list) else []

