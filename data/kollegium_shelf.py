"""What a kollegium looks at, in order: one binder a doctor, all of them on a shelf."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from data.kollegium_rows import (
    AbsenceLine,
    AccountLine,
    AgreementLine,
    AssessmentLine,
    CertificateLine,
    DecisionLine,
    EducationLine,
    ExamLine,
    IntroductionLine,
    KollegiumLine,
    MarkLine,
    PersonLine,
    PlacementLine,
    PlanLine,
    SessionLine,
    TalkLine,
    TraineeLine,
    TrainingLine,
    UnitLine,
)


@dataclass(slots=True)
class Binder:
    """Everything of one training that a kollegium looks at, each list in the order of its days."""

    trainee: TraineeLine
    training: TrainingLine
    placements: list[PlacementLine] = field(default_factory=list)
    absences: list[AbsenceLine] = field(default_factory=list)
    sessions: list[SessionLine] = field(default_factory=list)
    agreements: list[AgreementLine] = field(default_factory=list)
    assessments: list[AssessmentLine] = field(default_factory=list)
    marks: list[MarkLine] = field(default_factory=list)
    educations: list[EducationLine] = field(default_factory=list)
    talks: list[TalkLine] = field(default_factory=list)
    introductions: list[IntroductionLine] = field(default_factory=list)
    accounts: list[AccountLine] = field(default_factory=list)
    exams: list[ExamLine] = field(default_factory=list)
    certificates: list[CertificateLine] = field(default_factory=list)
    decisions: list[DecisionLine] = field(default_factory=list)
    plans: list[PlanLine] = field(default_factory=list)
    others: list[TrainingLine] = field(default_factory=list)
    """The same doctor's other trainings that are in force on the same day: a fault to be told."""

    @property
    def id(self) -> str:
        """The training's id."""
        return self.training.id

    @property
    def name(self) -> str:
        return self.trainee.name

    def placement_on(self, day: date) -> PlacementLine | None:
        """Return the placement that covers `day`; of two, the one that began last."""
        covering = [p for p in self.placements if p.start <= day <= p.end]
        return max(covering, key=lambda p: (p.start, p.id)) if covering else None

    def placement_of(self, record: SessionLine | AssessmentLine) -> PlacementLine | None:
        """Return the placement that a record names, else the one that covers its day."""
        named = (p for p in self.placements if p.id == record.placement_id)
        return next(named, None) or self.placement_on(record.day)

    def record_ids(self) -> Iterator[str]:
        """Yield the id of every record in the binder."""
        yield self.trainee.id
        yield self.training.id
        for records in (
            self.placements, self.absences, self.sessions, self.agreements, self.assessments,
            self.marks, self.educations, self.talks, self.introductions, self.accounts,
            self.exams, self.certificates, self.decisions, self.plans,
        ):  # fmt: skip
            for record in records:
                yield record.id


@dataclass(slots=True)
class Shelf:
    """The binders of a cohort, read in one go, with everyone and everything they refer to."""

    on: date
    binders: list[Binder] = field(default_factory=list)
    """As Swedish readers sort names."""
    people: dict[str, PersonLine] = field(default_factory=dict)
    units: dict[str, UnitLine] = field(default_factory=dict)
    kollegier: dict[str, KollegiumLine] = field(default_factory=dict)
    evaluations: dict[tuple[str, str], int] = field(default_factory=dict)
    """How many there are by unit id and half-year ("2026-2"): they hold no trainee."""
    history: str = ""
    """Id of the latest version in the change history of this file."""
    doctors: frozenset[str] = frozenset()
    """Names of everyone in training whom the file knows, also those who have no binder here: free
    text may tell of them."""
    unread_plans: int = 0
    """How many stödplaner were left out because the reader may not see them."""
    _shared: frozenset[str] | None = field(default=None, repr=False, compare=False)
    """Names that several units have; found when one is first asked for."""

    def binder(self, training_id: str) -> Binder | None:
        """Return the binder of a training, or None."""
        return next((each for each in self.binders if each.id == training_id), None)

    def person(self, id: str | None) -> str:
        """Return a person's name, or the empty string."""
        found = self.people.get(id or "")
        return found.name if found else ""

    def unit(self, id: str | None) -> str:
        """Return a unit's name, or the empty string; with its town where another has the name."""
        found = self.units.get(id or "")
        if found is None:
            return ""
        if self._shared is None:
            counted = Counter(unit.name for unit in self.units.values())
            self._shared = frozenset(name for name, count in counted.items() if count > 1)
        return f"{found.name} {found.site}".strip() if found.name in self._shared else found.name
