"""Signatures as minisign makes and checks them (prehashed Ed25519 with a trusted comment), so that a county may use either.

Format: https://jedisct1.github.io/minisign/ — public key `Ed`+id+key; signature `ED`+id+signature over BLAKE2b-512 of
the file; a second signature over the first and the trusted comment. Secret keys are kept without a password
(`minisign -G -W`): the file itself must be kept safe, mode 0600.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from dataclasses import dataclass

from clerk.errors import UserCanFix

PLAIN, HASHED = b"Ed", b"ED"
_UNTRUSTED, _TRUSTED = "untrusted comment: ", "trusted comment: "
_NO_KDF, _BLAKE = b"\0\0", b"B2"
_LONGEST = 4096


@dataclass(frozen=True, slots=True)
class PublicKey:
    """Whose signature counts; `id` is what minisign prints of it."""

    number: bytes
    raw: bytes

    @property
    def id(self) -> str:
        """The key's number as minisign shows it: 16 hexadecimal digits."""
        return self.number[::-1].hex().upper()

    def to_text(self) -> str:
        """The public key file."""
        packed = base64.b64encode(PLAIN + self.number + self.raw).decode()
        return f"{_UNTRUSTED}minisign public key {self.id}\n{packed}\n"


@dataclass(frozen=True, slots=True)
class SecretKey:
    """What signs: the 32-byte seed with its public key; never shown in a repr."""

    number: bytes
    seed: bytes

    def __repr__(self) -> str:
        return f"SecretKey({self.public.id})"

    @property
    def public(self) -> PublicKey:
        """The key that checks what this one signs."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return PublicKey(self.number, Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw())

    def to_text(self) -> str:
        """The secret key file, without a password."""
        pair = self.seed + self.public.raw
        checksum = hashlib.blake2b(PLAIN + self.number + pair, digest_size=32).digest()
        packed = PLAIN + _NO_KDF + _BLAKE + bytes(32 + 8 + 8) + self.number + pair + checksum
        return f"{_UNTRUSTED}minisign secret key {self.public.id}\n{base64.b64encode(packed).decode()}\n"


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature file taken apart; `comment` may be believed once the signature was checked."""

    algorithm: bytes
    number: bytes
    signature: bytes
    comment: str
    over_comment: bytes


def new_key() -> SecretKey:
    """A new key of this machine's randomness."""
    return SecretKey(os.urandom(8), os.urandom(32))


def sign(data: bytes, key: SecretKey, comment: str) -> str:
    """The signature file of some bytes; `comment` is signed with them and must be one line."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    if "\n" in comment or "\r" in comment:
        raise ValueError("a trusted comment is one line")
    private = Ed25519PrivateKey.from_private_bytes(key.seed)
    signature = private.sign(hashlib.blake2b(data).digest())
    over_comment = private.sign(signature + comment.encode())
    first = base64.b64encode(HASHED + key.number + signature).decode()
    second = base64.b64encode(over_comment).decode()
    return f"{_UNTRUSTED}signature from minisign secret key\n{first}\n{_TRUSTED}{comment}\n{second}\n"


def check(data: bytes, signature: Signature, key: PublicKey) -> bool:
    """True when the key signed these bytes and this trusted comment."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if signature.number != key.number:
        return False
    signed = hashlib.blake2b(data).digest() if signature.algorithm == HASHED else data
    try:
        public = Ed25519PublicKey.from_public_bytes(key.raw)
        public.verify(signature.signature, signed)
        public.verify(signature.over_comment, signature.signature + signature.comment.encode())
    except InvalidSignature:
        return False
    return True


def read_signature(text: str) -> Signature:
    """Take a signature file apart. Raises `UserCanFix` when it is none."""
    lines = text.removesuffix("\n").split("\n")
    lines = [line.removesuffix("\r") for line in lines]
    if len(text) > _LONGEST or len(lines) != 4 or not lines[2].startswith(_TRUSTED):
        raise UserCanFix("签名文件不完整，请重新取得数据包")
    packed, over_comment = _unpacked(lines[1], 2 + 8 + 64), _unpacked(lines[3], 64)
    if packed is None or over_comment is None or packed[:2] not in (PLAIN, HASHED):
        raise UserCanFix("签名文件不完整，请重新取得数据包")
    return Signature(packed[:2], packed[2:10], packed[10:], lines[2].removeprefix(_TRUSTED), over_comment)


def read_public_key(text: str) -> PublicKey:
    """A public key file, or its second line alone. Raises `UserCanFix` when it is none."""
    packed = _unpacked(_last_line(text), 2 + 8 + 32)
    if packed is None or packed[:2] != PLAIN:
        raise UserCanFix("这不是公钥文件（minisign 公钥，通常名为 *.pub）")
    return PublicKey(packed[2:10], packed[10:])


def read_secret_key(text: str) -> SecretKey:
    """A secret key file without a password. Raises `UserCanFix` when it is none, has one, or is damaged."""
    packed = _unpacked(_last_line(text), 2 + 2 + 2 + 32 + 8 + 8 + 8 + 64 + 32)
    if packed is None or packed[:2] != PLAIN or packed[4:6] != _BLAKE:
        raise UserCanFix("这不是私钥文件（minisign 私钥，通常名为 *.key）")
    if packed[2:4] != _NO_KDF:
        raise UserCanFix("私钥带有口令，本程序只用无口令的私钥，请用 minisign -C -W 去掉口令后再签")
    number, pair, checksum = packed[54:62], packed[62:126], packed[126:]
    key = SecretKey(number, pair[:32])
    sealed = hashlib.blake2b(PLAIN + number + pair, digest_size=32).digest() == checksum
    # minisign leaves the checksum empty in keys made without a password
    if (checksum != bytes(32) and not sealed) or key.public.raw != pair[32:]:
        raise UserCanFix("私钥文件已损坏")
    return key


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text[:_LONGEST].splitlines() if line.strip()]
    return lines[-1] if lines else ""


def _unpacked(line: str, length: int) -> bytes | None:
    try:
        packed = base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError):
        return None
    return packed if len(packed) == length else None
