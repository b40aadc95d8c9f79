"""`at-tui passphrase`: change the passphrase, make a new recovery key, or let this computer
remember."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from pathlib import Path

from at_tui.cli import opening, printing
from at_tui.cli.parser import Parser
from at_tui.language import text
from schema.fault import Fault

NEW_FILE_VARIABLE = "AT_TUI_NEW_PASSPHRASE_FILE"
"""Environment variable that names the file with the new passphrase."""


def arguments(parser: Parser) -> None:
    """Add what the command takes."""
    parser.option("--recovery", action="store_true")
    parser.option("--new-recovery-key", action="store_true")
    parser.option("--remember", action="store_true")
    parser.option("--forget", action="store_true")
    parser.option("--json", action="store_true")


def run(options: Namespace) -> int:
    """Open the key file, and do the one thing that was asked for."""
    from data import keys, keystore, places
    from data.opening import needs_passphrase

    asked = [options.new_recovery_key, options.remember, options.forget]
    if sum(asked) > 1:
        raise Fault("passphrase.one_thing", exit_code=2)
    path = opening.path_of(options)
    if not needs_passphrase(path):
        raise Fault("passphrase.not_encrypted", path=str(path))
    key_file = places.key_file(path)
    if options.forget:
        keystore.forget(key_file)
        return _told("keystore.forgotten", options, forgotten=True)
    data_key = _opened(key_file, by_recovery=options.recovery)
    if options.remember:
        keystore.remember(key_file, data_key)
        return _told("keystore.remembered", options, remembered=True)
    if options.new_recovery_key:
        recovery = keys.renew_recovery(key_file, data_key)
        return _told("passphrase.recovery", options, recovery_key=recovery)
    keys.change_passphrase(key_file, data_key, _new())
    return _told("passphrase.changed", options, changed=True)


def _opened(key_file: Path, *, by_recovery: bool) -> bytes:
    from data import keys

    if not by_recovery:
        given = opening.passphrase()
        if given is None:
            raise Fault("keys.passphrase_needed", exit_code=3)
        return keys.unlock(key_file, passphrase=given)
    if not sys.stdin.isatty():
        raise Fault("keys.passphrase_needed", exit_code=3)
    return keys.unlock(key_file, recovery_key=opening.ask(text("passphrase.ask_recovery")))


def _new() -> str:
    if os.environ.get(NEW_FILE_VARIABLE):
        return opening.first_line(os.environ[NEW_FILE_VARIABLE])
    if not sys.stdin.isatty():
        raise Fault("keys.passphrase_needed", exit_code=3)
    first = opening.ask(text("cli.ask.new_passphrase"))
    if opening.ask(text("cli.ask.again")) != first:
        raise Fault("cli.not_the_same", exit_code=2)
    return first


def _told(key: str, options: Namespace, **values: object) -> int:
    if options.json:
        printing.print_json(values)
    else:
        print(text(key, **values))
    return 0
