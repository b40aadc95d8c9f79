"""`at-tui demo`: invented records, in a file or on screen."""

from __future__ import annotations

import sys
import tempfile
from argparse import Namespace
from datetime import date
from pathlib import Path

from at_tui.cli import screens
from at_tui.cli.parser import Parser, day
from at_tui.language import text

SIZES = ("one", "clinic", "dalarna", "dalarna10")
"""As in at_tui/demo/cast.py, which this must not import to print its help."""


def arguments(parser: Parser) -> None:
    """Add what the command takes."""
    parser.option("--size", metavar="STORLEK", choices=SIZES, default="clinic")
    parser.option("--seed", metavar="TAL", type=int, default=1)
    parser.option("--on", metavar="DATUM", type=day)


def run(options: Namespace) -> int:
    """Write the file that --database names, or open the screens on one that is thrown away."""
    if options.database:
        path = Path(options.database).expanduser()
        _write(path, options)
        print(text("cli.demo.written", path=path))
        return 0
    screens.check_terminal()
    with tempfile.TemporaryDirectory(prefix="at-tui-demo-") as folder:
        path = Path(folder) / "demo.db"
        _write(path, options)
        return screens.open_screens(path, on=options.on)


def _write(path: Path, options: Namespace) -> None:
    from at_tui.demo.cast import Size
    from at_tui.demo.writing import write_demo

    write_demo(
        path,
        Size(options.size),
        seed=options.seed,
        on=options.on or date.today(),  # noqa: DTZ011 - the day of the clinic's own wall
        progress=_progress if sys.stderr.isatty() else None,
    )
    if sys.stderr.isatty():
        print(end="\r\033[K", file=sys.stderr)


def _progress(done: int, count: int) -> None:
    print(text("cli.demo.progress", done=done, count=count), end="\r", file=sys.stderr, flush=True)
