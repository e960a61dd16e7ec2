"""What a pack file may be: anything else is refused with one sentence, before a byte of it is believed."""

from __future__ import annotations

import hashlib
import io
import stat
import subprocess
import zipfile
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from clerk import signing
from clerk.errors import UserCanFix
from clerk.pack_files import MOST_OF_ONE, SEAL, SUMS, make_pack, open_pack
from tests.clerk.pack_making import KEY, OTHER, a_file, a_tree

TRUSTED = [KEY.public]
Files = dict[str, bytes]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_tree(tmp_path_factory.mktemp("packs") / "tree")


@pytest.fixture(scope="module")
def good(tree: Path) -> bytes:
    return make_pack(tree, "pack:demo", KEY)


def files_in(packed: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def zipped(files: Files, target: Path, change: Callable[[zipfile.ZipInfo], None] | None = None) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            if change and name not in (SUMS, SEAL):
                change(entry)
            archive.writestr(entry, data)
    return target


def signed(files: Files) -> Files:
    """The files listed and signed again, as a careless publisher would."""
    data = {name: content for name, content in files.items() if name not in (SUMS, SEAL)}
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(data.items())).encode()
    return {SUMS: sums, SEAL: signing.sign(sums, KEY, "pack:demo").encode(), **data}


def refused(path: Path) -> str:
    with pytest.raises(UserCanFix) as fault:
        open_pack(path, TRUSTED)
    assert fault.value.message.count("。") == 0
    assert "\n" not in fault.value.message
    return fault.value.message


def test_a_signed_pack_opens_with_its_files_and_signer(tree: Path, good: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.pack"
    path.write_bytes(good)
    opened = open_pack(path, [OTHER.public, *TRUSTED])
    assert opened.files == {p.relative_to(tree).as_posix(): p.read_bytes() for p in tree.rglob("*") if p.is_file()}
    assert (opened.key, opened.comment) == (KEY.public, "pack:demo")


def test_the_same_folder_gives_the_same_bytes(tree: Path, good: bytes) -> None:
    assert make_pack(tree, "pack:demo", KEY) == good


def test_the_list_of_hashes_is_the_one_sha256sum_reads(good: bytes, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        archive.extractall(tmp_path)
    done = subprocess.run(["sha256sum", "-c", "--strict", SUMS], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_no_signature_an_unknown_key_and_a_wrong_signature_are_refused(tree: Path, good: bytes, tmp_path: Path) -> None:
    assert "没有签名" in refused(a_file(tree, tmp_path / "a.pack", None))
    message = refused(a_file(tree, tmp_path / "b.pack", OTHER))
    assert "不在本单位信任的公钥之内" in message
    assert OTHER.public.id in message
    files = files_in(good)
    assert "签名不对" in refused(zipped({**files, SUMS: files[SUMS] + b"0" * 64 + b"  x.yaml\n"}, tmp_path / "c.pack"))
    broken = files[SEAL].replace(b"pack:demo", b"pack:demO")
    assert "签名不对" in refused(zipped({**files, SEAL: broken}, tmp_path / "d.pack"))
    assert "签名文件不完整" in refused(zipped({**files, SEAL: b"signed, honestly"}, tmp_path / "e.pack"))


def test_an_old_style_signature_is_refused(good: bytes, tmp_path: Path) -> None:
    files = files_in(good)
    lines = files[SEAL].decode().split("\n")
    private = Ed25519PrivateKey.from_private_bytes(KEY.seed)
    raw = private.sign(files[SUMS])
    lines[1] = b64encode(b"Ed" + KEY.number + raw).decode()
    lines[3] = b64encode(private.sign(raw + b"pack:demo")).decode()
    legacy = "\n".join(lines)
    assert signing.check(files[SUMS], signing.read_signature(legacy), KEY.public)
    assert "签名不对" in refused(zipped({**files, SEAL: legacy.encode()}, tmp_path / "a.pack"))


def test_missing_changed_and_extra_files_are_named(good: bytes, tmp_path: Path) -> None:
    files = files_in(good)
    name = "standards/demo.yaml"
    without = {key: value for key, value in files.items() if key != name}
    assert refused(zipped(without, tmp_path / "a.pack")) == f"数据包缺少文件：{name}"
    assert refused(zipped({**files, name: files[name] + b"#"}, tmp_path / "b.pack")) == f"文件内容与签名时不一致：{name}"
    assert refused(zipped({**files, "x.yaml": b"a: b\n"}, tmp_path / "c.pack")) == "数据包里多出未签名的文件：x.yaml"
    assert SUMS in refused(zipped({key: value for key, value in files.items() if key != SUMS}, tmp_path / "d.pack"))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("rules.py", "只能有数据文件"),
        ("lib/x.so", "只能有数据文件"),
        ("run.exe", "只能有数据文件"),
        ("programmes/run", "只能有数据文件"),
        ("book.xlsm", "只能有数据文件"),
        ("x.yaml.py", "只能有数据文件"),
        ("/etc/x.yaml", "越出文件夹"),
        ("../x.yaml", "越出文件夹"),
        ("a/../../x.yaml", "越出文件夹"),
        ("a//x.yaml", "越出文件夹"),
        ("a\\..\\x.yaml", "越出文件夹"),
        ("C:/x.yaml", "越出文件夹"),
        (".git/x.yaml", "不该有的文件名"),
        ("con.yaml", "不该有的文件名"),
        ("a /x.yaml", "不该有的文件名"),
    ],
)
def test_code_and_paths_that_lead_elsewhere_are_refused_even_when_signed(good: bytes, tmp_path: Path, name: str, said: str) -> None:
    assert said in refused(zipped(signed({**files_in(good), name: b"a: b\n"}), tmp_path / "a.pack"))


@pytest.mark.parametrize("data", [b"#!/bin/sh\n", b"MZ\x90", b"\x7fELF\x02", b"a: \0b", b"\xff\xfe\x00"])
def test_a_program_in_the_clothes_of_data_is_refused(good: bytes, tmp_path: Path, data: bytes) -> None:
    message = refused(zipped(signed({**files_in(good), "notes.txt": data}), tmp_path / "a.pack"))
    assert "notes.txt" in message


def test_links_devices_and_executables_are_refused(good: bytes, tmp_path: Path) -> None:
    for mode, said in ((stat.S_IFLNK | 0o777, "链接"), (stat.S_IFREG | 0o755, "可执行"), (stat.S_IFIFO | 0o644, "特殊文件")):

        def set_mode(entry: zipfile.ZipInfo, mode: int = mode) -> None:
            entry.create_system, entry.external_attr = 3, mode << 16

        assert said in refused(zipped(files_in(good), tmp_path / "a.pack", set_mode))


def test_names_that_differ_only_in_case_are_refused(good: bytes, tmp_path: Path) -> None:
    assert "同名" in refused(zipped(signed({**files_in(good), "PACK.yaml": b"a: b\n"}), tmp_path / "a.pack"))


def test_zip_bombs_are_refused_by_what_they_promise_and_by_what_they_hold(good: bytes, tmp_path: Path) -> None:
    bomb = bytes(MOST_OF_ONE - 1)
    assert "压缩" in refused(zipped({**files_in(good), "a.txt": bomb}, tmp_path / "a.pack"))
    assert "过大" in refused(zipped({**files_in(good), "a.txt": bytes(MOST_OF_ONE + 1)}, tmp_path / "b.pack"))
    many = {f"n{number}.txt": b"" for number in range(4001)}
    assert "文件太多" in refused(zipped({**files_in(good), **many}, tmp_path / "c.pack"))
    liar = zipped({"a.txt": bomb}, tmp_path / "d.pack")
    promised = len(bomb).to_bytes(4, "little")
    liar.write_bytes(liar.read_bytes().replace(promised, (100).to_bytes(4, "little")))
    assert "不是完好的数据包" in refused(liar)


@pytest.mark.parametrize("cut", [0, 1, 100, 3000, -1, -30])
def test_half_a_file_is_no_pack(good: bytes, tmp_path: Path, cut: int) -> None:
    path = tmp_path / "a.pack"
    path.write_bytes(good[:cut])
    assert "不是完好的数据包" in refused(path)


def test_a_path_that_leads_nowhere_is_said_so(tmp_path: Path) -> None:
    assert "读不了「none.pack」" in refused(tmp_path / "none.pack")


def test_any_single_changed_byte_is_noticed(good: bytes, tmp_path: Path) -> None:
    """What still opens holds the very same files."""
    path = tmp_path / "a.pack"
    path.write_bytes(good)
    whole = open_pack(path, TRUSTED).files
    for place in range(0, len(good), max(1, len(good) // 150)):
        path.write_bytes(good[:place] + bytes([good[place] ^ 0x41]) + good[place + 1 :])
        try:
            opened = open_pack(path, TRUSTED)
        except UserCanFix:
            continue
        assert opened.files == whole


def test_a_folder_with_a_link_or_code_or_without_a_marker_makes_no_pack(tmp_path: Path) -> None:
    tree = a_tree(tmp_path / "tree")
    (tree / "hook.py").write_text("print()", encoding="utf-8")
    with pytest.raises(UserCanFix, match=r"hook\.py"):
        make_pack(tree, "", None)
    (tree / "hook.py").unlink()
    (tree / "link.yaml").symlink_to(tree / "pack.yaml")
    with pytest.raises(UserCanFix, match="链接"):
        make_pack(tree, "", None)
    with pytest.raises(UserCanFix, match=r"没有 pack\.yaml"):
        make_pack(tmp_path / "nothing", "", None)
