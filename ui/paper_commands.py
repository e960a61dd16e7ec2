"""`clerk paper …`: list, export, import, proof and compare the editions of papers."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clerk.atomic import atomic_write
from clerk.authoring.drafts import own_layer, start_draft
from clerk.authoring.papers import keep_paper
from clerk.authoring.shapes import Home
from clerk.errors import UserCanFix
from clerk.settings import Office
from clerk.store import open_store
from forms.language.plan import Plan
from forms.layers import DEMO, NATIONAL
from forms.loader import load
from forms.paper import Paper
from ui.console import Console
from ui.drawn_papers import edition_of, plan_with_drafts, proof_pdf, read_drawing
from ui.packs import find_pack, layers_on, practice_office
from ui.workspace import OFFICE, Where

if TYPE_CHECKING:
    from printing.drawn.importing import Import


def paper(arguments: Namespace, console: Console) -> int:
    """Do what `clerk paper` was asked for; 1 when an import finds something that keeps the paper out."""
    acts = {
        "list": _list,
        "guide": _guide,
        "import": _import,
        "overlay": _overlay,
        "diff": _diff,
        "proof": _proof,
        "export": _export,
    }
    return acts[arguments.act](arguments, console)


def _list(arguments: Namespace, console: Console) -> int:
    catalogue = _plan(arguments).catalogue
    used = catalogue.papers_on(arguments.on)
    said = []
    for id_, known in catalogue.editions.items():
        for one in known:
            state = "在用" if one is used[id_] else "待用" if one.since and one.since > arguments.on else "旧版"
            since = one.since.isoformat() if one.since else ""
            console.say(f"{id_}　{one.edition}　{since or '—'}起　{state}　{one.name}")
            said.append(
                {"文书": id_, "版": one.edition, "自": since, "情况": state, "名称": one.name, "来自": one.layer}
            )
    console.give(said)
    return 0


def _guide(arguments: Namespace, console: Console) -> int:
    from printing.drawn.guide import GUIDE_LINES

    console.say("\n".join(GUIDE_LINES))
    console.give(list(GUIDE_LINES))
    return 0


def _import(arguments: Namespace, console: Console) -> int:
    from printing.drawn.blank import nobody
    from printing.drawn.compiling import Wish
    from printing.drawn.importing import import_sheet

    plan = _plan(arguments)
    values = nobody(plan)
    wish = Wish(arguments.id, arguments.edition, arguments.since)
    found = import_sheet(read_drawing(arguments.file), arguments.file.name, wish, plan, values)
    for problem in found.problems:
        console.say(f"{'不能用' if problem.hard else '请看'}　{problem}")
    where = ""
    if found.paper:
        console.say(f"{found.paper.id} {found.paper.edition}版　{found.paper.name}：{found.pages}页，{found.boxes}个框")
        if arguments.proof:
            _write_proof(found.paper, values, arguments.proof, console)
        if not arguments.report:
            where = str(keep_paper(start_draft(*_draft_of(arguments)), found.text))
            console.say("已放进草稿，请在「政策」里发布")
    console.give(_plain(found, where))
    return 0 if found.paper else 1


def _overlay(arguments: Namespace, console: Console) -> int:
    from printing.drawn.compiling import Wish
    from printing.drawn.overlaying import propose_overlay

    if not arguments.id or not arguments.edition:
        raise UserCanFix("请用 --as 写文书编号，用 --edition 写版号")
    data = read_drawing(arguments.file)
    wish = Wish(arguments.id, arguments.edition, arguments.since)
    made = propose_overlay(data, arguments.file.name, wish, arguments.name or arguments.file.stem, _plan(arguments))
    arguments.out.mkdir(parents=True, exist_ok=True)
    target = arguments.out / Path(made.background).with_suffix(".yaml").name
    atomic_write(arguments.out / made.background, data, mode=0o644)
    atomic_write(target, made.text.encode(), mode=0o644)
    for problem in made.problems:
        console.say(f"请看　{problem}")
    console.say(f"已写入 {target}，底图 {made.background} 在旁边")
    console.give({"文件": str(target), "底图": made.background, "请看": [str(problem) for problem in made.problems]})
    return 0


def _diff(arguments: Namespace, console: Console) -> int:
    from printing.drawn.blank import nobody
    from printing.drawn.comparing import compare

    plan = _plan(arguments)
    said = compare(edition_of(arguments.old, plan), edition_of(arguments.new, plan), nobody(plan))
    console.say("\n".join(said) or "两版一样")
    console.give(list(said))
    return 0


def _proof(arguments: Namespace, console: Console) -> int:
    from printing.drawn.blank import nobody

    plan = _plan(arguments)
    _write_proof(edition_of(arguments.id, plan), nobody(plan), arguments.out, console)
    console.give({"文件": str(arguments.out)})
    return 0


def _export(arguments: Namespace, console: Console) -> int:
    from printing.drawn.exporting import export_paper

    one = edition_of(arguments.id, _plan(arguments))
    arguments.file.parent.mkdir(parents=True, exist_ok=True)
    atomic_write(arguments.file, export_paper(one), mode=0o644)
    console.say(f"已写入 {arguments.file}：{one.id} {one.edition}版 {one.name}，改好后用 clerk paper import 导入为新版")
    console.give({"文件": str(arguments.file), "文书": one.id, "版": one.edition})
    return 0


def _write_proof(one: Paper, values: Any, target: Path, console: Console) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    atomic_write(target, proof_pdf(one, values), mode=0o644)
    console.say(f"校样已写入 {target}")


def _plan(arguments: Namespace) -> Plan:
    return plan_with_drafts(*_layers(arguments), arguments.on)


def _layers(arguments: Namespace) -> tuple[Where, tuple[Path, ...]]:
    where = Where(arguments.data)
    own = [find_pack(where, arguments.pack)] if arguments.pack else layers_on(where, arguments.on)
    layers = tuple(layer for layer in own if layer != NATIONAL.resolve())
    return Where(arguments.data, practice=DEMO in layers), (NATIONAL, *layers)


def _draft_of(arguments: Namespace) -> tuple[Home, Any, tuple[Path, ...]]:
    """Where the draft of the office's own layer lies."""
    where, layers = _layers(arguments)
    return Home(where.policy), own_layer(_office(where, layers)), layers


def _office(where: Where, layers: tuple[Path, ...]) -> Office:
    """The office that the store knows; practice has its own. Raises `UserCanFix` when there is none."""
    if where.practice:
        return practice_office(load(layers))
    store = open_store(where.store, create=False)
    try:
        with store.reading() as view:
            kept = view.setting(OFFICE)
    finally:
        store.close()
    if not kept:
        raise UserCanFix("还没有设置本单位，请先打开窗口，在「设置」里填写")
    return Office(**kept)


def _plain(found: Import, where: str) -> dict[str, Any]:
    problems = [
        {"格": one.address, "问题": one.message, "办法": one.advice, "不能用": one.hard} for one in found.problems
    ]
    made = {"文书": found.paper.id, "版": found.paper.edition} if found.paper else {}
    return {**made, "页数": found.pages, "框数": found.boxes, "草稿": where, "问题": problems}
