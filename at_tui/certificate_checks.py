"""What the pre-flights of all certificates share: checks, how they came out, who answers for them.

Every check says where its fault is mended, so that a screen can lead there. A red check makes the
print a draft, unless someone answers for it with a reason that is printed (`Override`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from schema.fault import Fault
from schema.personnummer import parse
from schema.text import clean


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
    TIME = "time"
    """The time served against the law."""
    CERTIFICATES = "certificates"
    """The certificate of a placement."""
    EXAM = "exam"
    TALKS = "talks"


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


class Known(Protocol):
    """What every certificate's pre-flight looks at."""

    @property
    def on(self) -> date:
        """Day of issue."""
        ...

    @property
    def curriculum_verified(self) -> bool:
        """Whether the goals' text is read against the regulation."""
        ...

    @property
    def goals(self) -> int:
        """Goals it takes; 0 when they are not known."""
        ...

    @property
    def goals_marked(self) -> int:
        """Of those, how many are marked as reached."""
        ...

    @property
    def goals_without_evidence(self) -> int:
        """Of those not marked: goals without a single session or assessment behind them."""
        ...

    @property
    def supervisor(self) -> str:
        """Who should be consulted about it; empty when nobody."""
        ...

    @property
    def consulted(self) -> bool:
        """Whether the supervisor was consulted about this certificate."""
        ...

    @property
    def signer(self) -> str:
        """Name of whoever signs; empty for none."""
        ...

    @property
    def signer_licensed(self) -> bool | None:
        """Legitimerad läkare; None when nobody has said."""
        ...

    @property
    def signer_is_head(self) -> bool:
        """Whether the signer is the unit's verksamhetschef on the day of issue."""
        ...

    @property
    def delegated_by(self) -> str:
        """The verksamhetschef on whose delegation the signer acts; empty when none."""
        ...

    @property
    def personnummer(self) -> str | None:
        """Twelve digits, or None."""
        ...

    @property
    def personnummer_missing(self) -> str:
        """Why there is none; printed on the certificate."""
        ...

    @property
    def unsigned_assessments(self) -> int:
        """Forms that wait for a signature."""
        ...


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


def green_check(code: str, fix: Fix, **values: object) -> Check:
    """Return a check that found nothing."""
    return Check(code, CheckStatus.GREEN, fix, "ok", values)


def amber_check(code: str, fix: Fix, outcome: str, **values: object) -> Check:
    """Return a check that tells something."""
    return Check(code, CheckStatus.AMBER, fix, outcome, values)


def red_check(code: str, fix: Fix, outcome: str, **values: object) -> Check:
    """Return a check that stops the certificate."""
    return Check(code, CheckStatus.RED, fix, outcome, values)


def personnummer(facts: Known) -> Check:
    """Check that there is a true number, or a reason why there is none."""
    if facts.personnummer:
        try:
            parse(facts.personnummer, on=facts.on)
        except Fault:
            return red_check("personnummer", Fix.TRAINEE, "wrong")
        return green_check("personnummer", Fix.TRAINEE)
    if facts.personnummer_missing.strip():
        return amber_check(
            "personnummer", Fix.TRAINEE, "explained", reason=facts.personnummer_missing.strip()
        )
    return red_check("personnummer", Fix.TRAINEE, "missing")


def goals(code: str, facts: Known) -> Check:
    """Check that every goal is marked as reached; `code` is the check's own."""
    if facts.goals == 0:
        return amber_check(code, Fix.CURRICULUM, "unknown")
    values = {
        "goals": facts.goals,
        "marked": facts.goals_marked,
        "unmarked": facts.goals - facts.goals_marked,
        "without": facts.goals_without_evidence,
    }
    if facts.goals_marked >= facts.goals:
        return green_check(code, Fix.GOALS, **values)
    outcome = "no_evidence" if facts.goals_without_evidence else "unmarked"
    return red_check(code, Fix.GOALS, outcome, **values)


def curriculum(facts: Known) -> Check:
    """Tell when the goals are working text."""
    if facts.curriculum_verified:
        return green_check("curriculum", Fix.CURRICULUM)
    return amber_check("curriculum", Fix.CURRICULUM, "working_text")


def consultation(facts: Known) -> Check:
    """Check that the supervisor was consulted."""
    if not facts.consulted:
        return red_check("consultation", Fix.SUPERVISOR, "missing")
    return green_check("consultation", Fix.SUPERVISOR)


def signer(facts: Known) -> list[Check]:
    """Three checks when there is a signer: named, licensed, and entitled to certify."""
    if not facts.signer.strip():
        return [red_check("signer", Fix.SIGNER, "missing")]
    licence = {
        True: green_check("licence", Fix.PERSON, name=facts.signer),
        False: red_check("licence", Fix.SIGNER, "none", name=facts.signer),
        None: red_check("licence", Fix.PERSON, "unknown", name=facts.signer),
    }[facts.signer_licensed]
    if facts.signer_is_head:
        right = Check("right", CheckStatus.GREEN, Fix.SIGNER, "head", {})
    elif facts.delegated_by.strip():
        right = Check(
            "right", CheckStatus.GREEN, Fix.SIGNER, "delegated", {"name": facts.delegated_by}
        )
    else:
        right = red_check("right", Fix.SIGNER, "none", name=facts.signer)
    return [green_check("signer", Fix.SIGNER, name=facts.signer), licence, right]


def assessments(facts: Known) -> Check:
    """Tell of forms that wait for a signature."""
    if facts.unsigned_assessments:
        return amber_check(
            "assessments", Fix.ASSESSMENTS, "unsigned", count=facts.unsigned_assessments
        )
    return green_check("assessments", Fix.ASSESSMENTS)
