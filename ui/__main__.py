"""`python -m ui`: the command line; without a command, the window."""

from __future__ import annotations

import sys


def main() -> int:
    """The `clerk` command: opens the window when no command is given; `--practice` opens the practice desk."""
    if sys.argv[1:] in ([], ["--practice"]):
        return window()
    from ui.command_line import main as command

    return command(sys.argv[1:])


def window() -> int:
    """The window."""
    from ui.app import main as open_window

    return open_window(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
