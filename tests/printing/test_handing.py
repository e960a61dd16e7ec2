"""Papers handed out for real cases in a real store: kept to the byte, numbered without gaps, the same again later."""

from __future__ import annotations

import hashlib
import multiprocessing
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pypdfium2
import pytest

from clerk.casefile import CaseFile
from clerk.errors import UserCanFix
from clerk.fanout import correct, submit
from clerk.files import read_household_file
from clerk.issuing import Handing, State, issue, latest_of, reprint, state_of
from clerk.records import IssuedPaper
from clerk.screening import chosen, screen
from clerk.store import Store, open_store
from forms.catalogue import Catalogue
from forms.language import Evaluator, compile_catalogue
from forms.loader import DEMO, NATIONAL, load
from forms.reading import DataErrors
from printing import handing
from printing.handing import ready_papers
from tests.builders import DAY
from tests.printing.cases import OFFICE, a_household, file_case, names

CHINA = timezone(timedelta(hours=8))
AT = datetime(2026, 9, 1, 10, 0, tzinfo=CHINA)
PACK = """编号: numbered
名称: 编号
层级: 单位
版本: "1"
生效: 2026-01-01
"""
NOTICE = """文书: N1
名称: 通知
版: "1"
体: 函
每: 家庭
常备: 是
编号: {系列: 通知, 式: "示救〔{年}〕{号}号"}
文号: "{文书编号}"
正文:
  - "{申请人姓名}，{打印日期}办理。"
"""


def the_numbered_catalogue(folder: Path, notice: str = NOTICE) -> Catalogue:
    """The demo county with one paper more, that takes a number."""
    pack = folder / "numbered"
    (pack / "papers").mkdir(parents=True, exist_ok=True)
    (pack / "pack.yaml").write_text(PACK, encoding="utf-8")
    (pack / "papers" / "n1.yaml").write_text(notice, encoding="utf-8")
    return load([NATIONAL, DEMO, pack])


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return the_numbered_catalogue(tmp_path_factory.mktemp("pack"))


@pytest.fixture
def case(tmp_path: Path, catalogue: Catalogue) -> CaseFile:
    return file_case(tmp_path, a_household(names(2)), "低保", catalogue)


@pytest.fixture
def store(tmp_path: Path, case: CaseFile) -> Store:
    made = open_store(tmp_path / "store", create=False)
    yield made
    made.close()


def hand_out(
    store: Store, case: CaseFile, only: set[str] | None = None, at: datetime = AT, **how: object
) -> tuple[IssuedPaper, ...]:
    choice = None if only is None else [(one.paper.id, one.row) for one in ready_papers(case, only)]
    made = handing.hand_out(store, case, Handing(at, "甲", **how), choice)  # type: ignore[arg-type]
    assert all(hashlib.sha256(pdf).hexdigest() == one.digest for one, pdf in made)
    return tuple(one for one, _ in made)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in document)


def test_what_is_handed_out_is_kept_with_everything_that_made_it(store: Store, case: CaseFile) -> None:
    made = hand_out(store, case, printer="hp")
    assert [one.number for one in made] == list(range(1, len(made) + 1))
    with store.reading() as view:
        assert view.issued(case.record.case_number) == list(made)
        events = [event for event in view.events(case.record.case_number) if event.action == "印发"]
        for one in made:
            paper, pdf = reprint(view, one.number)
            assert paper == one
            assert hashlib.sha256(pdf).hexdigest() == one.digest
            assert len(pypdfium2.PdfDocument(pdf)) == one.pages
            known = case.catalogue.papers[one.paper]
            assert (one.edition, one.copies, one.name) == (known.edition, known.copies, known.name)
            assert (one.packs, one.printer, one.actor, one.at) == (case.catalogue.digest, "hp", "甲", AT)
    assert [event.detail["指纹"] for event in events] == [one.digest for one in made]
    said = " ".join(word for event in events for word in event.detail.values())
    assert case.name(case.facts.rows("成员")[0]) not in said, "the journal holds no names"


def test_a_paper_for_one_application_says_whose_it_is(store: Store, case: CaseFile) -> None:
    made = {one.paper: one for one in hand_out(store, case)}
    application = case.record.applications[0]
    assert (made["D23"].application, made["D23"].person) == (application.number, application.persons[0])
    assert (made["D01"].application, made["D01"].person) == ("", "")


def test_the_same_bytes_come_again_after_data_packs_and_clock_have_changed(
    store: Store, case: CaseFile, tmp_path: Path
) -> None:
    made = hand_out(store, case)
    with store.reading() as view:
        before = {one.number: reprint(view, one.number)[1] for one in made}
        kept, household = view.household(case.record.household_id, case.catalogue)  # type: ignore[misc]
    changed = replace(household, answers={**household.answers, "现住址": "迁到别处9号"})
    with store.work() as work:
        correct(changed, work=work, plan=case.plan, office=OFFICE, was=kept, case_number=case.record.case_number)
    newer = the_numbered_catalogue(tmp_path, NOTICE.replace('版: "1"', '版: "2"').replace("办理", "重新办理"))
    assert newer.digest != case.catalogue.digest
    store.close()
    again = open_store(tmp_path / "store", create=False, now=lambda: datetime(2029, 1, 1, tzinfo=CHINA))
    with again.reading() as view:
        record = view.case(case.record.case_number, newer)
        assert record is not None
        later = CaseFile(record, compile_catalogue(newer, DAY), date(2029, 1, 1))
        assert {one.number: reprint(view, one.number)[1] for one in made} == before
        latest = latest_of(view.issued(case.record.case_number))
        states = {
            one.paper.id: state_of(latest.get((one.paper.id, one.row)), one.content) for one in ready_papers(later)
        }
    assert states.pop("N1") is State.CHANGED
    assert set(states.values()) == {State.SAME}, "what the newer pack says alike is not new, whatever day it is"
    again.close()


def test_a_damaged_paper_is_refused_in_one_sentence(store: Store, case: CaseFile) -> None:
    one, *_ = hand_out(store, case, {"D09"})
    swapped = b"%PDF-1.5 swapped"
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER issued_document_no_update")
        connection.exec_driver_sql("UPDATE issued_document SET pdf = ?", (swapped,))
    with store.reading() as view, pytest.raises(UserCanFix, match=r"受理通知书.*已损坏.*从备份恢复"):
        reprint(view, one.number)


def test_a_forged_paper_with_a_forged_fingerprint_is_refused_by_the_journal(store: Store, case: CaseFile) -> None:
    one, *_ = hand_out(store, case, {"D09"})
    swapped = b"%PDF-1.5 swapped"
    digest = hashlib.sha256(swapped).hexdigest()
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER issued_paper_no_update")
        connection.exec_driver_sql("INSERT INTO issued_document VALUES (?, ?)", (digest, swapped))
        connection.exec_driver_sql("UPDATE issued_paper SET digest = ?", (digest,))
    with store.reading() as view, pytest.raises(UserCanFix, match="已损坏"):
        reprint(view, one.number)


def test_an_unknown_number_is_refused(store: Store) -> None:
    with store.reading() as view, pytest.raises(UserCanFix, match="没有印发号 7"):
        reprint(view, 7)


def test_only_numbered_papers_carry_a_number_and_it_is_on_the_paper(store: Store, case: CaseFile) -> None:
    made = {one.paper: one for one in hand_out(store, case)}
    assert (made["N1"].label, made["N1"].serial) == ("示救〔2026〕1号", 1)
    assert {one.label for name, one in made.items() if name != "N1"} == {""}
    with store.reading() as view:
        assert "示救〔2026〕1号" in text_of(reprint(view, made["N1"].number)[1])


def test_printing_again_takes_no_second_number_and_is_written_down(store: Store, case: CaseFile) -> None:
    first = hand_out(store, case, {"N1"}, printer="没有应答")
    second = hand_out(store, case, {"N1"}, at=AT + timedelta(days=3), printer="hp")
    assert second == first
    with store.reading() as view:
        assert len(view.issued(case.record.case_number)) == 1
        actions = [(event.action, event.detail.get("打印机")) for event in view.events(case.record.case_number)]
    assert actions[-2:] == [("印发", "没有应答"), ("补印", "hp")]


def test_numbers_begin_again_every_year_and_differ_by_office(
    store: Store, case: CaseFile, catalogue: Catalogue
) -> None:
    assert hand_out(store, case, {"N1"})[0].label == "示救〔2026〕1号"
    elsewhere = replace(case.record, office=replace(OFFICE, region="990201001"))
    with store.work() as work:
        other = [replace(one, content="0" * 64) for one in ready_papers(case, {"N1"})]
        (made,) = issue(work, elsewhere, other, Handing(AT, "乙"))
    assert (made.label, made.serial) == ("示救〔2026〕1号", 1)
    with store.work() as work:
        other = [replace(one, content="1" * 64) for one in ready_papers(case, {"N1"})]
        (made,) = issue(work, case.record, other, Handing(datetime(2027, 1, 4, tzinfo=CHINA), "乙"))
    assert made.label == "示救〔2027〕1号"


def test_a_paper_that_cannot_be_drawn_leaves_no_gap(store: Store, case: CaseFile) -> None:
    def fails(_: str) -> object:
        raise UserCanFix("画不出来")

    (ready,) = ready_papers(case, {"N1"})
    with pytest.raises(UserCanFix, match="画不出来"), store.work() as work:
        issue(work, case.record, [ready, replace(ready, row="x", draw=fails)], Handing(AT, "甲"))  # type: ignore[arg-type]
    assert [one.label for one in hand_out(store, case, {"N1"})] == ["示救〔2026〕1号"]


def test_before_it_is_handed_out_a_numbered_paper_shows_where_its_number_will_stand(case: CaseFile) -> None:
    from printing.packet import packet

    assert "示救〔2026〕号" in text_of(packet(case, {"N1"}).pdf)


ROUNDS, PROCESSES = 5, 4


def _number_many(folder: Path, catalogue: Catalogue, who: int, start: object) -> None:
    plan = compile_catalogue(catalogue, DAY)
    household = read_household_file(a_household(names(1)), catalogue, DAY)
    offers = chosen(screen(Evaluator(plan, household), catalogue), ["低保"])
    store = open_store(folder, create=False)
    start.wait()  # type: ignore[attr-defined]
    for _ in range(ROUNDS):
        with store.work() as work:
            record = submit(household, offers, work=work, plan=plan, office=OFFICE)
        hand_out(store, CaseFile(record, plan, DAY), {"N1"}, printer=f"p{who}")
    store.close()


def test_four_processes_at_once_leave_no_gap_and_give_no_number_twice(tmp_path: Path, catalogue: Catalogue) -> None:
    open_store(tmp_path / "store").close()
    forked = multiprocessing.get_context("fork")
    start = forked.Barrier(PROCESSES)
    given = [(tmp_path / "store", catalogue, who, start) for who in range(PROCESSES)]
    workers = [forked.Process(target=_number_many, args=one) for one in given]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(100)
    assert [worker.exitcode for worker in workers] == [0] * PROCESSES
    store = open_store(tmp_path / "store", create=False)
    with store.reading() as view:
        records = view.cases(DAY, DAY, catalogue)
        made = [one for record in records for one in view.issued(record.case_number)]
        assert sorted(one.serial for one in made) == list(range(1, ROUNDS * PROCESSES + 1))
        assert sorted(one.number for one in made) == list(range(1, ROUNDS * PROCESSES + 1))
        for one in made:
            assert one.label in text_of(reprint(view, one.number)[1]), "the bytes carry the number that was given"
        assert len({one.printer for one in made}) == PROCESSES
    assert store.verify_events().whole
    store.close()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("〔{年}〕{号}号", "〔{年}〕号", "应写一次 {号}"),
        ("〔{年}〕{号}号", "〔{年分}〕{号}号", "没有「年分」"),
        ('文号: "{文书编号}"\n', "", "没有写在文书上"),
        ('编号: {系列: 通知, 式: "示救〔{年}〕{号}号"}\n', "", "没有取号的系列"),
    ],
)
def test_a_number_that_cannot_be_right_is_refused_when_the_data_is_loaded(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in NOTICE
    with pytest.raises(DataErrors, match=said):
        the_numbered_catalogue(tmp_path, NOTICE.replace(old, new))
