"""A data pack as one file: a zip of its folder, the list of its hashes, and a signature over that list.

`SHA256SUMS` is what `sha256sum -c` reads and `SHA256SUMS.minisig` is what `minisign -V` reads, so that anybody can check
an unpacked pack without this program. Opening trusts nothing: names, kinds and sizes are looked at before a byte is
unpacked, sizes again while unpacking, and no byte is believed before the signature holds.
"""

from __future__ import annotations

import hashlib
import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from clerk import signing
from clerk.errors import UserCanFix
from clerk.signing import PublicKey, SecretKey
from forms.layers import files_of

SUMS, SEAL, MARKER = "SHA256SUMS", "SHA256SUMS.minisig", "pack.yaml"
DATA = frozenset({".yaml", ".md", ".txt"})
"""What a pack may hold; names without an ending only from `BARE`, and beside papers what lies under them."""
PAPERS = "papers"
PICTURES = {".pdf": b"%PDF-", ".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff"}
"""The official pages and scans that papers lie over, each with how it begins: nothing else goes by their names."""
BARE = frozenset({"LICENSE", "README", SUMS})
MOST_FILES, MOST_BYTES, MOST_OF_ONE, MOST_SHRUNK = 4000, 64 << 20, 8 << 20, 200
_NEVER = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
_EPOCH = (2000, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class PackFile:
    """A pack file opened and believed: its data files by name, the list of hashes, who signed it and the signed comment."""

    files: Mapping[str, bytes]
    sums: str
    seal: str
    key: PublicKey
    comment: str


def make_pack(folder: Path, comment: str, key: SecretKey | None) -> bytes:
    """The pack file of a folder: the same folder, key and comment give the same bytes. Without a key it is not signed.

    Raises `UserCanFix` naming a file that a pack may not hold.
    """
    files: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            raise UserCanFix(f"数据包里不能有链接：{name}")
    for name, path in files_of(folder):
        _refuse_name(name)
        files[name] = path.read_bytes()
        _refuse_content(name, files[name])
    if MARKER not in files:
        raise UserCanFix(f"「{folder.name}」里没有 {MARKER}，不是数据包")
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())).encode()
    sealed = {SUMS: sums} | ({SEAL: signing.sign(sums, key, comment).encode()} if key else {})
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in [*sealed.items(), *sorted(files.items())]:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            entry.create_system = 3
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return packed.getvalue()


def open_pack(path: Path, keys: Iterable[PublicKey]) -> PackFile:
    """A pack file, checked against the keys this office trusts.

    Raises `UserCanFix` with one sentence: not a pack, dangerous names or sizes, no or wrong signature, unknown key,
    missing, changed or extra files, anything that is not data.
    """
    files = _unzipped(path)
    sums, seal = files.pop(SUMS, None), files.pop(SEAL, None)
    if sums is None:
        raise UserCanFix(f"数据包里没有 {SUMS}，无法核对内容")
    if seal is None:
        raise UserCanFix("数据包没有签名，请向发布单位索取已签名的数据包")
    signature = signing.read_signature(_text(SEAL, seal))
    trusted = {key.number: key for key in keys}
    key = trusted.get(signature.number)
    if key is None:
        raise UserCanFix(
            f"签名的密钥（{signature.number[::-1].hex().upper()}）不在本单位信任的公钥之内，请先向发布单位核对并导入公钥"
        )
    if signature.algorithm != signing.HASHED or not signing.check(sums, signature, key):
        raise UserCanFix("签名不对，数据包可能被改动过，请重新取得")
    listed = _text(SUMS, sums)
    _refuse_differing(files, read_sums(listed))
    for name, data in files.items():
        _refuse_content(name, data)
    if MARKER not in files:
        raise UserCanFix(f"数据包里没有 {MARKER}")
    return PackFile(files, listed, _text(SEAL, seal), key, signature.comment)


def read_sums(text: str) -> dict[str, str]:
    """Name → SHA-256 in hex. Raises `UserCanFix` for a line that is none."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        said = _LINE.fullmatch(line)
        if said is None or said[2] in found:
            raise UserCanFix(f"{SUMS} 写法不对，请重新取得数据包")
        found[said[2]] = said[1]
    return found


def refuse_part(word: str, what: str) -> None:
    """Raises `UserCanFix` unless a word may be the name of a folder on every system."""
    if (
        not word
        or "/" in word
        or _NEVER.search(word)
        or word[0] in ".-"
        or word[-1] in " ."
        or _RESERVED.fullmatch(word)
    ):
        raise UserCanFix(f"数据包的{what}「{_shown(word)}」不能用作文件夹名")


def _unzipped(path: Path) -> dict[str, bytes]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UserCanFix("数据包过大，不予安装")
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not _is_folder(entry)]
            _refuse_sizes(entries)
            seen: set[str] = set()
            for entry in archive.infolist():
                _refuse_name(entry.filename.removesuffix("/"), folder=_is_folder(entry))
                _refuse_kind(entry)
                if entry.filename.casefold() in seen:
                    raise UserCanFix(f"数据包里有两个同名文件：{_shown(entry.filename)}")
                seen.add(entry.filename.casefold())
            return {entry.filename: _read(archive, entry) for entry in entries}
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, zlib.error) as fault:
        raise UserCanFix(f"「{path.name}」不是完好的数据包文件，请重新取得") from fault
    except OSError as fault:
        raise UserCanFix(f"读不了「{path.name}」，请核对路径") from fault


def _is_folder(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.endswith("/")


def _refuse_sizes(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_FILES:
        raise UserCanFix(f"数据包的文件太多（{len(entries)}个，最多{MOST_FILES}个），不予安装")
    total = sum(entry.file_size for entry in entries)
    if total > MOST_BYTES or any(entry.file_size > MOST_OF_ONE for entry in entries):
        raise UserCanFix("数据包解开后过大，不予安装")
    if any(entry.file_size > MOST_SHRUNK * max(entry.compress_size, 1024) for entry in entries):
        raise UserCanFix("数据包压缩得不合常理，可能是压缩炸弹，不予安装")


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The bytes of one entry, never more than its header promised."""
    with archive.open(entry) as stream:
        data = stream.read(entry.file_size + 1)
    if len(data) != entry.file_size:
        raise zipfile.BadZipFile(entry.filename)
    return data


def _refuse_name(name: str, *, folder: bool = False) -> None:
    parts = name.split("/")
    if not name or name.startswith("/") or _NEVER.search(name) or any(part in ("", ".", "..") for part in parts):
        raise UserCanFix(f"数据包里有越出文件夹的路径：{_shown(name)}")
    if any(part.startswith(".") or part.endswith((" ", ".")) or _RESERVED.fullmatch(part) for part in parts):
        raise UserCanFix(f"数据包里有不该有的文件名：{_shown(name)}")
    plain = PurePosixPath(name)
    allowed = plain.suffix in DATA or plain.name in BARE or name == SEAL
    allowed |= plain.parts[0] == PAPERS and plain.suffix in PICTURES
    if not folder and not allowed:
        raise UserCanFix(f"数据包只能有数据文件，不能有 {_shown(name)}")


def _refuse_kind(entry: zipfile.ZipInfo) -> None:
    mode = entry.external_attr >> 16
    name = _shown(entry.filename)
    if entry.flag_bits & 0x1:
        raise UserCanFix(f"数据包里有加密的文件：{name}")
    if stat.S_ISLNK(mode):
        raise UserCanFix(f"数据包里不能有链接：{name}")
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise UserCanFix(f"数据包里有特殊文件：{name}")
    if mode & 0o111 and not _is_folder(entry):
        raise UserCanFix(f"数据包里不能有可执行的文件：{name}")


def _refuse_content(name: str, data: bytes) -> None:
    """Data is text, but for pictures; a program in disguise is neither."""
    begins = PICTURES.get(PurePosixPath(name).suffix)
    if begins:
        if not data.startswith(begins):
            raise UserCanFix(f"数据包里的底图不是它名称所说的文件：{name}")
        return
    if data.startswith((b"#!", b"MZ", b"\x7fELF")) or b"\0" in data:
        raise UserCanFix(f"数据包里不能有程序：{name}")
    _text(name, data)


def _refuse_differing(files: Mapping[str, bytes], listed: Mapping[str, str]) -> None:
    for name in sorted(listed):
        if name not in files:
            raise UserCanFix(f"数据包缺少文件：{name}")
        if hashlib.sha256(files[name]).hexdigest() != listed[name]:
            raise UserCanFix(f"文件内容与签名时不一致：{name}")
    for name in sorted(files):
        if name not in listed:
            raise UserCanFix(f"数据包里多出未签名的文件：{name}")


def _text(name: str, data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise UserCanFix(f"数据包里的文件不是 UTF-8 文字：{name}") from fault


def _shown(name: str) -> str:
    return _NEVER.sub("?", name)[:80]
