"""`at-tui verify`: does the file hold together?"""

from __future__ import annotations

import contextlib
from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

from at_tui.cli import opening, printing
from at_tui.cli.parser import Parser
from at_tui.language import text

if TYPE_CHECKING:
    from data.backup import Backup

MOST_SHOWN = 20


def arguments(parser: Parser) -> None:
    """Add what the command takes."""
    parser.option("--copies", action="store_true")
    parser.option("--json", action="store_true")


def run(options: Namespace) -> int:
    """Print what does not hold; 1 when there is anything."""
    from data.opening import open_store
    from data.verify import Finding, pages, verify

    path = opening.path_of(options)
    key = opening.key_for(path)
    copies: list[Backup] = []
    if options.copies:
        from at_tui.copies import second_place
        from data import backup

        copies = backup.everywhere(path, second=second_place())
        bad = [copy for copy in copies if not backup.whole(copy, key)]
        findings = [Finding("verify.copy", str(copy.path)) for copy in bad]
    else:
        # A page that is damaged may keep the file from opening: its number is told all the same.
        findings = pages(path, key)
        if not findings:
            with contextlib.closing(open_store(path, key)) as store:
                findings = verify(store)
    if options.json:
        printing.print_json([asdict(finding) for finding in findings])
    elif not findings:
        print(text("verify.copies" if options.copies else "verify.clean", count=len(copies)))
    else:
        for finding in findings[:MOST_SHOWN]:
            print(text(finding.code, where=finding.where))
        print(text("verify.found", count=len(findings)))
    return 1 if findings else 0
