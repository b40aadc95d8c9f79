"""`at-tui verify`: does the file hold together?"""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from at_tui.cli import opening, printing
from at_tui.cli.parser import Parser
from at_tui.language import text

MOST_SHOWN = 20


def arguments(parser: Parser) -> None:
    """Add what the command takes."""
    parser.option("--json", action="store_true")


def run(options: Namespace) -> int:
    """Print what does not hold; 1 when there is anything."""
    from data.verify import verify

    with opening.opened(options) as store:
        findings = verify(store)
    if options.json:
        printing.print_json([asdict(finding) for finding in findings])
    elif not findings:
        print(text("verify.clean"))
    else:
        for finding in findings[:MOST_SHOWN]:
            print(text(finding.code, where=finding.where))
        print(text("verify.found", count=len(findings)))
    return 1 if findings else 0
