"""argparse, speaking Swedish."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from typing import NoReturn

from at_tui.language import has, text

WORDS = {
    "init": "init",
    "import": "importing",
    "export": "exporting",
    "demo": "demo",
    "trainees": "trainees",
    "goals": "goals",
    "progress": "progress",
    "programmes": "programmes",
    "certificate": "certificate",
    "assessment": "assessment",
    "log": "log",
    "archive": "archive",
    "kollegium": "kollegium",
    "metrics": "metrics",
    "curriculum": "curriculum",
    "content": "content",
    "backup": "backup",
    "restore": "restore",
    "verify": "verify",
    "passphrase": "passphrase",
    "disclose": "disclose",
    "erase": "erase",
    "database": "database",
    "help": "help",
}
"""Every command by its word, in the order of the help, with its module in this room."""


def _swedish(message: str) -> str:
    key = f"cli.argparse.{message}"
    return text(key) if has(key) else message


def _swedish_plural(one: str, many: str, count: int) -> str:
    return _swedish(one if count == 1 else many)


# argparse asks gettext for its words, by these two names of its module. A catalogue of gettext's
# own would need a compiled file and the user's language settings; this needs neither.
vars(argparse).update(_=_swedish, ngettext=_swedish_plural)


class Parser(argparse.ArgumentParser):
    """A parser for one command, whose faults are one Swedish line and exit code 2."""

    def __init__(self, word: str = "") -> None:
        area = f"cli.{word or 'front'}"
        super().__init__(
            prog=f"at-tui {word}".strip(),
            description=text(f"{area}.about"),
            epilog=text(f"{area}.example"),
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
            add_help=False,
        )
        self.word = word
        self.add_argument("-h", "--help", action="help", help=text("cli.option.help"))
        self.add_argument("--database", metavar="FIL", help=text("cli.option.database"))

    def option(self, *names: str, **settings: object) -> None:
        """Add an option or argument whose help stands in the catalogue under its own name."""
        name = max(names, key=len).lstrip("-")
        key = f"cli.{self.word}.{name}"
        found = text(key) if has(key) else text(f"cli.option.{name}")
        self.add_argument(*names, help=found, **settings)  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        """Say what was wrong in one line and leave with 2."""
        print(text("cli.wrong", prog=self.prog, message=message), file=sys.stderr)
        raise SystemExit(2)


def day(written: str) -> date:
    """Read a date argument, ISO 8601."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise argparse.ArgumentTypeError(text("cli.no_date", value=written)) from None
