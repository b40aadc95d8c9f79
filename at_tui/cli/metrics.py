"""`at-tui metrics YEAR`: the yearly figures, on the screen, as JSON, PDF or workbook."""

from __future__ import annotations

from argparse import ArgumentTypeError, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from at_tui.cli import documents, opening, printing
from at_tui.cli.parser import Parser, day
from at_tui.language import text
from schema.fault import Fault

if TYPE_CHECKING:
    from at_tui.metrics.figure import Figure
    from schema.content.metrics import MetricSet

ENDINGS = (".pdf", ".xlsx")


def arguments(parser: Parser) -> None:
    """Add what the command takes."""
    parser.option("year", metavar="ÅR", type=_year)
    parser.option("--set", metavar="REGION", default="")
    parser.option("--names", action="store_true")
    parser.option("--json", action="store_true")
    parser.option("-o", "--output", metavar="FIL", type=Path)
    parser.option("--on", metavar="DATUM", type=day)


def _year(written: str) -> int:
    year = int(written) if written.isdecimal() and len(written) == 4 else 0
    if not 1990 <= year <= 2200:
        raise ArgumentTypeError(text("metrics.no_year", value=written[:20]))
    return year


def run(options: Namespace) -> int:
    """Count the year, and print or write it."""
    from at_tui.metrics.counting import figures
    from at_tui.metrics.read import metric_set, set_for, year_records

    output = options.output.expanduser() if options.output else None
    if output is not None and output.suffix.lower() not in ENDINGS:
        raise Fault("metrics.ending", exit_code=2, path=str(output))
    if output is not None and options.json:
        raise Fault("metrics.one_form", exit_code=2)
    on = documents.day_of(options)
    chosen = metric_set(options.set) if options.set else None
    with opening.opened(options) as store, store.read() as work:
        metrics = chosen or set_for(work)
        records = year_records(work, options.year, on=on, kind=metrics.training)
    found = figures(metrics, records)
    if options.json:
        from at_tui.metrics.report import as_json

        made = as_json(metrics, options.year, found, on=on, names=options.names)
        printing.print_json(made)
    elif output is None:
        _print(metrics, options.year, found, names=options.names)
    elif output.suffix.lower() == ".pdf":
        from at_tui.documents.gather_metrics import metrics_report
        from at_tui.documents.metrics import metrics_pdf

        report = metrics_report(metrics, options.year, found, on=on, names=options.names)
        printing.write_file(output, metrics_pdf(report))
    else:
        from at_tui.metrics.workbook import metrics_xlsx

        made_book = metrics_xlsx(metrics, options.year, found, on=on, names=options.names)
        printing.write_file(output, made_book)
    return 0


def _print(metrics: MetricSet, year: int, found: Sequence[Figure], *, names: bool) -> None:
    from at_tui.metrics import report

    print(text("metrics.title", year=year, region=metrics.region))
    width = max(len(one.metric.title) for one in found)
    for one in found:
        cells = (
            one.metric.title.ljust(width),
            report.value_words(one).rjust(14),
            report.of_words(one).rjust(14),
            report.target_words(one).rjust(6),
            report.outcome_words(one),
        )
        print("  " + "  ".join(cells))
        for breakdown in one.breakdowns:
            name = text(f"metrics.by.{breakdown.by}")
            print(f"      {name}: {report.breakdown_words(breakdown)}")
        for words in report.remark_words(one):
            print(f"      {words}")
        for name, words in report.lines_of(one, names=True) if names else ():
            print(f"      {name}: {words}")
