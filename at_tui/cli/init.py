"""`at-tui init`: make a file of records."""

from __future__ import annotations

import sys
from argparse import Namespace

from at_tui.cli import opening, printing
from at_tui.cli.parser import Parser
from at_tui.language import text
from schema.fault import Fault


def arguments(parser: Parser) -> None:
    """Add what the command takes."""
    parser.option("--unencrypted", action="store_true")
    parser.option("--json", action="store_true")


def run(options: Namespace) -> int:
    """Make the file and print its recovery key, this once."""
    from data.opening import create

    path = opening.path_of(options)
    if path.exists():
        # Told before a passphrase is asked for.
        raise Fault("store.exists", exit_code=4, path=str(path))
    recovery = create(path, passphrase=None if options.unencrypted else _passphrase())
    if options.json:
        printing.print_json({"database": str(path), "recovery_key": recovery})
    elif recovery is None:
        print(text("cli.init.made_unencrypted", path=path))
    else:
        print(text("cli.init.made", path=path, recovery=recovery))
    return 0


def _passphrase() -> str:
    named = opening.passphrase_from_file()
    if named is not None:
        return named
    if not sys.stdin.isatty():
        raise Fault("keys.passphrase_needed", exit_code=3)
    first = opening.ask(text("cli.ask.new_passphrase"))
    if opening.ask(text("cli.ask.again")) != first:
        raise Fault("cli.not_the_same", exit_code=2)
    return first
