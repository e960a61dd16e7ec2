"""How large a sheet file may be before it is refused, and the sentences that say so. Source: measured/faults.md, section 4.

The memory limit of the reading process needs the `resource` module, which Windows lacks: there the limits on size, ratio,
entries, rows and columns, and on time, still hold.
"""

from __future__ import annotations

from importlib.util import find_spec

FILE_BYTES = 20 * 1024 * 1024
UNPACKED_BYTES = 200 * 1024 * 1024
RATIO = 100
RATIO_FROM = 1024 * 1024
"""Small parts may be packed as tightly as they like; the ratio counts from so many unpacked bytes on."""
ENTRIES = 200
ROWS = 200_000
COLUMNS = 702
"""The last column with a name of two letters, ZZ."""
CELLS = 8_000_000
CELL_CHARACTERS = 32_767
MEMORY_BYTES = 1024 * 1024 * 1024
SECONDS = 60.0

BROKEN = "这个文件打不开：不是表格，或已损坏，请用 WPS 或 Excel 打开后另存为 .xlsx 再导入"
LOCKED = "这个文件设了打开密码，请先取消密码再导入"


class Refused(Exception):  # noqa: N818 - what is said to the clerk, not an error of ours
    """A file that is not read; the message is a whole sentence for the clerk."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


def bind_memory(most: int) -> bool:
    """Let this process use at most so many bytes from now on; False where the system cannot do that."""
    if find_spec("resource") is None:
        return False
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return True


def too_large(what: str) -> Refused:
    """The sentence for a sheet beyond the limits."""
    return Refused(f"这个文件{what}，为防止拖垮电脑没有读入，请只留需要的行和列，另存后再导入")
