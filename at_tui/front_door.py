"""Opens the screens: the one import upward, deferred and named in the contract of the rooms."""

from __future__ import annotations

import gc
import threading
from datetime import date
from pathlib import Path

from at_tui.collector import give_back
from at_tui.lean import leave_out

CALM = 3.0
"""Seconds from the start to when the collector of memory works again."""


def open_screens(database: Path, *, on: date | None = None) -> int:
    """Open the screens on `database` and return the programme's exit code.

    Args:
        database: The file of records; when there is none, the first-run guide makes it.
        on: The day it is taken to be; today when None.

    Raises:
        Fault: `store.*`, `keys.*` when the file cannot be opened (exit code 3).
        Exception: what crashed the screens, for the crash report.
    """
    _collect_later()
    from at_tui.ahead import Ahead
    from at_tui.cli.opening import passphrase_from_file
    from data import places
    from data.driver import FileState, file_state
    from data.opening import needs_passphrase

    missing = file_state(database) is FileState.MISSING
    locked = not missing and needs_passphrase(database)
    passphrase = passphrase_from_file() if locked else None
    # Several people on one computer have a file each; one that is named is the one that is meant.
    usual = database == places.data_folder() / places.DATABASE
    choose = usual and passphrase is None and any(p != database for p in places.databases())
    ahead = None
    if not (missing or choose) and (passphrase is not None or not locked):
        ahead = Ahead(database, passphrase, on or date.today())  # noqa: DTZ011 - the user's own day
        locked = False
    leave_out()
    # Textual costs about 0.2 s to import: commands that open no screen must not pay it.
    from at_tui import settings
    from screens.app import ATApp

    chosen = settings.load()
    app = ATApp(
        database,
        on=on,
        ahead=ahead,
        locked=locked,
        choose=choose,
        theme_name=chosen["theme"],
        keys=chosen["keys"],
        lock_minutes=chosen["lock_minutes"],
    )
    code = app.run()
    if app.crash is not None:
        raise app.crash
    if app.fault is not None:
        raise app.fault
    return code or 0


def _collect_later() -> None:
    """Let the collector rest while modules are loaded and the first page is drawn.

    Nothing is garbage yet, and it would walk half a million new objects again and again (a tenth
    of the start). What is there then stays for the life of the programme, and is never walked.
    """
    gc.disable()
    timer = threading.Timer(CALM, _collect)
    timer.daemon = True
    timer.start()


def _collect() -> None:
    gc.freeze()
    gc.enable()
    give_back()
