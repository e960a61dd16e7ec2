"""Layers laid over one another: what a later one replaces, adds, stops, and may not do."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from forms.loader import digest_of, load
from forms.policy import Bond, Source
from forms.schema import PROGRAMMES, Kind
from tests.forms.small_layer import SMALL, changed, faults, write_layer

COUNTY = {"pack.yaml": "编号: 小县\n名称: 小县\n层级: 县\n版本: '1'\n区划: '990101'\n示例: 是\n"}


@pytest.fixture
def national(tmp_path: Path) -> Path:
    return write_layer(tmp_path / "national", SMALL)


def county(national: Path, files: dict[str, str]) -> Path:
    return write_layer(national.parent / "county", COUNTY | files)


def test_a_layer_is_read_whole(national: Path) -> None:
    catalogue = load([national])
    assert catalogue.packs[0].name == "小小全国目录"
    assert catalogue.packs[0].since == date(2026, 1, 1)
    assert [section.id for section in catalogue.sections] == ["家庭情况", "成员基本", "收入", "已享"]
    assert catalogue.fields["家庭.存款"].high == 1_000_000_000
    assert catalogue.fields["成员.与申请人关系"].default == "01"
    assert catalogue.fields["成员.持证"].default is False
    assert catalogue.relations["家人"].pairs == {"本人": ("配偶", "子女"), "配偶": ("本人",)}
    assert catalogue.status is not None
    assert catalogue.status.table == "已享"
    assert catalogue.standards["比例"].on(date(2026, 9, 1)).values == {(): Fraction(3, 5)}  # type: ignore[union-attr]
    assert catalogue.programmes["甲补助"].conditions[0].source == Source("办法", "第二条", "", True)
    assert catalogue.programmes["甲补助"].deadlines[0].extended == 45
    assert catalogue.compatibilities[0].bond is Bond.TOGETHER
    assert catalogue.rosters["Y01"].columns[0].width == 12.5
    assert catalogue.regions == {"990101": "示例县"}


def test_a_standard_has_no_value_outside_its_periods(national: Path) -> None:
    standard = load([national]).standards["生活标准"]
    assert standard.on(date(2024, 12, 31)) is None
    assert standard.on(date(2026, 3, 31)).values["农村",] == 50000  # type: ignore[union-attr]
    assert standard.on(date(2026, 4, 1)).values["农村",] == 63200  # type: ignore[union-attr]


def test_programmes_are_a_code_table_by_name_and_id(national: Path) -> None:
    codes = load([national]).codes[PROGRAMMES]
    assert codes.code("甲类补助") == codes.code("甲补助") == "甲补助"


def test_a_standard_of_a_later_layer_replaces_all_dates_of_the_earlier_one(national: Path) -> None:
    text = "标准: 生活标准\n类型: 金额\n值: [{自: 2026-01-01, 值: 900元}]\n"
    standard = load([national, county(national, {"standards/s.yaml": text})]).standards["生活标准"]
    assert standard.on(date(2025, 6, 1)) is None
    assert standard.values[0].values == {(): 90000}
    assert standard.values[0].layer == "小县"
    assert str(standard.place) == "county/standards/s.yaml:1:5"


def test_a_definition_of_a_later_layer_replaces_the_earlier_one(national: Path) -> None:
    text = "层级: 家庭\n定义:\n  - {名称: 月收入, 算式: 0元}\n"
    found = load([national, county(national, {"definitions/d.yaml": text})]).definitions["家庭", "月收入"]
    assert (found.expression.text, found.layer) == ("0元", "小县")


def test_an_override_replaces_conditions_by_number_and_other_keys_whole(national: Path) -> None:
    text = "项目: 甲补助\n覆盖: 是\n公示: 否\n条件:\n  - {编号: 收入, 要求: 人均月收入 < 900元}\n  - {编号: 户籍, 新增: 是, 要求: 存款 >= 0元}\n"
    layer = county(national, {"programmes/p.yaml": text})
    programme = load([national, layer]).programmes["甲补助"]
    assert [(one.id, one.layer) for one in programme.conditions] == [
        ("收入", "小县"),
        ("存款", "小全国"),
        ("户籍", "小县"),
    ]
    assert programme.conditions[0].expression.text == "人均月收入 < 900元"
    assert (programme.published, programme.name, programme.number) == (False, "甲类补助", "X01")
    assert len(programme.deadlines) == 1


def test_an_override_of_an_unknown_condition_is_refused(national: Path) -> None:
    text = "项目: 甲补助\n覆盖: 是\n条件:\n  - {编号: 收人, 要求: 人均月收入 < 900元}\n"
    (fault,) = faults(national, county(national, {"programmes/p.yaml": text}))
    assert str(fault) == "county/programmes/p.yaml:4:10 「甲补助」没有编号为「收人」的条件，是不是「收入」？"


def test_an_override_of_an_unknown_programme_is_refused(national: Path) -> None:
    text = "项目: 甲补贴\n覆盖: 是\n公示: 否\n"
    (fault,) = faults(national, county(national, {"programmes/p.yaml": text}))
    assert str(fault) == "county/programmes/p.yaml:1:5 前面的层没有项目「甲补贴」，是不是「甲补助」？"


def test_the_same_programme_again_without_override_names_both_places(national: Path) -> None:
    layer = county(national, {"programmes/p.yaml": SMALL["programmes/p1.yaml"]})
    (fault,) = faults(national, layer)
    assert str(fault) == (
        "county/programmes/p.yaml:1:5 项目「甲补助」已在 national/programmes/p1.yaml:1:5 定义，要改它请写「覆盖: 是」"
    )


def test_a_stopped_programme_is_gone_but_its_records_stay_readable(national: Path) -> None:
    catalogue = load([national, county(national, {"programmes/p.yaml": "项目: 乙补助\n停用: 是\n"})])
    assert set(catalogue.programmes) == {"甲补助"}
    assert catalogue.stopped == {"乙补助"}
    assert catalogue.codes[PROGRAMMES].label("乙补助") == "乙类补助"
    assert [option.retired for option in catalogue.codes[PROGRAMMES].options] == [False, True]
    assert catalogue.compatibilities == ()


def test_a_later_layer_adds_and_retires_options(national: Path) -> None:
    text = '代码表: 等级\n值:\n  - {码: "3", 名: 三级}\n  - {码: "1", 名: 一级, 停用: 是}\n'
    table = load([national, county(national, {"codes/c.yaml": text})]).codes["等级"]
    assert [(one.code, one.retired) for one in table.options] == [("1", True), ("2", False), ("3", False)]


def test_a_new_option_makes_an_earlier_standard_incomplete(national: Path) -> None:
    layer = county(national, {"codes/c.yaml": "代码表: 城乡\n值:\n  - {名: 牧区}\n"})
    found = [str(fault) for fault in faults(national, layer)]
    assert found[0].startswith("national/standards/standards.yaml:8:8 缺少「牧区」的值")
    assert len(found) == 2


def test_the_rest_of_a_dimension_may_be_said_at_once(tmp_path: Path) -> None:
    files = changed("standards/standards.yaml", ("{城市: 832元, 农村: 632元}", "{城市: 832元, 其余: 632元}"))
    standard = load([write_layer(tmp_path / "national", files)]).standards["生活标准"]
    assert standard.values[1].values == {("城市",): 83200, ("农村",): 63200}


def test_two_dimensions_are_keyed_by_option_codes(tmp_path: Path) -> None:
    text = "\n---\n标准: 两维\n按: [城乡类别, 残疾等级]\n值:\n  - 自: 2026-01-01\n    值: {城市: {一级: 3元, 二级: 2元}, 农村: {其余: 1元}}\n"
    files = SMALL | {"standards/standards.yaml": SMALL["standards/standards.yaml"].rstrip() + text}
    assert load([write_layer(tmp_path / "national", files)]).standards["两维"].values[0].values == {
        ("城市", "1"): 300,
        ("城市", "2"): 200,
        ("农村", "1"): 100,
        ("农村", "2"): 100,
    }


def test_a_later_layer_adds_fields_and_rewords_known_ones(national: Path) -> None:
    text = "节: 成员基本\n表: 成员\n字段:\n  - {编号: 村组, 类型: 文字}\n  - {编号: 持证, 标签: 是否持证, 类型: 是否}\n"
    catalogue = load([national, county(national, {"intake/f.yaml": text})])
    section = next(one for one in catalogue.sections if one.id == "成员基本")
    assert [one.id for one in section.fields][-2:] == ["持证", "村组"]
    assert catalogue.fields["成员.持证"].label == "是否持证"
    assert catalogue.fields["成员.村组"].kind is Kind.TEXT
    assert section.order == 20


@pytest.mark.parametrize(
    ("field", "words"),
    [
        (
            "{编号: 持证, 类型: 文字}",
            "county/intake/f.yaml:4:10 字段「持证」原是是否（national/intake/10-household.yaml:19:10）",
        ),
        ("{编号: 残疾等级, 类型: 选项, 代码表: 城乡}", "county/intake/f.yaml:4:10 字段「残疾等级」原是选项"),
    ],
)
def test_a_later_layer_may_not_change_what_kind_a_field_is(field: str, words: str, national: Path) -> None:
    text = f"节: 成员基本\n表: 成员\n字段:\n  - {field}\n"
    found = [str(fault) for fault in faults(national, county(national, {"intake/f.yaml": text}))]
    assert len(found) == 1
    assert found[0].startswith(words)
    assert found[0].endswith("后面的层不能改类型")


def test_a_field_may_not_stand_in_two_sections(national: Path) -> None:
    text = "节: 县里加的\n表: 成员\n字段:\n  - {编号: 持证, 类型: 是否}\n"
    (fault,) = faults(national, county(national, {"intake/f.yaml": text}))
    assert str(fault) == (
        "county/intake/f.yaml:4:10 字段「成员.持证」已在节「成员基本」，另一处在 national/intake/10-household.yaml:19:10，请删去一处"
    )


def test_a_roster_and_a_pair_of_the_matrix_are_replaced_whole(national: Path) -> None:
    files = {
        "rosters/r.yaml": "花名册: Y01\n名称: 县表\n行: 成员\n列: [姓名]\n",
        "compatibility/c.yaml": "兼容:\n  - {项目: [乙补助, 甲补助], 关系: 互斥, 保留: 甲补助}\n",
    }
    catalogue = load([national, county(national, files)])
    assert catalogue.rosters["Y01"].name == "县表"
    assert catalogue.rosters["Y01"].programmes == ()
    (bond,) = catalogue.compatibilities
    assert (bond.bond, bond.keeps, bond.layer) == (Bond.EXCLUDES, "甲补助", "小县")


def test_a_county_adds_its_own_day_off(national: Path) -> None:
    text = "年: 2026\n放假:\n  - {自: 2026-05-27, 名: 民族节日}\n"
    catalogue = load([national, county(national, {"calendar/2026.yaml": text})])
    assert not catalogue.days_off[date(2026, 5, 27)].working
    assert not catalogue.days_off[date(2026, 10, 1)].working


def test_two_layers_of_one_folder_name_are_told_apart_in_the_digest_only_by_bytes(
    national: Path, tmp_path: Path
) -> None:
    twin = write_layer(tmp_path / "elsewhere" / "national", SMALL)
    assert digest_of(twin) == digest_of(national)
    (twin / "regions" / "regions.yaml").rename(twin / "regions" / "other.yaml")
    assert digest_of(twin) != digest_of(national)


def test_a_hidden_file_is_neither_read_nor_counted(national: Path) -> None:
    before = digest_of(national)
    write_layer(national, {"codes/.codes.yaml": "乱写", ".git/config": "x"})
    assert digest_of(national) == before
    load([national])


def test_a_changed_byte_changes_the_digest_of_the_catalogue(national: Path) -> None:
    before = load([national]).digest
    path = national / "regions" / "regions.yaml"
    path.write_bytes(path.read_bytes() + b"\n")
    assert load([national]).digest != before


def test_a_file_with_a_byte_order_mark_is_read(national: Path) -> None:
    path = national / "regions" / "regions.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load([national]).regions == {"990101": "示例县"}


def test_a_file_in_another_encoding_is_refused_by_name(national: Path) -> None:
    (national / "regions" / "regions.yaml").write_bytes("区划: []".encode("gb18030"))
    assert (
        str(faults(national)[0])
        == "national/regions/regions.yaml:1:1 文件不是 UTF-8 编码的 YAML 文本，请用 UTF-8 重新保存"
    )


def test_an_empty_file_means_nothing(national: Path) -> None:
    before = load([national])
    write_layer(national, {"codes/empty.yaml": "# 只有注释\n"})
    assert load([national]).codes == before.codes


def test_an_unknown_folder_is_a_typing_error(national: Path) -> None:
    write_layer(national, {"programes/p.yaml": "项目: 丙补助\n"})
    assert (
        str(faults(national)[0])
        == "national/programes:1:1 不认识的文件夹「programes」，是不是「programmes」「papers」？"
    )


def test_a_file_that_nobody_would_read_is_refused(national: Path) -> None:
    write_layer(national, {"programmes/p3.yml": "项目: 丙补助\n"})
    assert str(faults(national)[0]) == "national/programmes/p3.yml:1:1 文件名应以 .yaml 结尾，请改名为 p3.yaml"


def test_a_folder_without_pack_file_is_no_pack(national: Path) -> None:
    (national / "pack.yaml").unlink()
    assert "没有 pack.yaml" in str(faults(national)[0])


def test_a_later_layer_may_not_make_a_table_anew(national: Path) -> None:
    (fault,) = faults(national, county(national, {"intake/t.yaml": "表: 收入\n"}))
    assert (
        str(fault)
        == "county/intake/t.yaml:1:4 表「收入」已在 national/intake/tables.yaml:8:4 定义，后面的层只能给它加字段"
    )


def test_a_later_layer_may_not_move_a_section_to_another_table(national: Path) -> None:
    text = "节: 收入\n表: 成员\n字段:\n  - {编号: 村组}\n"
    (fault,) = faults(national, county(national, {"intake/f.yaml": text}))
    assert str(fault) == "county/intake/f.yaml:1:4 节「收入」原属表「收入」，后面的层不能改表"


def test_a_source_in_plain_words_counts_as_not_verified(tmp_path: Path) -> None:
    files = changed("programmes/p1.yaml", ("依据: {名称: 办法, 条: 第二条, 标记: V}", "依据: 办法第二条"))
    source = load([write_layer(tmp_path / "national", files)]).programmes["甲补助"].conditions[0].source
    assert str(source) == "办法第二条（待核）"


def test_a_stopped_programme_may_come_back(national: Path) -> None:
    stop = county(national, {"programmes/p.yaml": "项目: 乙补助\n停用: 是\n"})
    again = SMALL["pack.yaml"].replace("小全国", "小单位").replace("层级: 全国", "层级: 单位")
    office = write_layer(
        national.parent / "office", {"pack.yaml": again, "programmes/p.yaml": SMALL["programmes/p2.yaml"]}
    )
    catalogue = load([national, stop, office])
    assert catalogue.programmes["乙补助"].layer == "小单位"
    assert catalogue.stopped == frozenset()
    assert [option.code for option in catalogue.codes[PROGRAMMES].options] == ["甲补助", "乙补助"]


def test_options_of_several_choices_may_have_a_default(tmp_path: Path) -> None:
    files = changed(
        "intake/10-household.yaml",
        (
            "  - {编号: 持证,",
            "  - {编号: 困难, 类型: 多选, 代码表: 等级, 默认: [一级, 二级]}\n"
            "  - {编号: 特长, 类型: 多选, 代码表: 等级, 默认: 一级}\n  - {编号: 持证,",
        ),
    )
    catalogue = load([write_layer(tmp_path / "national", files)])
    assert catalogue.fields["成员.困难"].default == {"1", "2"}
    assert catalogue.fields["成员.特长"].default == {"1"}


PAPER = "文书: Z01\n名称: 甲表\n版: '{}'\n自: {}\n每: 成员\n项目: [甲补助]\n列: 4\n块:\n  - 行:\n      - 姓名:2 | {{姓名}}\n"


def test_the_last_edition_of_a_paper_is_the_one_in_use(national: Path) -> None:
    files = {"papers/old.yaml": PAPER.format("1", "2024-01-01"), "papers/new.yaml": PAPER.format("2", "2026-01-01")}
    write_layer(national, files)
    assert load([national]).papers["Z01"].edition == "2"
    older = county(national, {"papers/z.yaml": PAPER.format("县版", "2020-01-01")})
    assert load([national, older]).papers["Z01"].edition == "县版"


def test_editions_take_each_others_place_on_their_first_days_and_old_ones_stay(national: Path) -> None:
    files = {"papers/new.yaml": PAPER.format("2", "2026-01-01"), "papers/old.yaml": PAPER.format("1", "2024-01-01")}
    write_layer(national, files)
    catalogue = load([national, county(national, {"papers/z.yaml": PAPER.format("县版", "2027-01-01")})])
    assert [paper.edition for paper in catalogue.editions["Z01"]] == ["1", "2", "县版"]
    assert catalogue.papers["Z01"].edition == "县版"
    on = [date(2023, 1, 1), date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1)]
    assert [catalogue.papers_on(day)["Z01"].edition for day in on] == ["1", "1", "2", "2", "县版"]


def test_an_edition_that_no_day_prints_is_kept_but_serves_nobody(national: Path) -> None:
    write_layer(national, {"papers/z.yaml": PAPER.format("1", "2024-01-01").replace("{姓名}", "{性名}")})
    later = county(national, {"papers/z.yaml": PAPER.format("县版", "2020-01-01")})
    catalogue = load([national, later])
    assert [paper.edition for paper in catalogue.serving("Z01")] == ["县版"]
    assert [paper.edition for paper in catalogue.editions["Z01"]] == ["1", "县版"]
    write_layer(later, {"papers/z.yaml": PAPER.format("县版", "2026-01-01")})
    (fault,) = faults(national, later)
    assert "没有这个名称「性名」" in str(fault)


def test_one_edition_of_a_paper_written_twice_is_a_fault(national: Path) -> None:
    write_layer(national, {f"papers/{name}.yaml": PAPER.format("1", "2024-01-01") for name in "ab"})
    (fault,) = faults(national)
    assert (
        str(fault) == "national/papers/b.yaml:1:5 文书「Z01」写了两次，另一处在 national/papers/a.yaml:1:5，请删去一处"
    )


def test_a_paper_for_a_programme_that_does_not_exist_is_a_fault(national: Path) -> None:
    write_layer(national, {"papers/a.yaml": PAPER.format("1", "2024-01-01").replace("甲补助", "申补助")})
    assert str(faults(national)[0]).startswith("national/papers/a.yaml:6:6 没有项目「申补助」")


def test_a_paper_lost_by_a_fault_of_its_own_is_complained_of_once(tmp_path: Path) -> None:
    files = changed("programmes/p2.yaml", ("金额:\n", "文书: [Z01]\n金额:\n"))
    files |= {"papers/a.yaml": PAPER.format("1", "2024-01-01").replace("列: 4", "列: 四")}
    (fault,) = faults(write_layer(tmp_path / "national", files))
    assert str(fault.place) == "national/papers/a.yaml:7:4"
