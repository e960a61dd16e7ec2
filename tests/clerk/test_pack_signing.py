"""Signatures are minisign's own: a published one is accepted, ours has the published form, a changed bit is noticed."""

from __future__ import annotations

import base64
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clerk import signing
from clerk.errors import UserCanFix
from tests.clerk.pack_making import KEY, OTHER

# minisign's own published example: its public key, and its signature of the four bytes `test`
PUBLISHED_KEY = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"
PUBLISHED = (
    "untrusted comment: signature from minisign secret key\n"
    "RWQf6LRCGA9i59SLOFxz6NxvASXDJeRtuZykwQepbDEGt87ig1BNpWaVWuNrm73YiIiJbq71Wi+dP9eKL8OC351vwIasSSbXxwA=\n"
    "trusted comment: timestamp:1555779966\tfile:test\n"
    "QtKMXWyYcwdpZAlPF7tE2ENJkRd1ujvKjlj1m9RtHTBnZPa5WKU5uWRs5GoP5M/VqE81QFuMKI5k/SfNQUaOAA==\n"
)


def test_a_published_signature_of_minisign_is_accepted() -> None:
    key, signature = signing.read_public_key(PUBLISHED_KEY), signing.read_signature(PUBLISHED)
    assert key.id == "E7620F1842B4E81F"
    assert signing.check(b"test", signature, key)
    assert not signing.check(b"Test", signature, key)
    assert not signing.check(b"test", replace(signature, comment="timestamp:1555779967\tfile:test"), key)


def test_our_signature_has_minisigns_form() -> None:
    lines = signing.sign(b"data", KEY, "pack:x").split("\n")
    assert lines[0] == "untrusted comment: signature from minisign secret key"
    assert base64.b64decode(lines[1])[:10] == b"ED" + KEY.number
    assert lines[2] == "trusted comment: pack:x"
    assert (len(base64.b64decode(lines[1])), len(base64.b64decode(lines[3])), lines[4:]) == (74, 64, [""])


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=200), st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=40), st.data())
def test_what_was_signed_is_accepted_and_one_changed_bit_is_not(data: bytes, comment: str, draw: st.DataObject) -> None:
    text = signing.sign(data, KEY, comment)
    assert signing.check(data, signing.read_signature(text), KEY.public)
    assert not signing.check(data, signing.read_signature(text), OTHER.public)
    assert not signing.check(data, signing.read_signature(text), replace(OTHER.public, number=KEY.number))
    signature = signing.read_signature(text)
    place = draw.draw(st.integers(0, 511))
    flipped = bytearray(signature.signature)
    flipped[place // 8] ^= 1 << place % 8
    assert not signing.check(data, replace(signature, signature=bytes(flipped)), KEY.public)
    assert not signing.check(data + b"\0", signature, KEY.public)


def test_keys_read_back_as_they_were_written() -> None:
    key = signing.new_key()
    assert signing.read_secret_key(key.to_text()) == key
    assert signing.read_public_key(key.public.to_text()) == key.public
    assert key.public.id not in ("", OTHER.public.id)
    assert key.seed.hex() not in repr(key)


@pytest.mark.parametrize("text", ["", "nonsense", "untrusted comment: x\nAAAA\n", PUBLISHED, PUBLISHED_KEY[:-4]])
def test_what_is_no_key_is_said_to_be_none(text: str) -> None:
    with pytest.raises(UserCanFix, match="不是公钥"):
        signing.read_public_key(text)
    with pytest.raises(UserCanFix, match="不是私钥"):
        signing.read_secret_key(text)


def test_a_secret_key_that_was_changed_or_has_a_password_is_refused() -> None:
    packed = bytearray(base64.b64decode(KEY.to_text().split("\n")[1]))
    packed[70] ^= 1
    with pytest.raises(UserCanFix, match="损坏"):
        signing.read_secret_key(base64.b64encode(packed).decode())
    packed[2:4] = b"Sc"
    with pytest.raises(UserCanFix, match="口令"):
        signing.read_secret_key(base64.b64encode(packed).decode())


@pytest.mark.parametrize("cut", [0, 10, 60, 150, 220])
def test_half_a_signature_file_is_refused(cut: int) -> None:
    with pytest.raises(UserCanFix, match="不完整"):
        signing.read_signature(PUBLISHED[:cut])


def test_a_comment_of_two_lines_cannot_be_signed() -> None:
    with pytest.raises(ValueError, match="one line"):
        signing.sign(b"", KEY, "a\nb")


@pytest.mark.skipif(shutil.which("minisign") is None, reason="minisign itself is not installed here")
def test_minisign_itself_agrees_both_ways(tmp_path: Path) -> None:
    data = tmp_path / "SHA256SUMS"
    data.write_bytes(b"listed\n")
    (tmp_path / "k.pub").write_text(KEY.public.to_text(), encoding="utf-8")
    (tmp_path / "k.key").write_text(KEY.to_text(), encoding="utf-8")
    (tmp_path / "SHA256SUMS.minisig").write_text(signing.sign(data.read_bytes(), KEY, "pack:x"), encoding="utf-8")
    subprocess.run(["minisign", "-Vm", data, "-p", tmp_path / "k.pub"], check=True, capture_output=True)
    subprocess.run(
        ["minisign", "-S", "-W", "-s", tmp_path / "k.key", "-m", data, "-t", "pack:y"],
        check=True,
        capture_output=True,
        input=b"\n",
    )
    theirs = signing.read_signature((tmp_path / "SHA256SUMS.minisig").read_text(encoding="utf-8"))
    assert theirs.comment == "pack:y"
    assert signing.check(data.read_bytes(), theirs, KEY.public)
    made = ["minisign", "-G", "-W", "-f", "-p", tmp_path / "t.pub", "-s", tmp_path / "t.key"]
    subprocess.run(made, check=True, capture_output=True)
    own = signing.read_secret_key((tmp_path / "t.key").read_text(encoding="utf-8"))
    assert own.public == signing.read_public_key((tmp_path / "t.pub").read_text(encoding="utf-8"))
