"""The words of `clerk pack …`; what they do stands in `ui.pack_commands`, imported when asked for."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

Parsers = argparse._SubParsersAction  # noqa: SLF001 - argparse gives its own type no public name


def add_pack_words(
    pack: argparse.ArgumentParser, add: Callable[..., argparse.ArgumentParser], day: Callable[[str], date]
) -> None:
    """Give `clerk pack` its commands; `add` makes one with the options that all commands share, `day` reads a date."""
    acts = pack.add_subparsers(dest="act", required=True, metavar="动作")
    one = add(acts, "make", "把数据包文件夹做成一个文件", pack=False)
    one.add_argument("folder", type=Path, metavar="DIR", help="数据包文件夹")
    one.add_argument("--out", type=Path, required=True, metavar="FILE", help="写到哪个文件")
    one.add_argument("--key", type=Path, metavar="KEY", help="私钥文件；不写则不签名")
    one = add(acts, "keygen", "生成一对签名密钥", pack=False)
    one.add_argument("name", type=Path, metavar="NAME", help="写成 NAME.key（私钥，妥善保管）和 NAME.pub（公钥，发给各单位）")
    one = add(acts, "trust", "信任一个发布单位的公钥", pack=False)
    one.add_argument("key", type=Path, metavar="PUB", help="公钥文件")
    one = add(acts, "install", "安装一个已签名的数据包", pack=False)
    one.add_argument("file", type=Path, metavar="FILE", help="数据包文件")
    one = add(acts, "list", "列出已安装的数据包和当日生效的版本", pack=False)
    one.add_argument("--on", type=day, metavar="DATE", help="哪一天（默认今天）")
    one = add(acts, "rehearse", "演练：用本单位的案件试算新数据包，不改动任何数据", pack=False)
    one.add_argument("file", metavar="FILE", help="数据包文件或文件夹")
    one.add_argument("--on", type=day, metavar="DATE", help="按哪一天判定（默认新数据包的生效日）")
