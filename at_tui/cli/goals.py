"""`at-tui goals TRAINEE`: the målbeskrivning, goal by goal."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from at_tui.cli import naming, opening, printing
from at_tui.cli.parser import Parser, day
from at_tui.language import text
from schema.fault import Fault

if TYPE_CHECKING:
    from at_tui.goal_map import GoalLine, GoalSection


def arguments(parser: Parser) -> None:
    """Add what the command takes."""
    parser.option("trainee", metavar="LÄKARE")
    parser.option("--missing", action="store_true")
    parser.option("--on", metavar="DATUM", type=day)
    parser.option("--json", action="store_true")


def run(options: Namespace) -> int:
    """Print each section with its goals: reached, with evidence, or without any."""
    from at_tui.content_in_use import curriculum_for, used_without_signature
    from at_tui.goal_map import goal_map
    from data.find import folder

    with opening.opened(options) as store, store.read() as work:
        who, training = naming.training(work, options.trainee)
        everything = folder(work, training.id)
    curriculum = curriculum_for(
        training.curriculum_id, training.curriculum_version, str(training.kind)
    )
    if curriculum is None:
        raise Fault("cli.no_curriculum", exit_code=1, id=training.curriculum_id)
    unsigned = used_without_signature()
    sections = goal_map(everything, curriculum, unsigned=unsigned, on=options.on)
    if options.json:
        lines = [_as_json(line) for section in sections for line in _shown(section, options)]
        printing.print_json(lines)
        return 0
    print(text("cli.goals.head", name=who.name, title=curriculum.title, version=curriculum.version))
    for section in sections:
        _print(section, options)
    return 0


def _shown(section: GoalSection, options: Namespace) -> list[GoalLine]:
    return [line for line in section.lines if not options.missing or line.mark is None]


def _print(section: GoalSection, options: Namespace) -> None:
    from at_tui.goal_map import GoalStatus

    name = text(f"word.section.{section.section}")
    marked = section.count(GoalStatus.MARKED)
    working = text("cli.goals.working") if section.working else ""
    print(text("cli.goals.section", name=name, marked=marked, count=len(section.lines)) + working)
    for line in _shown(section, options):
        status = text(f"goals.status.{line.status}")
        level = str(line.goal.level or "–")
        print(f"  {line.goal.id:<8} {level:<2} {status:<15} {line.goal.text}")


def _as_json(line: GoalLine) -> dict[str, object]:
    return {
        "id": line.goal.id,
        "section": str(line.goal.section),
        "level": str(line.goal.level) if line.goal.level else None,
        "text": line.goal.text,
        "text_status": line.goal.status,
        "status": str(line.status),
        "marked_on": line.mark.day.isoformat() if line.mark else None,
        "evidence": [
            {
                "id": one.record_id,
                "kind": one.kind,
                "day": one.day.isoformat(),
                "counts": one.counts,
            }
            for one in line.evidence
        ],
    }
