"""The words of `clerk paper …`; what they do stands in `ui.paper_commands`, imported when asked for."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path


def add_paper_words(
    paper: argparse.ArgumentParser, add: Callable[..., argparse.ArgumentParser], day: Callable[[str], date]
) -> None:
    """Give `clerk paper` its commands; `add` makes one with the options that all commands share, `day` reads a date."""
    acts = paper.add_subparsers(dest="act", required=True, metavar="动作")
    add(acts, "list", "全部文书和各版")
    add(acts, "guide", "怎样在 Excel、WPS 里画文书", pack=False)
    one = add(acts, "import", "把画好的 Excel 表导入为新版，放进本单位的草稿")
    one.add_argument("file", type=Path, metavar="FILE", help="画好的表（.xlsx）")
    _new_edition(one, day)
    one.add_argument("--proof", type=Path, metavar="FILE", help="校样写到哪个 PDF")
    one.add_argument("--report", action="store_true", help="只检查，不放进草稿")
    one = add(acts, "overlay", "用官方 PDF 或扫描件作底图，按它的表单域放框")
    one.add_argument("file", type=Path, metavar="FILE", help="PDF、PNG 或 JPG")
    _new_edition(one, day)
    one.add_argument("--name", default="", metavar="名称", help="文书名称")
    one.add_argument("--out", type=Path, required=True, metavar="DIR", help="YAML 和底图写到哪个文件夹")
    words = "文书编号，可加 @版，例如 编号@2026-09"
    one = add(acts, "diff", "比较两版，逐框说明")
    one.add_argument("old", metavar="A", help=words)
    one.add_argument("new", metavar="B", help=words)
    one = add(acts, "proof", "校样：画出每个框和它的名称")
    one.add_argument("id", metavar="ID", help=words)
    one.add_argument("--out", type=Path, required=True, metavar="FILE", help="写到哪个 PDF")
    one = add(acts, "export", "把文书画成 Excel，改好后再导入")
    one.add_argument("id", metavar="ID", help=words)
    one.add_argument("file", type=Path, metavar="FILE", help="写到哪个 .xlsx")


def _new_edition(one: argparse.ArgumentParser, day: Callable[[str], date]) -> None:
    one.add_argument("--as", dest="id", default="", metavar="ID", help="是哪份文书（已有的编号，或新编号）")
    one.add_argument("--edition", default="", metavar="版", help="新版的版号，例如 2027-01")
    one.add_argument("--from", dest="since", type=day, metavar="DATE", help="从哪天起用")
