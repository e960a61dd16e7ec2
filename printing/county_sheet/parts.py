"""A workbook's zip: its parts read one by one, and written again with some of them changed and the rest as they were."""

from __future__ import annotations

import io
import posixpath
import zipfile
from types import TracebackType

from clerk.errors import UserCanFix
from clerk.exchange.parcel import RELATION, elements, sheet_parts

WORKBOOK = "xl/workbook.xml"
TYPES = "[Content_Types].xml"
_FAST = 1


class Parts:
    """The parts of one .xlsx; `put` changes one, `drop` leaves one out, `data` gives the new file."""

    def __init__(self, data: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self._changed: dict[str, bytes | None] = {}

    @property
    def names(self) -> list[str]:
        """The names of all parts that are not left out."""
        return [name for name in self._zip.namelist() if self._changed.get(name, b"") is not None]

    def part_of(self, sheet: str) -> str:
        """The part that holds a sheet. Raises UserCanFix where there is none."""
        for name, part in sheet_parts(self._zip):
            if name == sheet and part in self._zip.namelist():
                return part
        raise UserCanFix(f"文件里没有工作表「{sheet}」")

    def sheets(self) -> list[tuple[str, str]]:
        """All sheets with their parts, in their order."""
        return [(name, part) for name, part in sheet_parts(self._zip) if part in self._zip.namelist()]

    def text(self, name: str) -> str:
        """A part's XML as it is now. Raises UserCanFix where it is not UTF-8."""
        changed = self._changed.get(name)
        try:
            return (self._zip.read(name) if changed is None else changed).decode("utf-8")
        except UnicodeDecodeError as error:
            raise UserCanFix("这张表的编码少见，不能原样填入，请用 WPS 或 Excel 打开后另存为 .xlsx 再试") from error

    def put(self, name: str, xml: str) -> None:
        """Change a part; the same content is no change."""
        if xml != self.text(name):
            self._changed[name] = xml.encode("utf-8")

    def drop(self, name: str) -> None:
        """Leave a part out."""
        self._changed[name] = None

    def related(self, part: str) -> dict[str, str]:
        """The parts this one refers to, with the last word of what they are: table, drawing, comments …"""
        folder, name = posixpath.split(part)
        found = {}
        for one in elements(self._zip, f"{folder}/_rels/{name}.rels", RELATION):
            target = one.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            if one.get("TargetMode") != "External" and path in self._zip.namelist():
                found[path] = posixpath.basename(one.get("Type", ""))
        return found

    def data(self) -> bytes:
        """The file with its changes: parts in their order, those not changed with the bytes they had."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", compresslevel=_FAST) as new:
            for info in self._zip.infolist():
                changed = self._changed.get(info.filename, b"")
                if changed is not None:
                    new.writestr(
                        info, self._changed.get(info.filename) or self._zip.read(info), info.compress_type, _FAST
                    )
        return target.getvalue()

    def __enter__(self) -> Parts:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()
