"""The kollegium's room is light: a screen may import all of it at its top."""

from __future__ import annotations

import subprocess
import sys

SLOW = {"sqlmodel", "sqlalchemy", "pydantic", "sqlcipher3", "reportlab", "icalendar", "textual"}


def test_importing_the_kollegium_loads_no_table_no_document_and_no_calendar() -> None:
    code = (
        "import importlib, pkgutil, sys, at_tui.kollegium as room\n"
        "names = [m.name for m in pkgutil.iter_modules(room.__path__)]\n"
        "assert len(names) > 15\n"
        "for name in names: importlib.import_module(f'at_tui.kollegium.{name}')\n"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert not {name.partition(".")[0] for name in done.stdout.split()} & SLOW
