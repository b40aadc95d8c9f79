"""`at-tui progress TRAINEE`: the programme's requirements, and how the training stands."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import TYPE_CHECKING

from at_tui.cli import documents, naming, opening, printing
from at_tui.cli.parser import Parser, day
from at_tui.language import text

if TYPE_CHECKING:
    from at_tui.judge.finding import Finding


def arguments(parser: Parser) -> None:
    """Add what the command takes."""
    parser.option("trainee", metavar="LÄKARE")
    parser.option("--on", metavar="DATUM", type=day)
    parser.option("--json", action="store_true")
    parser.option("-o", "--output", metavar="FIL")


def run(options: Namespace) -> int:
    """Print a line for each requirement, what needs someone first; or JSON, or a PDF."""
    from at_tui.judge import judge
    from at_tui.judged import records_of
    from at_tui.programmes import programme
    from at_tui.progress import by_urgency, progress
    from data.find import folder

    on: date = options.on or date.today()  # noqa: DTZ011 - the day of the clinic's own wall
    with opening.opened(options) as store, store.read() as work:
        who, training = naming.training(work, options.trainee)
        records = records_of(work, training.id)
        everything = folder(work, training.id)
    plan = programme(training.programme_id, training.programme_version or None)
    findings = judge(records, plan, on)
    if options.output:
        from at_tui.documents.gather_progress import progress_report
        from at_tui.documents.progress import progress_pdf

        page = progress_report(
            everything, by_urgency(findings), plan, on=on, region=documents.region_of(training)
        )
        documents.deliver(options, progress_pdf(page))
        return 0
    if options.json:
        printing.print_json(progress(findings, plan, trainee=who.id, training=training.id, on=on))
        return 0
    print(text("cli.progress.head", name=who.name, title=plan.title, on=on))
    for finding in by_urgency(findings):
        _print(finding)
    return 0


def _print(finding: Finding) -> None:
    title = finding.title[0].upper() + finding.title[1:]
    print(f"  {finding.status:<18} {finding.strength:<8} {title}")
    print(f"  {'':<27} {finding.sentence}")
    where = f"{finding.source.title}, {finding.source.section}".strip(", ")
    working = "" if finding.source.verified else text("cli.progress.working")
    print(f"  {'':<27} {text('cli.progress.source', source=where)}{working}")
