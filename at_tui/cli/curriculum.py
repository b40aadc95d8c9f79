"""`at-tui curriculum import FILE`: the official text of a målbeskrivning, pasted in."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from at_tui.cli.parser import Parser
from at_tui.language import text
from schema.fault import Fault
from schema.words import Kind

if TYPE_CHECKING:
    from schema.content.curriculum import Curriculum


def arguments(parser: Parser) -> None:
    """Add what the command takes."""
    parser.option("act", metavar="import", choices=["import"])
    parser.option("file", metavar="FIL", type=Path)
    parser.option("--kind", metavar="AT|BT", choices=[*map(str, Kind)], default=str(Kind.AT))
    parser.option("--by", metavar="NAMN")
    parser.option("--dry-run", action="store_true")


def run(options: Namespace) -> int:
    """Make a målbeskrivning of the text; 1 when part of the text did not come along."""
    from at_tui.curriculum_file import write_curriculum
    from at_tui.curriculum_text import parse_regulation, problem_text, read_text
    from data.places import content_folder

    base = _base(Kind(options.kind))
    parsed = parse_regulation(
        read_text(options.file),
        base=base,
        pasted_by=options.by,
        pasted_on=date.today(),  # noqa: DTZ011 - the day of the clinic's own wall
    )
    for problem in parsed.problems:
        print(problem_text(problem), file=sys.stderr)
    made = parsed.curriculum
    counts = {
        "goals": sum(goal.status == "pasted" for goal in made.goals),
        "chapters": len({goal.chapter for goal in made.goals if goal.status == "pasted"}),
    }
    if options.dry_run:
        print(text("content.paste.found", **counts))
    else:
        try:
            path = write_curriculum(made, content_folder())
        except OSError:
            raise Fault("cli.cannot_write", exit_code=4, path=str(content_folder())) from None
        print(text("content.paste.done", **counts, file=path))
    if parsed.is_lossy:
        print(text("content.paste.lossy"), file=sys.stderr)
        return 1
    return 0


def _base(kind: Kind) -> Curriculum:
    from at_tui.content_in_use import curriculum_for

    base = curriculum_for("", "", str(kind))
    if base is None:
        raise Fault("cli.no_curriculum", exit_code=1, id=str(kind))
    return base
