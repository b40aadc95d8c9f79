"""Pre-flight of the placement certificate: what stands in the way of a true one.

Pure: facts in, checks out. Every check says where its fault is mended, so that a screen can lead
there. A red check makes the print a draft, unless someone answers for it with a reason that is
printed (`Override`).

Sources: SOSFS 1999:5 1 kap. as retold by the medical association and the regions (the
verksamhetschef certifies in writing after consulting the supervisor; the signer is a licensed
doctor, otherwise the task is delegated to one), PSF 3 kap. 5 § and SOSFS 1999:5 1 kap. 2 § (dates
and half-time).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from at_tui import certificate_checks as common
from at_tui.certificate_checks import (
    Check,
    CheckStatus,
    Fix,
    Override,
    amber_check,
    green_check,
    red,
    red_check,
    worst,
)

__all__ = [
    "TEMPLATE",
    "CertificateFacts",
    "Check",
    "CheckStatus",
    "Fix",
    "Override",
    "preflight",
    "red",
    "worst",
]

TEMPLATE = "intyg-placering 1"
"""Name and version of the printed form, in its foot and on the record of what was issued. Raise
it when the words of the form change. It stands here because printing is costly to import."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFacts:
    """What the pre-flight looks at, gathered from the records by whoever asks.

    All dates are inclusive. Nothing here holds a default that would make a check green.
    """

    on: date
    """Day of issue."""
    training_start: date
    training_end: date | None
    placement_start: date
    placement_end: date | None
    percent: int
    overlaps: bool
    """Whether another placement exceeds full time together with this one (`time_served`)."""
    absence_stated: bool
    """Whether absence is recorded, or someone has said that there was none."""
    days_to_make_up: int
    """Calendar days of absence that the programme does not count as served."""
    goals: int
    """Goals of the section in the curriculum; 0 when it has none."""
    goals_marked: int
    goals_without_evidence: int
    """Of those not marked: goals without a single session or assessment behind them."""
    curriculum_verified: bool
    """Whether the goals' text is read against the regulation."""
    supervisor: str
    consulted: bool
    """Whether the supervisor was consulted about this certificate."""
    signer: str
    signer_licensed: bool | None
    """Legitimerad läkare; None when nobody has said."""
    signer_is_head: bool
    """Whether the signer is the unit's verksamhetschef on the day of issue."""
    delegated_by: str
    """The verksamhetschef on whose delegation the signer acts; empty when none."""
    personnummer: str | None
    personnummer_missing: str
    """Why there is none, e.g. foreign training; printed on the certificate."""
    unsigned_assessments: int
    evaluation_done: bool | None
    """None when it cannot be known, since evaluations are anonymous."""


def preflight(facts: CertificateFacts) -> list[Check]:
    """Return every check of a placement certificate, in the order of the form."""
    return [
        common.personnummer(facts),
        _ended(facts),
        _inside_training(facts),
        _overlap(facts),
        _percent(facts),
        _absence(facts),
        common.goals("goals", facts),
        common.curriculum(facts),
        _supervisor(facts),
        common.consultation(facts),
        *common.signer(facts),
        common.assessments(facts),
        _evaluation(facts),
    ]


def _ended(facts: CertificateFacts) -> Check:
    end = facts.placement_end
    if end is None:
        return red_check("ended", Fix.PLACEMENT, "no_end")
    if end < facts.placement_start:
        return red_check("ended", Fix.PLACEMENT, "reversed", start=facts.placement_start, end=end)
    if facts.on < end:
        return red_check("ended", Fix.PLACEMENT, "going_on", end=end)
    return green_check("ended", Fix.PLACEMENT, end=end)


def _inside_training(facts: CertificateFacts) -> Check:
    if facts.placement_start < facts.training_start:
        return red_check("inside", Fix.TRAINING, "before", start=facts.training_start)
    last = facts.placement_end
    if last is not None and facts.training_end is not None and last > facts.training_end:
        return red_check("inside", Fix.TRAINING, "after", end=facts.training_end)
    return green_check("inside", Fix.TRAINING)


def _overlap(facts: CertificateFacts) -> Check:
    if facts.overlaps:
        return red_check("overlap", Fix.PLACEMENT, "found")
    return green_check("overlap", Fix.PLACEMENT)


def _percent(facts: CertificateFacts) -> Check:
    if not 50 <= facts.percent <= 100:
        return red_check("percent", Fix.PLACEMENT, "outside", percent=facts.percent)
    return green_check("percent", Fix.PLACEMENT, percent=facts.percent)


def _absence(facts: CertificateFacts) -> Check:
    if not facts.absence_stated:
        return red_check("absence", Fix.ABSENCE, "unstated")
    if facts.days_to_make_up:
        return amber_check("absence", Fix.ABSENCE, "make_up", days=facts.days_to_make_up)
    return green_check("absence", Fix.ABSENCE)


def _supervisor(facts: CertificateFacts) -> Check:
    if not facts.supervisor.strip():
        return red_check("supervisor", Fix.SUPERVISOR, "missing")
    return green_check("supervisor", Fix.SUPERVISOR, name=facts.supervisor)


def _evaluation(facts: CertificateFacts) -> Check:
    if facts.evaluation_done is None:
        return amber_check("evaluation", Fix.EVALUATION, "unknown")
    if not facts.evaluation_done:
        return amber_check("evaluation", Fix.EVALUATION, "missing")
    return green_check("evaluation", Fix.EVALUATION)
