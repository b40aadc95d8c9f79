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

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from schema.fault import Fault
from schema.personnummer import parse
from schema.text import clean

TEMPLATE = "intyg-placering 1"
"""Name and version of the printed form, in its foot and on the record of what was issued. Raise
it when the words of the form change. It stands here because printing is costly to import."""


class CheckStatus(StrEnum):
    """How a check came out. Amber is told but does not stop the certificate."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class Fix(StrEnum):
    """Where a fault is mended."""

    PLACEMENT = "placement"
    TRAINING = "training"
    ABSENCE = "absence"
    GOALS = "goals"
    CURRICULUM = "curriculum"
    SUPERVISOR = "supervisor"
    SIGNER = "signer"
    PERSON = "person"
    """The signer's entry in the register."""
    TRAINEE = "trainee"
    ASSESSMENTS = "assessments"
    EVALUATION = "evaluation"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the pre-flight. Its Swedish sentence is `text(check.key, **check.values)`."""

    code: str
    status: CheckStatus
    fix: Fix
    outcome: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Key of the sentence in the catalogue."""
        return f"certificate.{self.code}.{self.outcome}"


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


@dataclass(frozen=True, slots=True)
class Override:
    """Someone answers for a certificate that the pre-flight stopped. The reason is printed.

    Raises:
        Fault: `certificate.override_needs_reason`, when the reason is empty.
    """

    reason: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "reason", clean(self.reason).strip())
        if not self.reason:
            raise Fault("certificate.override_needs_reason", exit_code=2)


def preflight(facts: CertificateFacts) -> list[Check]:
    """Return every check of a placement certificate, in the order of the form."""
    return [
        _personnummer(facts),
        _ended(facts),
        _inside_training(facts),
        _overlap(facts),
        _percent(facts),
        _absence(facts),
        _goals(facts),
        _curriculum(facts),
        _supervisor(facts),
        _consultation(facts),
        *_signer(facts),
        _assessments(facts),
        _evaluation(facts),
    ]


def worst(checks: Iterable[Check]) -> CheckStatus:
    """Return the gravest status among the checks; green when there are none."""
    found = {check.status for check in checks}
    for status in (CheckStatus.RED, CheckStatus.AMBER):
        if status in found:
            return status
    return CheckStatus.GREEN


def red(checks: Iterable[Check]) -> list[Check]:
    """Return the checks that make the certificate a draft."""
    return [check for check in checks if check.status is CheckStatus.RED]


def _green(code: str, fix: Fix, **values: object) -> Check:
    return Check(code, CheckStatus.GREEN, fix, "ok", values)


def _amber(code: str, fix: Fix, outcome: str, **values: object) -> Check:
    return Check(code, CheckStatus.AMBER, fix, outcome, values)


def _red(code: str, fix: Fix, outcome: str, **values: object) -> Check:
    return Check(code, CheckStatus.RED, fix, outcome, values)


def _personnummer(facts: CertificateFacts) -> Check:
    if facts.personnummer:
        try:
            parse(facts.personnummer, on=facts.on)
        except Fault:
            return _red("personnummer", Fix.TRAINEE, "wrong")
        return _green("personnummer", Fix.TRAINEE)
    if facts.personnummer_missing.strip():
        return _amber(
            "personnummer", Fix.TRAINEE, "explained", reason=facts.personnummer_missing.strip()
        )
    return _red("personnummer", Fix.TRAINEE, "missing")


def _ended(facts: CertificateFacts) -> Check:
    end = facts.placement_end
    if end is None:
        return _red("ended", Fix.PLACEMENT, "no_end")
    if end < facts.placement_start:
        return _red("ended", Fix.PLACEMENT, "reversed", start=facts.placement_start, end=end)
    if facts.on < end:
        return _red("ended", Fix.PLACEMENT, "going_on", end=end)
    return _green("ended", Fix.PLACEMENT, end=end)


def _inside_training(facts: CertificateFacts) -> Check:
    if facts.placement_start < facts.training_start:
        return _red("inside", Fix.TRAINING, "before", start=facts.training_start)
    last = facts.placement_end
    if last is not None and facts.training_end is not None and last > facts.training_end:
        return _red("inside", Fix.TRAINING, "after", end=facts.training_end)
    return _green("inside", Fix.TRAINING)


def _overlap(facts: CertificateFacts) -> Check:
    if facts.overlaps:
        return _red("overlap", Fix.PLACEMENT, "found")
    return _green("overlap", Fix.PLACEMENT)


def _percent(facts: CertificateFacts) -> Check:
    if not 50 <= facts.percent <= 100:
        return _red("percent", Fix.PLACEMENT, "outside", percent=facts.percent)
    return _green("percent", Fix.PLACEMENT, percent=facts.percent)


def _absence(facts: CertificateFacts) -> Check:
    if not facts.absence_stated:
        return _red("absence", Fix.ABSENCE, "unstated")
    if facts.days_to_make_up:
        return _amber("absence", Fix.ABSENCE, "make_up", days=facts.days_to_make_up)
    return _green("absence", Fix.ABSENCE)


def _goals(facts: CertificateFacts) -> Check:
    if facts.goals == 0:
        return _amber("goals", Fix.CURRICULUM, "unknown")
    values = {
        "goals": facts.goals,
        "marked": facts.goals_marked,
        "unmarked": facts.goals - facts.goals_marked,
        "without": facts.goals_without_evidence,
    }
    if facts.goals_marked >= facts.goals:
        return _green("goals", Fix.GOALS, **values)
    outcome = "no_evidence" if facts.goals_without_evidence else "unmarked"
    return _red("goals", Fix.GOALS, outcome, **values)


def _curriculum(facts: CertificateFacts) -> Check:
    if facts.curriculum_verified:
        return _green("curriculum", Fix.CURRICULUM)
    return _amber("curriculum", Fix.CURRICULUM, "working_text")


def _supervisor(facts: CertificateFacts) -> Check:
    if not facts.supervisor.strip():
        return _red("supervisor", Fix.SUPERVISOR, "missing")
    return _green("supervisor", Fix.SUPERVISOR, name=facts.supervisor)


def _consultation(facts: CertificateFacts) -> Check:
    if not facts.consulted:
        return _red("consultation", Fix.SUPERVISOR, "missing")
    return _green("consultation", Fix.SUPERVISOR)


def _signer(facts: CertificateFacts) -> list[Check]:
    """Three checks when there is a signer: named, licensed, and entitled to certify."""
    if not facts.signer.strip():
        return [_red("signer", Fix.SIGNER, "missing")]
    licence = {
        True: _green("licence", Fix.PERSON, name=facts.signer),
        False: _red("licence", Fix.SIGNER, "none", name=facts.signer),
        None: _red("licence", Fix.PERSON, "unknown", name=facts.signer),
    }[facts.signer_licensed]
    if facts.signer_is_head:
        right = Check("right", CheckStatus.GREEN, Fix.SIGNER, "head", {})
    elif facts.delegated_by.strip():
        right = Check(
            "right", CheckStatus.GREEN, Fix.SIGNER, "delegated", {"name": facts.delegated_by}
        )
    else:
        right = _red("right", Fix.SIGNER, "none", name=facts.signer)
    return [_green("signer", Fix.SIGNER, name=facts.signer), licence, right]


def _assessments(facts: CertificateFacts) -> Check:
    if facts.unsigned_assessments:
        return _amber("assessments", Fix.ASSESSMENTS, "unsigned", count=facts.unsigned_assessments)
    return _green("assessments", Fix.ASSESSMENTS)


def _evaluation(facts: CertificateFacts) -> Check:
    if facts.evaluation_done is None:
        return _amber("evaluation", Fix.EVALUATION, "unknown")
    if not facts.evaluation_done:
        return _amber("evaluation", Fix.EVALUATION, "missing")
    return _green("evaluation", Fix.EVALUATION)
