"""`at-tui trainees`: those in training, without waiting for the tables to be imported."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from datetime import date

from at_tui.cli import opening, printing
from at_tui.cli.parser import Parser, day
from at_tui.language import text


def arguments(parser: Parser) -> None:
    """Add what the command takes."""
    parser.option("text", metavar="TEXT", nargs="?", default="")
    parser.option("--on", metavar="DATUM", type=day)
    parser.option("--all", action="store_true")
    parser.option("--json", action="store_true")


def run(options: Namespace) -> int:
    """Print one line, or one JSON object, for each."""
    from data.listing import listed

    path = opening.path_of(options)
    rows = listed(
        path,
        opening.key_for(path),
        on=options.on or date.today(),  # noqa: DTZ011 - the day of the clinic's own wall
        text=options.text,
        everyone=options.all,
    )
    if options.json:
        printing.print_json([asdict(row) for row in rows])
        return 0
    if not rows:
        print(text("cli.trainees.none"))
        return 0
    for row in rows:
        section = text(f"word.section_short.{row.section}") if row.section else "–"
        print(
            f"{row.name:<28} {row.kind:<3} {section:<14} {row.unit:<30} {row.supervisor}".rstrip()
        )
    return 0
