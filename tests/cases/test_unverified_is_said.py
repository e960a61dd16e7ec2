"""What nobody has verified is labelled 待核 wherever it is shown: in the list, to machines, in the window, on papers."""

from __future__ import annotations

from clerk.materials import grounds
from clerk.screening_text import amount_grounds, to_plain, to_text
from clerk.standard_words import UNVERIFIED
from tests.cases.test_reasons import case
from tests.ui.test_controller import case as desk_of
from tests.ui.test_offer_lines import everything
from ui.offers.reasons import reasons


def test_the_list_labels_every_condition_and_every_amount_of_what_is_offered() -> None:
    judged = case("C01")
    text = to_text(judged.screening, judged.evaluator)
    labelled = 0
    for programme in ("低保边缘", "单人保", "残疾生活", "先行救助", "资助参保", "取暖救助"):
        (offer, *_) = [one for one in judged.offers(programme) if one.verdict.value == "符合"]
        said = judged.catalogue.programmes[programme]
        for source in (*(one.source for one in said.conditions), *(one.source for one in said.amounts)):
            assert str(source) in text, f"{programme} {source}"
            labelled += not source.verified
        assert f"金额依据：{amount_grounds(offer, said)}" in text or not said.amounts
    assert labelled > 12


def test_machines_get_the_label_of_every_condition_and_amount() -> None:
    judged = case("C01")
    for offer in to_plain(judged.screening, judged.evaluator)["项目"]:  # type: ignore[attr-defined]
        said = judged.catalogue.programmes[offer["项目"]]
        sources = {one.id: one.source for one in said.conditions} | {one.id: one.source for one in said.amounts}
        for line in (*({**one, "名称": one["编号"]} for one in offer["条件"]), *offer["金额"]):
            assert line["待核"] is (UNVERIFIED in line["依据"]) is not sources[line["名称"]].verified, (
                offer["项目"],
                line["名称"],
            )


def test_the_window_labels_every_condition_and_amount() -> None:
    desk = desk_of("C01")
    labelled = 0
    for line in everything(desk):
        html = reasons(line.offers, desk, 11)
        for offer in line.offers[:1]:
            said = desk.catalogue.programmes[offer.programme]
            shown = said.conditions if len(line.offers) == 1 else ()  # of several people only what decides is shown
            for source in (*(one.source for one in shown), amount_grounds(offer, said)):
                assert str(source) in html, f"{said.id} {source}"
                labelled += UNVERIFIED in str(source)
    assert labelled > 60


def test_papers_that_name_what_asks_for_a_material_label_it() -> None:
    catalogue = case("C01").catalogue
    for programme in catalogue.programmes.values():
        assert (UNVERIFIED in grounds([programme])) is not programme.sources[0].verified, programme.id
