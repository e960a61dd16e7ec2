"""The `clerk` command: the window's services without the window.

Exit codes: 0 done; 1 something the clerk or the data's author can mend, said on stderr; 2 wrong usage, or a bug.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from clerk.answers import read_date
from clerk.errors import UserCanFix
from forms.places import DataErrors
from ui.console import Console
from ui.faults import write_down
from ui.pack_grammar import add_pack_words
from ui.paper_grammar import add_paper_words
from ui.workspace import local_now, own_folder

Command = Callable[[argparse.Namespace, Console], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; without a command, open the window."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words:
        from ui.app import main as open_window

        return open_window([])
    try:
        arguments = make_parser().parse_args(words)
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else 2
    console = Console(sys.stdout, sys.stderr, getattr(arguments, "json", False))
    try:
        return _command(arguments.command)(arguments, console)
    except UserCanFix as fault:
        console.note(fault.message)
        return 1
    except DataErrors as faults:
        console.note("\n".join(map(str, faults.errors)))
        return 1
    except BrokenPipeError:
        return 0
    except Exception as fault:  # noqa: BLE001 - the one broad handler of the command line
        console.note(f"程序出了问题（代码 {write_down(fault, arguments.data)}），请记下代码告诉维护人员。")
        return 2


def make_parser() -> argparse.ArgumentParser:
    """The grammar of the command line; its help is for the clerk."""
    parser = argparse.ArgumentParser(prog="clerk", description="一窗办：社会救助窗口的命令行。不写命令时打开窗口。")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")

    one = _add(commands, "screen", "按一户的文件列出可享政策和理由")
    one.add_argument("file", metavar="FILE", help="家庭文件（YAML，写法见 clerk fields）")
    one = _add(commands, "list", "打印给群众带走的大字政策清单（PDF），立案前后都可以")
    one.add_argument("file", metavar="FILE", help="家庭文件")
    one.add_argument("--out", type=Path, required=True, metavar="DIR", help="存放文件夹")
    one = _add(commands, "apply", "为一户的文件申请所选项目，一次立案")
    one.add_argument("file", metavar="FILE", help="家庭文件")
    one.add_argument("--choose", nargs="+", required=True, metavar="项目", help="all，或项目名称（可加 @行），逗号分隔")
    for name, words in (("--office", "受理单位"), ("--region", "区划代码"), ("--clerk", "经办人")):
        one.add_argument(name, default="", metavar="文字", help=words)
    one = _add(commands, "packet", "打印已立案案件的案卷（PDF）")
    one.add_argument("case", nargs="+", metavar="CASE", help="案件编号")
    one.add_argument("--out", type=Path, required=True, metavar="DIR", help="存放文件夹")
    _add_roster(commands)
    one = _add(commands, "radar", "政策找人：比较两天，列出新符合、不再符合、待补和到期的户")
    one.add_argument("--from", dest="since", type=_day, required=True, metavar="DATE", help="从哪一天")
    one.add_argument("--to", dest="until", type=_day, required=True, metavar="DATE", help="到哪一天")
    one.add_argument(
        "--most", type=int, default=50, metavar="N", help="每类每个项目最多列出几条（合计不受影响，默认 50）"
    )
    one.add_argument("--age", type=int, nargs="*", default=[], metavar="岁", help="提醒到哪些年龄（默认政策里提到的）")
    _add_import_words(commands)
    _add_books_words(commands)
    _add(commands, "fields", "家庭文件可以写的全部字段")
    one = _add(commands, "check", "检查一个数据包，逐处指出错误，并试跑自带的案例", pack=False)
    one.add_argument("pack", metavar="PACK", help="数据包文件夹、名称或文件")
    add_pack_words(commands.add_parser("pack", help="制作、签名、安装、演练数据包"), _add, _day)
    add_paper_words(commands.add_parser("paper", help="文书：导出、导入、校样、比较各版"), _add, _day)
    one = _add(commands, "demo", "用练习数据演示：清单、案卷、花名册", pack=False)
    one.add_argument("--out", type=Path, default=Path("out/demo"), metavar="DIR", help="存放文件夹（默认 out/demo）")
    return parser


def _add_import_words(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    one = _add(commands, "import", "导入别人的表：先试算，再一次存入，可整批撤销")
    one.add_argument("what", nargs="+", metavar="FILE", help="表格文件；或 list（列出批次）、undo 批次编号（整批撤销）")
    one.add_argument("--as", dest="sheet", default="", metavar="来表", help="是哪种表，如：村名单、部门答复")
    one.add_argument("--dry-run", action="store_true", help="只试算，不存入")
    one.add_argument("--yes", action="store_true", help="已看过要确认的内容，照办")
    one.add_argument("--reason", default="", metavar="理由", help="核对无误的异常号码等，写明理由放行")
    one.add_argument("--map", nargs="*", default=[], metavar="列=C", help="更正列的对照；「列=」表示这张表没有")
    one.add_argument("--decide", nargs="*", default=[], metavar="行=选项", help="对待定的行作出选择")


def _add_roster(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    one = _add(commands, "roster", "导出某一期间的花名册（Excel）")
    one.add_argument("id", nargs="*", metavar="ID", help="花名册编号")
    one.add_argument("--all", action="store_true", help="全部花名册")
    one.add_argument(
        "--period", required=True, metavar="期间", help="如 2026-W36、2026-09、2026-09@21、2026-Q3、2026-秋"
    )
    one.add_argument("--version", default="", metavar="版本", help="内部、公示或微信（默认内部）")
    one.add_argument("--into", type=Path, metavar="FILE", help="填入县里发的这个表（.xlsx），样式原样保留")
    one.add_argument("--map", nargs="*", default=[], metavar="列=C", help="更正县表的列对照；「列=」表示县表没有")
    one.add_argument("--yes", action="store_true", help="已核对过按相近对上的列")
    one.add_argument("--apart", action="store_true", help="按报送部门各写一个文件")
    one.add_argument("--out", type=Path, required=True, metavar="DIR", help="存放文件夹")


def _add_books_words(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    one = _add(commands, "books", "结账：一期的花名册和收支定下不再变，可照原样再取；只报与上期相比的变动")
    one.add_argument(
        "what", choices=("close", "list", "again", "changes"), help="close 结账，list 列出，again 再取，changes 变动表"
    )
    one.add_argument("number", nargs="?", type=int, metavar="N", help="again 要取的账号")
    one.add_argument("--period", default="", metavar="期间", help="如 2026-W36、2026-09、2026-09@21")
    one.add_argument("--out", type=Path, metavar="DIR", help="存放文件夹（again、changes）")


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, words: str, *, pack: bool = True
) -> argparse.ArgumentParser:
    one = commands.add_parser(name, help=words, description=words)
    one.add_argument("--json", action="store_true", help="输出 JSON，供程序读取")
    one.add_argument("--data", type=Path, default=own_folder(), metavar="DIR", help="数据文件夹")
    if pack:
        one.add_argument("--pack", default="", metavar="NAME", help="数据包名称或文件夹")
        one.add_argument("--on", type=_day, default=local_now().date(), metavar="DATE", help="按哪一天判定（默认今天）")
    return one


def _day(text: str) -> date:
    day = read_date(text)
    if day is None:
        raise argparse.ArgumentTypeError(f"「{text}」不是日期，请写如 2026-09-01")
    return day


def _command(name: str) -> Command:
    """Commands are imported when asked for, so that a wrong word is answered at once."""
    if name == "demo":
        from ui.demo import demo

        return demo
    if name == "pack":
        from ui.pack_commands import pack

        return pack
    if name == "paper":
        from ui.paper_commands import paper

        return paper
    if name == "radar":
        from ui.radar_command import radar

        return radar
    if name == "import":
        from ui.import_command import take_in

        return take_in
    if name == "books":
        from ui.books_command import books

        return books
    from ui import commands

    known: dict[str, Command] = {
        "screen": commands.screen,
        "apply": commands.apply,
        "packet": commands.packet,
        "list": commands.leaflet,
        "roster": commands.roster,
        "fields": commands.fields,
        "check": commands.check,
    }
    return known[name]
