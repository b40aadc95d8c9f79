"""`at-tui backup`: copy the records, check the copy, and keep it in both places."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

from at_tui.cli import opening, printing
from at_tui.cli.parser import Parser
from at_tui.copies import second_place
from at_tui.language import say, text
from schema.fault import Fault


def arguments(parser: Parser) -> None:
    """Add what the command takes."""
    parser.option("--folder", metavar="MAPP", type=Path)
    parser.option("--json", action="store_true")


def run(options: Namespace) -> int:
    """Make a copy here, and one in the second place when there is one; 1 when that one failed."""
    from data import backup
    from data.backup import Why

    path = opening.path_of(options)
    key = opening.key_for(path)
    second = options.folder.expanduser() if options.folder else second_place()
    made = [backup.make(path, key, Why.MANUAL)]
    fault = None
    if second is not None:
        try:
            if not second.is_dir():
                raise Fault("backup.no_second_place", exit_code=3, path=str(second))
            folder = backup.second_folder(second, path, key)
            made.append(backup.make(path, key, Why.MANUAL, folder=folder))
        except Fault as refused:
            fault = refused
    for copy in made:
        backup.thin(path, datetime.now(UTC).date(), folder=copy.path.parent)
    if options.json:
        printing.print_json([{"path": str(c.path), "at": c.at.isoformat()} for c in made])
    else:
        for copy in made:
            print(text("backup.made", path=copy.path))
    if fault is not None:
        print(say(fault), file=sys.stderr)
        return 1
    return 0
