"""From the judge's findings to a progress report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from at_tui.documents.gathering import NOWHERE, Region, imprint, number_of, placement_words
from at_tui.documents.progress import ProgressReport, RequirementLine
from at_tui.judge import phrases
from at_tui.judge.finding import URGENCY, Finding
from at_tui.language import has, text

if TYPE_CHECKING:
    from data.find import Folder
    from schema.content.programme import Programme


def progress_report(
    folder: Folder,
    findings: Sequence[Finding],
    programme: Programme,
    *,
    on: date,
    region: Region = NOWHERE,
) -> ProgressReport:
    """Return what stands in a progress report as of the day `on`.

    Args:
        findings: The judge's, in the order in which they are to be read.
    """
    placement = folder.placement_on(on)
    ended = programme.valid_to
    counts = Counter(finding.status for finding in findings)
    return ProgressReport(
        imprint=imprint(
            folder,
            placement,
            number=number_of(folder.training.id),
            author=folder.name_of(placement.supervisor_id) if placement else "",
            issued_on=on,
            evidence_on=on,
            region=region,
        ),
        name=folder.trainee.name,
        kind=str(folder.training.kind),
        training=text(
            "progress_print.training_is",
            kind=str(folder.training.kind),
            start=folder.training.start,
            end=folder.training.ended_on or folder.training.end or "–",
        ),
        programme=f"{programme.title}, version {programme.version}",
        placement=placement_words(folder, placement),
        expired=str(ended) if ended is not None and ended < on else "",
        counts=tuple((str(status), counts[status]) for status in URGENCY if counts[status]),
        groups=tuple(
            (str(status), tuple(_line(one) for one in findings if one.status is status))
            for status in URGENCY
            if counts[status]
        ),
    )


def _line(finding: Finding) -> RequirementLine:
    source = finding.source
    where = f"{source.title}, {source.section}".strip(", ")
    return RequirementLine(
        title=finding.title[:1].upper() + finding.title[1:],
        status=str(finding.status),
        numbers=_numbers(finding),
        sentence=finding.sentence,
        next_date=str(finding.next_date or ""),
        strength=finding.strength,
        source=where,
        working=not source.verified,
    )


def _numbers(finding: Finding) -> str:
    """Return what there is of what is needed, e.g. "9/12 veckor"."""
    if finding.need is None:
        return ""
    have = phrases.number(finding.have) if finding.have is not None else "–"
    key = f"program.unit.{finding.unit}"
    unit = text(key) if finding.unit and has(key) else finding.unit or ""
    return f"{have}/{phrases.number(finding.need)} {unit}".strip()
