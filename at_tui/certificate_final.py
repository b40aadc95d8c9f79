"""Pre-flight of the final certificate: what stands in the way of certifying a whole training.

Pure: facts in, checks out, as for a placement (`certificate.py`).

Sources: PSF 3 kap. 5 § (18 months and their split, the kunskapsprov that ends an AT), 4 kap. 1 a §
(a BT of at least six months), SOSFS 1999:5 1 kap. as retold by the medical association and the
regions (a certificate for every part, the signer a licensed doctor). There is no official form for
a whole training: the AT-bok with its placement certificates is what the authority asks for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor

from at_tui import certificate_checks as common
from at_tui.certificate_checks import (
    Check,
    CheckStatus,
    Fix,
    amber_check,
    green_check,
    red_check,
)

FINAL_TEMPLATE = "intyg-tjanstgoring 1"
"""Name and version of the printed form. Raise it when the words of the form change."""
BT_MONTHS = 6
"""Least length of a BT, in months of full time (PSF 4 kap. 1 a §)."""


@dataclass(frozen=True, slots=True)
class Length:
    """A length that is asked for, in months of full time, with its name in words."""

    code: str
    name: str
    needed: Fraction
    served: Fraction

    @property
    def lacks(self) -> bool:
        """Whether less is served than is asked for."""
        return self.served < self.needed


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalFacts:
    """What the pre-flight looks at. All dates inclusive; no default makes a check green."""

    on: date
    """Day of issue."""
    asks_degree: bool
    """Whether the training comes after a läkarexamen of its own day (an AT)."""
    degree_on: date | None
    start: date
    last_day: date | None
    """Last day of the last placement; None without placements."""
    lengths: tuple[Length, ...]
    overlaps: bool
    """Whether placements exceed full time together on some day."""
    days_to_make_up: int
    placements: int
    uncertified: tuple[str, ...]
    """Placements without a certificate in force, in words."""
    goals: int
    goals_marked: int
    goals_without_evidence: int
    curriculum_verified: bool
    asks_exam: bool
    exam_passed_on: date | None
    exam_tried: bool
    """Whether a sitting is recorded at all."""
    supervisor: str
    """Huvudhandledare."""
    consulted: bool
    signer: str
    signer_licensed: bool | None
    signer_is_head: bool
    signer_is_chief: bool
    """Whether the signer is AT-chef, and not verksamhetschef."""
    delegated_by: str
    personnummer: str | None
    personnummer_missing: str
    closing_talk: bool
    """Whether a slutsamtal has been held."""
    unsigned_assessments: int


def final_preflight(facts: FinalFacts) -> list[Check]:
    """Return every check of a final certificate, in the order of the form."""
    return [
        common.personnummer(facts),
        *_degree(facts),
        _ended(facts),
        _overlap(facts),
        _time(facts),
        *([_absence(facts)] if facts.days_to_make_up else []),
        _certificates(facts),
        common.goals("all_goals", facts),
        common.curriculum(facts),
        *_exam(facts),
        _supervisor(facts),
        common.consultation(facts),
        *_signer(facts),
        _closing_talk(facts),
        common.assessments(facts),
    ]


def _degree(facts: FinalFacts) -> list[Check]:
    if not facts.asks_degree:
        return []
    if facts.degree_on is None:
        return [red_check("degree", Fix.TRAINEE, "missing")]
    if facts.degree_on > facts.start:
        return [
            red_check("degree", Fix.TRAINEE, "after", degree=facts.degree_on, start=facts.start)
        ]
    return [green_check("degree", Fix.TRAINEE, degree=facts.degree_on)]


def _ended(facts: FinalFacts) -> Check:
    if facts.last_day is None:
        return red_check("whole", Fix.PLACEMENT, "none")
    if facts.on < facts.last_day:
        return red_check("whole", Fix.PLACEMENT, "going_on", end=facts.last_day)
    return green_check("whole", Fix.PLACEMENT, end=facts.last_day)


def _overlap(facts: FinalFacts) -> Check:
    if facts.overlaps:
        return red_check("overlaps", Fix.PLACEMENT, "found")
    return green_check("overlaps", Fix.PLACEMENT)


def _time(facts: FinalFacts) -> Check:
    lacking = [length for length in facts.lengths if length.lacks]
    if not facts.lengths or lacking:
        return red_check("time", Fix.TIME, "short", what=", ".join(_lack(one) for one in lacking))
    return green_check("time", Fix.TIME)


def _lack(length: Length) -> str:
    """Return e.g. "psykiatri 2,75/3": what is served is never rounded up to what is asked for."""
    whole, rest = divmod(floor(length.served * 100), 100)
    served = f"{whole},{rest:02d}".rstrip("0").rstrip(",") if rest else str(whole)
    return f"{length.name} {served}/{int(length.needed)}"


def _absence(facts: FinalFacts) -> Check:
    return amber_check("absence", Fix.ABSENCE, "make_up", days=facts.days_to_make_up)


def _certificates(facts: FinalFacts) -> Check:
    if facts.uncertified:
        return red_check(
            "certificates",
            Fix.CERTIFICATES,
            "missing",
            count=len(facts.uncertified),
            placements=", ".join(facts.uncertified),
        )
    return green_check("certificates", Fix.CERTIFICATES, count=facts.placements)


def _exam(facts: FinalFacts) -> list[Check]:
    if not facts.asks_exam:
        return []
    if facts.exam_passed_on is not None:
        return [green_check("exam", Fix.EXAM, day=facts.exam_passed_on)]
    return [red_check("exam", Fix.EXAM, "not_passed" if facts.exam_tried else "missing")]


def _supervisor(facts: FinalFacts) -> Check:
    if not facts.supervisor.strip():
        return red_check("main_supervisor", Fix.TRAINING, "missing")
    return green_check("main_supervisor", Fix.TRAINING, name=facts.supervisor)


def _signer(facts: FinalFacts) -> list[Check]:
    """Let an AT-chef sign, told as something for the region to have decided."""
    found = common.signer(facts)
    if facts.signer_is_chief and not facts.signer_is_head and not facts.delegated_by.strip():
        chief = Check("right", CheckStatus.AMBER, Fix.SIGNER, "chief", {"name": facts.signer})
        found = [chief if check.code == "right" else check for check in found]
    return found


def _closing_talk(facts: FinalFacts) -> Check:
    if facts.closing_talk:
        return green_check("closing_talk", Fix.TALKS)
    return amber_check("closing_talk", Fix.TALKS, "missing")
