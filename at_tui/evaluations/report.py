"""The yearly report to a unit: the results with the trend, as a document prints them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from at_tui.documents.evaluation import EvaluationReport
from at_tui.documents.gathering import number_of
from at_tui.documents.page import Imprint
from at_tui.language import text

if TYPE_CHECKING:
    from at_tui.evaluations.results import Results
    from data.work import Work


def report_of(work: Work, results: Results, year: int, *, on: date) -> EvaluationReport:
    """Return the report of a year on a unit or a lecture, as of the day `on`."""
    from schema.tables import Person, Unit

    subject = results.subject
    unit = work.get(Unit, subject.unit_id) if subject.unit_id else None
    owner = work.get(Person, work.fact("owner_id"))
    return EvaluationReport(
        imprint=Imprint(
            number=f"{number_of(subject.unit_id or '00000000')}-{year}",
            region=unit.region if unit else "",
            unit=", ".join(filter(None, (subject.name, subject.place))),
            author=owner.name if owner else text("evaluations_results.file"),
            issued_on=on,
            evidence_on=on,
        ),
        results=results,
        year=year,
    )
