"""`at-tui content check FILE…`: are these content files good?"""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from at_tui.cli import printing
from at_tui.cli.parser import Parser
from at_tui.language import text


def arguments(parser: Parser) -> None:
    """Add what the command takes."""
    parser.option("act", metavar="check", choices=["check"])
    parser.option("file", metavar="FIL", nargs="+", type=Path)
    parser.option("--json", action="store_true")


def run(options: Namespace) -> int:
    """Print every fault with its file and line; 1 when there is any."""
    from at_tui.content_faults import reason, sentence
    from data.content import check

    found = {path: check(path) for path in options.file}
    if options.json:
        printing.print_json(
            [
                {"file": str(path), "line": fault.line, "code": fault.code, "reason": reason(fault)}
                for path, faults in found.items()
                for fault in faults
            ]
        )
        return 1 if any(found.values()) else 0
    for path, faults in found.items():
        for fault in faults:
            print(sentence(fault))
        if not faults:
            print(text("content.good", file=path.name))
    return 1 if any(found.values()) else 0
