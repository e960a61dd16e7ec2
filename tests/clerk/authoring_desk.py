"""A desk for editing rules in tests: the demo county below, an office of its own, an empty shelf."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from clerk.authoring.bench import Bench, open_bench
from clerk.authoring.drafts import own_layer, start_draft
from clerk.authoring.publishing import Proposal, Published, publish
from clerk.authoring.shapes import PROGRAMME, STANDARD, Home, Ref
from clerk.settings import Office
from forms.canonical import Tree, read, write
from forms.layers import DEMO, NATIONAL
from forms.loader import WORKED

TODAY = date(2026, 9, 1)
NOW = datetime.fromisoformat("2026-09-01T09:00:00+08:00")
OFFICE = Office("示例县红星镇人民政府", "990101100", "赵某经办")
BORDER = "C03.expect.yaml"
LOW, AID = Ref(STANDARD, "低保标准"), Ref(PROGRAMME, "低保")
NOTICE = {"名称": "关于提高标准的通知", "文号": "示民〔2026〕9号", "标记": "V"}


def a_county(folder: Path, cases: int = 0) -> Path:
    """The demo county with only so many of its worked cases, so that judging them all is quick.

    The first lies on the very border of the standard, the second well below it.
    """
    shutil.copytree(DEMO, folder, ignore=shutil.ignore_patterns("cases"))
    (folder / WORKED).mkdir()
    if cases:
        shutil.copy(DEMO / WORKED / "C03.yaml", folder / WORKED)
        source = read((DEMO / WORKED / BORDER).read_text(encoding="utf-8"), BORDER)
        border = [one for one in source if one.tree["名"].startswith("自负 28632 元")]
        other = [one for one in source if one not in border and "层" not in one.tree]
        (folder / WORKED / BORDER).write_text(write([*border, *other][:cases]), encoding="utf-8")
    return folder


def a_bench(home: Home, layers: Sequence[Path], on: date = TODAY) -> Bench:
    """The bench of the office's own layer."""
    return open_bench(start_draft(home, own_layer(OFFICE), layers), layers, on)


def a_value(since: str, town: str = "900元", country: str = "700元") -> Tree:
    """A new value of a standard by place."""
    return {"自": since, "文件": dict(NOTICE), "值": {"城市": town, "农村": country}}


def put_forward(bench: Bench, home: Home, **said: object) -> Published:
    """Publish with good names and days, unless said otherwise."""
    usual: dict[str, object] = {
        "author": "赵某",
        "second": "钱某",
        "on": TODAY,
        "effective": TODAY,
        "reason": "年度调整",
    }
    return publish(bench, home, Proposal(**{**usual, **said}), NOW)  # type: ignore[arg-type]


LAYERS = (NATIONAL, DEMO)
