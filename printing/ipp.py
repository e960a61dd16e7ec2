"""Questions to a CUPS server in its own protocol (IPP, RFC 8010 and 8011), so that answers are facts and not phrases.

`lpstat` does not tell a printed job from one that the printer threw away, and `cancel -x` of CUPS 2.4 does not remove
a finished job's data (it sends "purge-jobs" where the server reads "purge-job"). Both matter here.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

Value = str | int | bool | bytes
Attributes = Mapping[str, tuple[Value, ...]]
Question = Mapping[str, Value | tuple[str, ...]]

CANCEL_JOB, GET_JOB, GET_PRINTERS = 0x0008, 0x0009, 0x4002
GONE = 0x0406
_INTEGER, _BOOLEAN, _ENUM = 0x21, 0x22, 0x23
_NAME, _KEYWORD, _URI, _CHARSET, _LANGUAGE = 0x42, 0x44, 0x45, 0x47, 0x48
_OPERATION, _END, _LAST_DELIMITER = 0x01, 0x03, 0x0F
_TEXTS = range(0x40, 0x4A)
_SOCKET, _SETTINGS, _LOCAL = Path("/run/cups/cups.sock"), Path("/etc/cups/client.conf"), "localhost:631"
_MOST = 4_000_000


class UnansweredError(Exception):
    """The print service is not there, or says what cannot be understood."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The status of an answer (0x0000 to 0x00ff is well) and its groups of attributes after the first."""

    status: int
    groups: tuple[Attributes, ...]

    @property
    def well(self) -> bool:
        """Whether what was asked for was done."""
        return self.status < 0x0100


def this_server() -> str:
    """The server that CUPS' own programs would ask: host, host:port, or the path of a socket."""
    if named := os.environ.get("CUPS_SERVER", ""):
        return named.partition("/version=")[0]
    try:
        lines = _SETTINGS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    named = next((line.split(None, 1)[1].strip() for line in lines if line.startswith("ServerName ")), "")
    return named.partition("/version=")[0] or (str(_SOCKET) if _SOCKET.exists() else _LOCAL)


def ask(server: str, seconds: float, operation: int, about: Question) -> Answer:
    """One question, asked within `seconds`. Raises UnansweredError."""
    connection = _Local(server, seconds) if server.startswith("/") else HTTPConnection(*_place(server), timeout=seconds)
    body = _question(operation, about)
    headers = {"Content-Type": "application/ipp", "Host": "localhost"}
    try:
        connection.request("POST", "/", body, headers)
        said = connection.getresponse()
        if said.status != 200:
            raise UnansweredError(f"HTTP {said.status}")
        return _answer(said.read(_MOST))
    except (OSError, HTTPException, ValueError, IndexError) as fault:
        raise UnansweredError(str(fault)) from fault
    finally:
        connection.close()


class _Local(HTTPConnection):
    """A connection to a socket in the file system."""

    def __init__(self, path: str, seconds: float) -> None:
        super().__init__("localhost", timeout=seconds)
        self._path = path

    def connect(self) -> None:
        """Open the socket."""
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


def _place(server: str) -> tuple[str, int]:
    host, _, port = server.partition(":")
    return host, int(port) if port.isdecimal() else 631


def _question(operation: int, about: Question) -> bytes:
    made = [b"\x02\x00", operation.to_bytes(2, "big"), (1).to_bytes(4, "big"), bytes([_OPERATION])]
    made += [
        _written(_CHARSET, "attributes-charset", b"utf-8"),
        _written(_LANGUAGE, "attributes-natural-language", b"en"),
    ]
    for name, value in about.items():
        made.append(_attribute(name, value))
    return b"".join([*made, bytes([_END])])


def _attribute(name: str, value: Value | tuple[str, ...]) -> bytes:
    if isinstance(value, bool):
        return _written(_BOOLEAN, name, bytes([value]))
    if isinstance(value, int):
        return _written(_INTEGER, name, value.to_bytes(4, "big", signed=True))
    if isinstance(value, tuple):
        return b"".join(_written(_KEYWORD, name if at == 0 else "", one.encode()) for at, one in enumerate(value))
    tag = _URI if name.endswith("-uri") else _NAME
    return _written(tag, name, value if isinstance(value, bytes) else value.encode())


def _written(tag: int, name: str, value: bytes) -> bytes:
    word = name.encode()
    return b"".join((bytes([tag]), len(word).to_bytes(2, "big"), word, len(value).to_bytes(2, "big"), value))


def _answer(data: bytes) -> Answer:
    groups: list[dict[str, tuple[Value, ...]]] = []
    last = ""
    for tag, name, value in _read(data):
        if tag <= _LAST_DELIMITER:
            groups.append({})
        else:
            last = name or last
            groups[-1][last] = (*groups[-1].get(last, ()), _plain(tag, value))
    return Answer(int.from_bytes(data[2:4], "big"), tuple(groups[1:]))


def _read(data: bytes) -> Iterator[tuple[int, str, bytes]]:
    """The parts of a message: a delimiter by itself, else an attribute's tag, name and value."""
    at = 8
    while data[at] != _END:
        tag, at = data[at], at + 1
        if tag <= _LAST_DELIMITER:
            yield tag, "", b""
            continue
        name, at = _counted(data, at)
        value, at = _counted(data, at)
        yield tag, name.decode(), value


def _counted(data: bytes, at: int) -> tuple[bytes, int]:
    start = at + 2
    end = start + int.from_bytes(data[at:start], "big")
    if end > len(data):
        raise ValueError("the answer is cut short")
    return data[start:end], end


def _plain(tag: int, value: bytes) -> Value:
    if tag in (_INTEGER, _ENUM):
        return int.from_bytes(value, "big", signed=True)
    if tag == _BOOLEAN:
        return value == b"\x01"
    return value.decode(errors="replace") if tag in _TEXTS else value


def one(attributes: Attributes, name: str) -> Value | None:
    """The first value of an attribute."""
    values: Sequence[Value] = attributes.get(name, ())
    return values[0] if values else None


def words(attributes: Attributes, name: str) -> tuple[str, ...]:
    """The words of an attribute."""
    return tuple(value for value in attributes.get(name, ()) if isinstance(value, str))
