"""What the certificate says of itself on screen: its checks, and what will stand on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Any

from textual.content import Content

from at_tui.certificate import CertificateFacts, Check, CheckStatus
from at_tui.certificate_final import FinalFacts
from at_tui.judge.served import not_served
from at_tui.language import has, text
from at_tui.time_served import absence_days, count_time
from schema.fault import Fault
from schema.personnummer import parse
from schema.words import AbsenceKind
from screens.dates import full, short
from screens.text import safe

if TYPE_CHECKING:
    from data.find import Folder
    from schema.content.programme import ServedRules
    from schema.tables import Placement

_SIGNS = {
    CheckStatus.GREEN: ("✓", "$success"),
    CheckStatus.AMBER: ("!", "$warning"),
    CheckStatus.RED: ("✗", "$error"),
}


def status_words(status: CheckStatus) -> Content:
    """Return the symbol and the word of a check's status."""
    return Content.assemble(_SIGNS[status], " ", safe(text(f"certify.status.{status}")))


def sentence(code: str, outcome: str, values: Mapping[str, Any]) -> str:
    """Return what a check found; days are written as they are read."""
    shown = {
        name: full(value) if isinstance(value, date) else value for name, value in values.items()
    }
    return text(f"certificate.{code}.{outcome}", **shown)


def check_sentence(check: Check) -> str:
    """Return what a check found."""
    return sentence(check.code, check.outcome, check.values)


def how_to_mend(check: Check) -> str:
    """Return what Enter does with a check, and the key that answers it."""
    if check.status is CheckStatus.GREEN:
        return ""
    special = f"certify.how.{check.code}_{check.outcome}"
    return text(special if has(special) else f"certify.how.{check.fix}")


def facts_lines(
    folder: Folder, placement: Placement, facts: CertificateFacts, served: ServedRules | None
) -> Iterator[Content]:
    """Yield what will stand on the certificate."""
    number = _number(facts)
    yield Content.assemble(
        safe(folder.trainee.name, "bold"), "  ", safe(number or text("certify.no_number"))
    )
    unit = folder.units.get(placement.unit_id or "")
    where = [unit.name if unit else "", unit.site if unit else ""]
    section = text(f"word.section.{placement.section}")
    yield safe(" · ".join([", ".join(part for part in where if part) or "–", section]))
    months = "" if facts.overlaps else f" · {months_words(folder, placement, served)}"
    days = f"{short(placement.start, placement.end)} – {short(placement.end)}"
    days += f" {placement.end.year}"
    yield safe(f"{days} · {placement.percent} %{months}")
    yield safe(f"{text('certify.absence')}: {absence_words(folder, placement, facts, served)}")
    if facts.goals:
        yield safe(text("certify.goals", marked=facts.goals_marked, goals=facts.goals))


def final_lines(folder: Folder, facts: FinalFacts) -> Iterator[Content]:
    """Yield what will stand on a final certificate."""
    number = _number(facts)
    name = safe(folder.trainee.name, "bold")
    yield Content.assemble(name, "  ", safe(number or text("certify.no_number")))
    if facts.last_day is not None:
        period = text("certify.final_period", start=full(facts.start), end=full(facts.last_day))
        certified = facts.placements - len(facts.uncertified)
        count = text("certify.final_placements", count=facts.placements, certified=certified)
        yield safe(f"{period} · {count}")
    for length in facts.lengths[:1]:
        whole, rest = divmod(floor(length.served * 100), 100)
        served = f"{whole},{rest:02d}".rstrip("0").rstrip(",") if rest else str(whole)
        yield safe(text("certify.months", number=served))
    if facts.goals:
        yield safe(text("certify.goals", marked=facts.goals_marked, goals=facts.goals))


def _number(facts: CertificateFacts | FinalFacts) -> str:
    """Return the personnummer masked, or that it is wrong; empty when there is none."""
    if not facts.personnummer:
        return ""
    try:
        return parse(facts.personnummer, on=facts.on).masked
    except Fault:
        return text("certify.number_wrong")


def months_words(folder: Folder, placement: Placement, served: ServedRules | None) -> str:
    """Return the months of full time, rounded down: never more than was served."""
    lost = not_served(folder.absences, served)
    months: Fraction = count_time([placement], lost, not_counted={a.kind for a in lost}).total
    whole, rest = divmod(floor(months * 100), 100)
    number = f"{whole},{rest:02d}".rstrip("0").rstrip(",") if rest else str(whole)
    return text("certify.months", number=number)


def absence_words(
    folder: Folder, placement: Placement, facts: CertificateFacts, served: ServedRules | None
) -> str:
    """Return the absence besides semester, with whether it counts."""
    if not facts.absence_stated:
        return text("certify.absence_unstated")
    lost = {absence.id for absence in not_served(folder.absences, served)}
    parts = []
    for counted in (True, False):
        these = [a for a in folder.absences if (a.id not in lost) is counted]
        for kind, days in absence_days(these, placement.start, placement.end).items():
            if kind != AbsenceKind.SEMESTER:
                key = "certify.absence_counted" if counted else "certify.absence_lost"
                parts.append(text(key, kind=text(f"word.absence.{kind}"), days=days))
    return ", ".join(parts) or text("certify.absence_none")
