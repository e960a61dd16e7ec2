#!/usr/bin/env python3
"""Set up and run Clerk from a checkout: `python3 dev.py run | test | demo | bench | soak | shots | lock`.

Standard library only, so that it starts on a machine that has nothing but Python. It finds out which shared
libraries Qt will miss, installs their Debian packages when it may (else says what to type), makes `.venv`, installs
the hash-locked packages, and hands over.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Environment:
    """A virtual environment of the checkout, and the hash-locked packages in it."""

    folder: Path
    lock: Path

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def stamp(self) -> Path:
        """Says what it was made from, once it is whole."""
        return self.folder / "made-from"


OWN = Environment(HERE / ".venv", HERE / "requirements.lock")
PEER = Environment(HERE / ".venv-bench", HERE / "requirements-bench.lock")
"""Holds what we are only compared with; nothing of it is in the product or its tests."""

OFFSCREEN = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libbrotlidec.so.1": "libbrotli1",
}
SCREEN = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libcups.so.2": "libcups2",
}
RIVALS = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
CHECKERS = {
    "/usr/bin/java": "default-jre-headless",
    "/usr/share/java/preflight.jar": "libpdfbox2-java",
    "/usr/share/java/jaxb-api.jar": "libjaxb-api-java",
    "/usr/sbin/cupsd": "cups-daemon",
    "/usr/bin/lp": "cups-client",
    "/usr/sbin/ippeveprinter": "cups-ipp-utils",
    "/usr/bin/dbus-daemon": "dbus-daemon",
}
"""Strangers that some tests let judge us: a PDF/A checker and a print server. Those tests say so where they are not here."""


def main(arguments: Sequence[str]) -> int:
    """Do one command; the exit code is the command's own."""
    if sys.version_info < (3, 11):  # noqa: UP036 - somebody will start it with an older one
        print("Clerk needs Python 3.11 or newer; this is " + sys.version.split()[0], file=sys.stderr)
        return 2
    commands = {"run": run, "test": test, "demo": demo, "bench": bench, "soak": soak, "shots": shots, "lock": lock}
    if not arguments or arguments[0] not in commands:
        print(__doc__, file=sys.stderr)
        return 2
    return commands[arguments[0]](list(arguments[1:]))


def run(arguments: list[str]) -> int:
    """Open the window; with no display, say so and do the demo job instead."""
    if os.name == "posix" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        print("There is no display here, so the window cannot open: doing the demo job instead (python3 dev.py demo).")
        return demo([])
    prepare(OFFSCREEN | SCREEN)
    return python("-m", "ui", *arguments)


def demo(arguments: list[str]) -> int:
    """Screen, print and list the worked households of the demo pack into out/demo."""
    prepare(OFFSCREEN)
    return python("-m", "ui", "demo", *(arguments or ["--out", str(HERE / "out" / "demo")]))


def test(arguments: list[str]) -> int:
    """Lint, types, layers, then every test; extra arguments go to pytest."""
    prepare(OFFSCREEN)
    offer_checkers()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if not arguments:
        rooms = ["forms", "clerk", "printing", "ui", "tests", "dev.py"]
        for gate in (["ruff", "check", *rooms], ["mypy"]):
            print("--", *gate, flush=True)
            if code := python("-m", *gate):
                return code
    return python("-m", "pytest", *arguments)


def bench(arguments: list[str]) -> int:
    """Print what was measured in this one run, each figure beside its peer; some peers live in an environment of their own."""
    beside = {"openfisca": "tests.bench.openfisca", "papers": "tests.bench.rivals", "sheets": "tests.bench.sheets"}
    if len(arguments) == 1 and arguments[0] in beside:
        if sys.platform.startswith("linux"):
            install_system_packages([package for name, package in (OFFSCREEN | RIVALS).items() if not loads(name)])
        install(PEER)
        return python("-m", beside[arguments[0]], environment=PEER)
    prepare(OFFSCREEN)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return python("-m", "tests.bench", *arguments)


def soak(arguments: list[str]) -> int:
    """The long campaigns, and every property test with fresh dice."""
    prepare(OFFSCREEN)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("CLERK_HYPOTHESIS", "roaming")
    return python("-m", "pytest", "--timeout=3600", *(arguments or ["tests/soak", "tests"]))


def shots(arguments: list[str]) -> int:
    """Draw the window's pictures for the README into out/shots, and the demo's papers on one sheet beside them."""
    prepare(OFFSCREEN)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    pictures = HERE / "out" / "shots"
    if code := python("-m", "tests.ui.shots", *(arguments or [str(pictures)])):
        return code
    samples = HERE / "out" / "demo" / "papers"
    return python("-m", "tests.printing.contact_sheet", str(samples), str(pictures / "papers.png")) if samples.is_dir() else 0


def lock(arguments: list[str]) -> int:
    """Make both locks anew (needs uv on the PATH); universal, with hashes."""
    made = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url"]
    for source, environment in (("requirements-dev.in", OWN), ("requirements-bench.in", PEER)):
        command = ["uv", "pip", "compile", *made, source, "-o", environment.lock.name, *arguments]
        if code := subprocess.call(command, cwd=HERE):
            return code
    return 0


def python(*arguments: str, environment: Environment = OWN) -> int:
    """Run an environment's Python on the checkout's own code."""
    variables = os.environ | {"PYTHONPATH": str(HERE), "PYTHONUTF8": "1"}
    return subprocess.call([str(environment.python), *arguments], cwd=HERE, env=variables)


def prepare(libraries: dict[str, str]) -> None:
    """Everything the next step needs: shared libraries, the virtual environment, the locked packages."""
    if sys.platform.startswith("linux"):
        install_system_packages([package for name, package in libraries.items() if not loads(name)])
    install(OWN)


def install(environment: Environment) -> None:
    """Make an environment with its locked packages, unless it is there already."""
    made_from = f"{hashlib.sha256(environment.lock.read_bytes()).hexdigest()} {sys.version.split()[0]}"
    stamp = environment.stamp
    if environment.python.exists() and stamp.exists() and stamp.read_text() == made_from:
        return
    make_environment(environment.folder)
    print("Installing the locked packages …", flush=True)
    pip = [str(environment.python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary=:all:"]
    offline = HERE / "wheels"
    if offline.is_dir():
        pip += ["--no-index", "--find-links", str(offline)]
    if subprocess.call([*pip, "--require-hashes", "-r", str(environment.lock)], cwd=HERE):
        raise SystemExit("The packages could not be installed; nothing else was changed. See the lines above.")
    if environment == OWN:
        write_launcher()
    stamp.write_text(made_from)


def offer_checkers() -> None:
    """On a build machine (CI set) install the independent checkers if that is possible; elsewhere say what to type."""
    missing = [package for path, package in CHECKERS.items() if not Path(path).exists()]
    if not (missing and sys.platform.startswith("linux") and shutil.which("apt-get")):
        return
    if os.environ.get("CI"):
        try:
            install_system_packages(missing)
        except SystemExit as refusal:
            print(f"Going on without them. {refusal}", flush=True)
    else:
        print(f"A few tests need independent checkers and will be skipped: apt-get install {' '.join(missing)}", flush=True)


def write_launcher() -> None:
    """Put the `clerk` command into the environment, so that the checkout can be used like the installed product."""
    start = f"import sys; sys.path.insert(0, {str(HERE)!r}); from ui.__main__ import main; sys.exit(main())"
    if os.name == "nt":
        (OWN.python.parent / "clerk.cmd").write_text(f'@"{OWN.python}" -c "{start}" %*\n', encoding="utf-8")
        return
    launcher = OWN.python.parent / "clerk"
    launcher.write_text(f"#!{OWN.python}\n{start}\n", encoding="utf-8")
    launcher.chmod(0o755)


def make_environment(folder: Path) -> None:
    """A fresh virtual environment; on Debian the venv module may itself be missing."""
    shutil.rmtree(folder, ignore_errors=True)
    command = [sys.executable, "-m", "venv", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode and sys.platform.startswith("linux"):
        install_system_packages(["python3-venv"])
        shutil.rmtree(folder, ignore_errors=True)
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"The virtual environment could not be made:\n{done.stdout}{done.stderr}")


def loads(library: str) -> bool:
    """Whether the system's loader finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_system_packages(packages: list[str]) -> None:
    """Install Debian packages as root or by passwordless sudo; else stop and say what to type."""
    if not packages:
        return
    line = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    geteuid = getattr(os, "geteuid", lambda: 1)
    sudo = [] if geteuid() == 0 else ["sudo", "-n"]
    may = geteuid() == 0 or (shutil.which("sudo") and not subprocess.call(["sudo", "-n", "true"], stderr=subprocess.DEVNULL))
    if not (may and shutil.which("apt-get")):
        raise SystemExit(f"Some system libraries are missing. Please type this, then try again:\n  sudo {line}")
    print(f"Installing system libraries: {' '.join(packages)} …", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.call([*sudo, "apt-get", "update", "-qq"], env=quiet)
    if subprocess.call([*sudo, *line.split(), "-qq"], env=quiet, stdout=subprocess.DEVNULL):
        raise SystemExit(f"The system libraries could not be installed. Please type this and look at its answer:\n  sudo {line}")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
