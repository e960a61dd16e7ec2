"""The file of a case (卷内目录): what was handed out, in filing order with running pages, then what the household brought."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from clerk.casefile import CaseFile
from clerk.contents import contents
from clerk.issuing import Handing
from clerk.records import IssuedPaper
from clerk.service import Plans, case_files
from clerk.store import Store, open_store
from forms.catalogue import Catalogue
from forms.language.facts import ROOT_ROW
from forms.layers import DEMO
from forms.schema import ROOT
from printing.case_values import CaseValues
from printing.handing import hand_out
from printing.layout import lay_out
from tests.builders import the_demo_catalogue
from tests.printing.cases import a_household, file_case, names
from tests.printing.pages import read_back

CHINA = timezone(timedelta(hours=8))
AT = datetime(2026, 9, 3, 10, 0, tzinfo=CHINA)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return the_demo_catalogue()


@pytest.fixture
def case(tmp_path: Path, catalogue: Catalogue) -> CaseFile:
    return file_case(tmp_path, a_household(names(2)), "低保", catalogue)


@pytest.fixture
def store(tmp_path: Path, case: CaseFile) -> Store:
    made = open_store(tmp_path / "store", create=False)
    yield made
    made.close()


def again(store: Store, case: CaseFile, catalogue: Catalogue) -> CaseFile:
    """The case as it is read later from the store."""
    with store.reading() as view:
        (found,) = case_files(view, [case.record.case_number], Plans(catalogue), date(2026, 9, 9))
    return found


def printed(case: CaseFile, paper: str = "D55-2") -> list[str]:
    """The words of each page, without blanks."""
    values = CaseValues(case.evaluator, case.facts)
    pages = lay_out(case.catalogue.papers[paper], values, ROOT_ROW)
    return ["".join(text.split()) for text in read_back(pages)]


def test_nothing_that_is_only_planned_is_listed(case: CaseFile) -> None:
    assert case.facts.rows("卷内文书") == []
    (page,) = printed(case)
    assert "申请书" not in page
    assert case.name(case.facts.rows("成员")[0]) in page
    assert "件" in printed(case, "D55-3")[0]
    assert "0件" not in printed(case, "D55-3")[0]


def test_what_was_handed_out_is_listed_in_filing_order_with_running_pages(
    store: Store, case: CaseFile, catalogue: Catalogue
) -> None:
    made = [one for one, _ in hand_out(store, case, Handing(AT, "甲"))]
    later = again(store, case, catalogue)
    text = "".join(printed(later))
    first = 1
    at = 0
    for one in sorted(made, key=lambda one: catalogue.papers[one.paper].order):
        span = str(first) if one.pages == 1 else f"{first}-{first + one.pages - 1}"
        where = text.find("".join(one.name.split())[:6], at)
        assert where >= 0, one.name
        assert one.label in text
        assert span in text[where:], (one.name, span)
        first += one.pages
        at = where
    assert text.count("2026年9月3日") == len(made)
    cover, remarks = printed(later, "D55-1")[0], printed(later, "D55-3")[0]
    assert later.facts.answer(ROOT, "卷内页数", ROOT_ROW) == first - 1
    assert f"日{first - 1}" in cover, "below the last date"
    assert f"{len(made)}{first - 1}" in remarks


def test_the_file_does_not_list_itself_nor_an_older_paper_without_a_number(
    store: Store, case: CaseFile, catalogue: Catalogue
) -> None:
    hand_out(store, case, Handing(AT, "甲"), [("D01", ROOT_ROW), ("D55-1", ROOT_ROW), ("D55-2", ROOT_ROW)])
    with store.reading() as view:
        issued = view.issued(case.record.case_number)
    assert contents(case.record, case.plan, ()) == ()
    filed = contents(case.record, case.plan, issued)
    assert [one.title for one in filed] == [catalogue.papers["D01"].name]
    form = next(one for one in issued if one.paper == "D01")
    old, new = an_issue(form, 8, "某字1号", 2), an_issue(form, 9, "某字2号", 3)
    plain = an_issue(form, 7, "", 1)
    filed = contents(case.record, case.plan, [plain, old, new])
    assert [(one.number, one.span, one.remark) for one in filed] == [
        ("某字1号", "1-2", "已另印新的一份"),
        ("某字2号", "3-5", ""),
    ]


def test_27_lines_a_page_and_the_28th_begins_the_next(case: CaseFile, store: Store, catalogue: Catalogue) -> None:
    ((one, _),) = hand_out(store, case, Handing(AT, "甲"), [("D01", ROOT_ROW)])
    for count, pages in ((27, 1), (28, 2), (54, 2), (55, 3)):
        issued = [an_issue(one, at, f"编{at:03d}号", 1) for at in range(1, count + 1)]
        many = CaseFile(case.record, case.plan, case.plan.on, issued=issued)
        texts = printed(many)
        assert len(texts) == pages
        for number in range(1, count + 1):
            (page,) = [at for at, text in enumerate(texts) if f"编{number:03d}号" in text]
            assert page == (number - 1) // 27
        assert f"第{pages}页" in texts[-1]


def test_materials_follow_and_pages_are_counted_as_far_as_they_are_known(tmp_path: Path, catalogue: Catalogue) -> None:
    text = (DEMO / "cases" / "C31.yaml").read_text(encoding="utf-8")
    case = file_case(tmp_path, text, "all", catalogue)
    store = open_store(tmp_path / "store", create=False)
    try:
        made = hand_out(store, case, Handing(AT, "甲"), [("D01", ROOT_ROW)])
        later = again(store, case, catalogue)
    finally:
        store.close()
    filed = contents(later.record, later.plan, later.issued)
    assert [one.title for one in filed[:1]] == [made[0][0].name]
    assert any("房屋鉴定报告" in one.title for one in filed[1:])
    assert "房屋鉴定报告" in printed(later)[0]
    known = [one.pages is not None for one in filed]
    after = known.index(False) if False in known else len(filed)
    assert all(one.span for one in filed[:after])
    assert not any(one.span for one in filed[after:])
    assert all(known) == (later.facts.answer(ROOT, "卷内页数", ROOT_ROW) is not None)


def test_a_paper_for_one_member_lists_the_others(catalogue: Catalogue, tmp_path: Path) -> None:
    text = (DEMO / "cases" / "C30.yaml").read_text(encoding="utf-8")
    case = file_case(tmp_path, text, "all", catalogue)
    members = case.facts.rows("成员")
    pupil = next(row for row in members if case.name(row) == "赵某安")
    values = CaseValues(case.evaluator, case.facts)
    text = "".join(read_back(lay_out(catalogue.papers["D43-2"], values, pupil)))
    others = [case.name(row) for row in members if row != pupil]
    assert others
    assert all(name in text for name in others)
    assert text.count("赵某安") == 1, "at the head, not among the family"


def an_issue(like: IssuedPaper, number: int, label: str, pages: int) -> IssuedPaper:
    return replace(like, number=number, label=label, pages=pages)
