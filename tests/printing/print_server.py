"""A print server and a printer of a test's own: `cupsd` with its folders in a temporary place, and `ippeveprinter` behind it.

The printer accepts PDF, has three trays, prints on both sides and writes down what it was told for each job.
ippeveprinter wants to announce itself and asks a system bus for that, so it gets an empty bus of its own. PDFs reach it
as they are: the one filter of this server copies.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from printing.cups import Cups

CUPSD, PRINTER = "/usr/sbin/cupsd", "/usr/sbin/ippeveprinter"
NEEDED = (CUPSD, PRINTER, "/usr/bin/lp", "/usr/sbin/lpadmin", "/usr/bin/dbus-daemon")
DEAD = "ipp://127.0.0.1:9/ipp/print"
_PATIENCE = 40.0
_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={bus}</listen>
<policy context="default"><allow eavesdrop="true"/><allow send_destination="*" eavesdrop="true"/></policy></busconfig>"""
_FILES = """ServerRoot {home}/settings
ServerBin {home}/bin
RequestRoot {home}/spool
CacheDir {home}/cache
StateDir {home}/state
TempDir {home}/passing
AccessLog {home}/log/access
ErrorLog {home}/log/error
PageLog {home}/log/page
{user}
"""
_SERVER = """Listen localhost:{port}
Browsing Off
DefaultAuthType None
WebInterface No
PreserveJobFiles Yes
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit Cancel-Job>
Require user @OWNER @SYSTEM
Order deny,allow
</Limit>
<Limit All>
Order deny,allow
</Limit>
</Policy>
"""
_TAKE = """#!/bin/sh
env | grep '^IPP_' > "{got}/$IPP_JOB_ID.part"
cp "$1" "{got}/$IPP_JOB_ID.pdf"
mv "{got}/$IPP_JOB_ID.part" "{got}/$IPP_JOB_ID.told"
"""


@dataclass(frozen=True)
class Taken:
    """One job as the printer got it: its title, what it was told (IPP attributes), and the bytes."""

    title: str
    told: dict[str, str]
    pdf: bytes


@dataclass(frozen=True)
class PrintServer:
    """A running server with the queue Hall; `home` holds its files."""

    home: Path
    port: int

    @property
    def way(self) -> Cups:
        """How we print there."""
        return Cups(f"localhost:{self.port}", seconds=20.0)

    def add_queue(self, name: str, uri: str, *options: str) -> None:
        """Make a queue; `-m everywhere` asks the printer what it can do."""
        self._administer("lpadmin", "-p", name, "-E", "-v", uri, *options)

    def pause(self, name: str, why: str) -> None:
        """Stop a queue as somebody at the server would."""
        self._administer("cupsdisable", "-r", why, name)

    def go_on(self, name: str) -> None:
        """Let a stopped queue go on."""
        self._administer("cupsenable", name)

    def taken(self) -> list[Taken]:
        """What the printer printed, in its order."""
        done = sorted((self.home / "got").glob("*.told"), key=lambda file: int(file.stem))
        told = [dict(line.split("=", 1) for line in file.read_text().splitlines() if "=" in line) for file in done]
        return [
            Taken(one["IPP_JOB_NAME"], one, file.with_suffix(".pdf").read_bytes())
            for one, file in zip(told, done, strict=True)
        ]

    def _administer(self, program: str, *options: str) -> None:
        command = [
            shutil.which(program, path="/usr/sbin:/usr/bin") or program,
            "-h",
            f"localhost:{self.port}",
            *options,
        ]
        subprocess.run(command, check=True, timeout=_PATIENCE, capture_output=True)


def missing() -> str:
    """What this machine lacks for a print server of its own; "" for nothing."""
    lacking = [path for path in NEEDED if not Path(path).exists()]
    return f"no {', '.join(lacking)} on this machine" if lacking else ""


@contextmanager
def a_print_server() -> Iterator[PrintServer]:
    """Run a server and its printer until the end of the block."""
    with (
        tempfile.TemporaryDirectory(prefix="cups-", ignore_cleanup_errors=True) as folder,
        ExitStack() as running,
    ):
        home = Path(folder)
        home.chmod(0o711)  # the server's programs run as another user
        port, printer_port = _free_port(), _free_port()
        _furnish(home, port)
        bus = home / "bus"
        running.enter_context(
            _program(["/usr/bin/dbus-daemon", f"--config-file={home}/bus.conf", "--nofork", "--nopidfile"])
        )
        until(bus.exists)
        take = ["-c", f"{home}/take", "-d", f"{home}/got", "-p", str(printer_port)]
        announce = {"DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={bus}"}
        running.enter_context(_program([PRINTER, "-2", "-f", "application/pdf", "-r", "off", *take, "Hall"], announce))
        running.enter_context(
            _program([CUPSD, "-f", "-c", f"{home}/settings/cupsd.conf", "-s", f"{home}/settings/cups-files.conf"])
        )
        until(lambda: _listens(port) and _listens(printer_port))
        server = PrintServer(home, port)
        server.add_queue("Hall", f"ipp://localhost:{printer_port}/ipp/print", "-m", "everywhere")
        yield server


def until(true: Callable[[], object]) -> None:
    """Wait for something another program does."""
    end = time.monotonic() + _PATIENCE
    while not true():
        if time.monotonic() > end:
            raise AssertionError("the print server did not get there")
        time.sleep(0.05)


def _furnish(home: Path, port: int) -> None:
    for name in ("settings", "bin/filter", "spool", "cache", "state", "log", "passing", "got"):
        (home / name).mkdir(parents=True)
    for name in ("backend", "daemon", "notifier"):
        (home / "bin" / name).symlink_to(Path("/usr/lib/cups") / name)
    user = "User lp\nGroup lp" if os.geteuid() == 0 else ""
    (home / "bus.conf").write_text(_BUS.format(bus=home / "bus"))
    (home / "settings/cups-files.conf").write_text(_FILES.format(home=home, user=user))
    (home / "settings/cupsd.conf").write_text(_SERVER.format(port=port))
    (home / "settings/as-it-is.convs").write_text("application/pdf application/vnd.cups-pdf 0 as-it-is\n")
    for file, script in (
        ("bin/filter/as-it-is", '#!/bin/sh\nexec cat "${6:--}"\n'),
        ("take", _TAKE.format(got=home / "got")),
    ):
        (home / file).write_text(script)
        (home / file).chmod(0o755)


@contextmanager
def _program(command: list[str], more: dict[str, str] | None = None) -> Iterator[None]:
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, env=os.environ | {"LC_ALL": "C"} | (more or {}), **silent) as started:
        try:
            yield
        finally:
            started.terminate()
            try:
                started.wait(10)
            except subprocess.TimeoutExpired:
                started.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
