"""No word: the screens."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import date
from pathlib import Path

from at_tui.language import text
from data import places
from schema.fault import Fault

WIDTH, HEIGHT = 80, 24
"""Smallest terminal that every screen fits in, columns and lines."""


def run(arguments: list[str]) -> int:
    """Open the screens, or print version or help when the front options ask for them."""
    if not arguments:
        # The usual start: the help of every command (10 ms) is not made for nothing.
        return open_screens(places.database_path(None))
    from at_tui.cli.parser import WORDS, Parser, day

    parser = Parser()
    parser.usage = text("cli.front.usage")
    parser.option("--on", metavar="DATUM", type=day)
    parser.add_argument("--version", action="store_true", help=text("cli.option.version"))
    commands = "\n".join(f"  {word:<12} {text(f'cli.{word}.line')}" for word in WORDS)
    parser.epilog = text("cli.front.commands", commands=commands) + "\n\n" + (parser.epilog or "")
    options = parser.parse_args(arguments)
    if options.version:
        from at_tui.version import VERSION

        print(f"at-tui {VERSION}")
        return 0
    return open_screens(places.database_path(options.database), on=options.on)


def open_screens(database: Path, *, on: date | None = None) -> int:
    """Check that the terminal can show the screens, and open them on `database`.

    Args:
        on: The day it is taken to be; today when not given.

    Raises:
        Fault: `cli.no_terminal`, `cli.small_terminal` (exit code 2).
    """
    check_terminal()
    from at_tui.front_door import open_screens as open_front_door

    return open_front_door(database, on=on)


def check_terminal() -> None:
    """Raise a Fault with exit code 2 when no screen can be shown here."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        raise Fault("cli.no_terminal", exit_code=2)
    try:
        # The window itself, not what COLUMNS and LINES were when the shell began.
        size = os.get_terminal_size(sys.stdout.fileno())
    except (OSError, ValueError):
        size = shutil.get_terminal_size()
    if 0 in size:  # a line that does not know its size, such as a serial one
        return
    if size.columns < WIDTH or size.lines < HEIGHT:
        raise Fault(
            "cli.small_terminal",
            exit_code=2,
            width=size.columns,
            height=size.lines,
            least_width=WIDTH,
            least_height=HEIGHT,
        )
