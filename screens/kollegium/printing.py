"""Print what the study director prints: made in a thread, written whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from at_tui.kollegium.minutes import region_of
from at_tui.language import text
from at_tui.printing import file_name, write_document

if TYPE_CHECKING:
    from at_tui.kollegium.chase import Debtor
    from at_tui.kollegium.coverage import CoverageMap
    from at_tui.kollegium.whole import Cohort


def print_coverage(
    found: CoverageMap, cohort: Cohort, folder: Path, unit_ids: Sequence[str] | None
) -> Path:
    """Print pages for some units, or the overview and all; return where the file lies.

    The paper shows the half-year around the day, whatever the screen has been moved to.

    Raises:
        Fault: `print.not_written`.
    """
    from at_tui.documents.coverage_page import coverage_pdf  # reportlab: 0.2 s
    from at_tui.kollegium.coverage import coverage

    on = cohort.on
    usual = coverage(cohort.cases, cohort.shelf)
    content = coverage_pdf(
        usual,
        number=f"K-{on}",
        issued_on=on,
        region=region_of(cohort.shelf),
        author=cohort.author,
        history=cohort.shelf.history,
        unit_ids=unit_ids,
        overview=unit_ids is None,
    )
    named = [u.unit for u in found.units if unit_ids is not None and u.unit_id in unit_ids]
    unit = named[0] if len(named) == 1 else ""
    name = file_name(text("kollegium.file.coverage"), unit, on.isoformat())
    return write_document(folder, name, content)


def print_chase(
    debtors: Sequence[Debtor], cohort: Cohort, folder: Path, meeting_day: date | None
) -> Path:
    """Print who owes what before a meeting, or before none; return where the file lies.

    Raises:
        Fault: `print.not_written`.
    """
    from at_tui.documents.chase_page import chase_pdf  # reportlab: 0.2 s

    on = cohort.on
    content = chase_pdf(
        debtors,
        meeting_day=meeting_day,
        evidence_on=on,
        issued_on=on,
        number=f"K-{meeting_day or on}",
        region=region_of(cohort.shelf),
        author=cohort.author,
        history=cohort.shelf.history,
    )
    return write_document(folder, file_name(text("kollegium.file.chase"), on.isoformat()), content)
