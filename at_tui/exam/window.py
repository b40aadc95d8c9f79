"""When one may sit the exam, and what stops it.

Sources: KI, eAT-provet (13 months served, one month in each subject, four approved medsittningar
that are good for two sittings; at the third an oral exam takes their place). The figures are the
plan's `exam` requirement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from at_tui.completeness import TRAINEE
from at_tui.exam.dates import Occasion, coming
from at_tui.exam.sit_ins import SitIn, State
from at_tui.judge import phrases
from at_tui.judge.exam import eligible_on
from at_tui.language import text

if TYPE_CHECKING:
    from at_tui.judge.case import Case
    from at_tui.judge.records import ExamSittingLike
    from schema.content.requirement_kinds import Exam


class Way(StrEnum):
    """Where a stop is mended. Screen words: `exam.way.<value>`."""

    PLACEMENTS = "placements"
    TRY = "try"
    """Try out what would move the day: leave, part-time."""
    FORM = "form"
    """Open a medsittning."""
    NEW_FORM = "new_form"
    PERSON = "person"
    """The trainee's own particulars."""
    DATES = "dates"
    RESULT = "result"
    """Enter the result of a sitting."""
    NOTHING = "nothing"


class Kind(StrEnum):
    """What stops it."""

    TIME = "time"
    SUBJECT = "subject"
    SIT_IN = "sit_in"
    RECORDS = "records"
    DATE = "date"
    CLOSED = "closed"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing that stops it, in a sentence, and where it is mended.

    `target` is the id of a form, a section or a sitting, as the way needs it. `hard` is what no
    registration gets past; the rest can be mended before it closes.
    """

    kind: Kind
    sentence: str
    way: Way
    target: str = ""
    hard: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """One section: months served of those needed, and the day they are reached."""

    section: str
    served: Fraction
    need: Fraction
    reached: date | None


@dataclass(frozen=True, slots=True)
class Chance:
    """A day of the exam, and what stops it then; nothing: it can be sat."""

    occasion: Occasion
    stops: tuple[Stop, ...]

    @property
    def open(self) -> bool:
        """Whether it can be sat when all that can be mended has been."""
        return not any(stop.hard for stop in self.stops)

    @property
    def ready(self) -> bool:
        """Whether nothing stops it."""
        return not self.stops


class Standing(StrEnum):
    """Where someone stands with the exam. Screen words: `exam.standing.<value>`."""

    PASSED = "passed"
    WAITING = "waiting"
    """Sat; the result is not entered."""
    REGISTERED = "registered"
    READY = "ready"
    """Can sit on the next day that is open."""
    MEND = "mend"
    """Can sit then, when something has been mended."""
    LATER = "later"
    """Not on the next day, but later."""
    NO_DATE = "no_date"
    """The time is or will be served; no day of the exam is known."""
    NEVER = "never"
    """The plan never comes so far."""
    UNCLEAR = "unclear"
    """The dates of the placements contradict each other."""


@dataclass(frozen=True, slots=True)
class Window:
    """When one trainee may sit the exam. `stops` are those of the next day, or of no day."""

    standing: Standing
    on: date
    served: Fraction
    need: Fraction
    eligible_on: date | None
    subjects: tuple[Subject, ...]
    sit_ins: tuple[SitIn, ...]
    sittings: tuple[ExamSittingLike, ...]
    used: int
    """Sittings that the medsittningar have been used for."""
    valid: int
    chances: tuple[Chance, ...]
    stops: tuple[Stop, ...]
    next: Chance | None
    """The day that is registered for, else the first that can be sat when all that can be mended
    has been."""

    @property
    def oral(self) -> bool:
        """Whether an oral exam takes the place of the medsittningar at the next sitting."""
        return self.used >= self.valid and self.standing is not Standing.PASSED


def window(
    requirement: Exam, case: Case, forms: Sequence[SitIn], known: Sequence[Occasion]
) -> Window:
    """Return when the training of `case` may sit the exam, as known on its day."""
    on = case.on
    sittings = sorted(case.records.exams, key=lambda e: (e.day, e.id))
    written = [e for e in sittings if not e.oral]
    # One without its result has used them up as well.
    used = len([e for e in written if e.day < on])
    fault = next(iter(case.problems), None)
    eligible = None if fault else eligible_on(requirement, case)
    subjects = () if fault else tuple(_subjects(requirement, case))
    stops = [
        *_time(requirement, case, eligible, subjects, unclear=fault is not None),
        *([] if used >= requirement.valid_sittings else _forms(forms)),
    ]
    registered = min((e.day for e in written if e.day >= on), default=None)
    chances = tuple(
        _chance(one, eligible, stops, on, registered)
        for one in coming(_with(known, registered), on)
    )
    following = next((c for c in chances if c.open), None)
    if registered is not None:
        following = next(c for c in chances if c.occasion.day == registered)
    unsolved = [e for e in written if e.day < on and e.passed is None]
    result = [_result(e) for e in unsolved]
    standing = _standing(sittings, on, chances, eligible, unclear=fault is not None)
    shown = [*result, *(following.stops if following else stops)]
    if following is None and standing not in (Standing.NEVER, Standing.UNCLEAR):
        shown.append(_no_date(eligible, chances, on))
    if standing is Standing.PASSED:
        shown = []
    return Window(
        standing,
        on,
        Fraction(0) if fault else case.served().months(on),
        Fraction(requirement.months_served),
        eligible,
        subjects,
        tuple(forms),
        tuple(sittings),
        used,
        requirement.valid_sittings,
        chances,
        tuple(shown),
        following,
    )


def _with(known: Sequence[Occasion], day: date | None) -> list[Occasion]:
    """Return the known days, and the one that is registered for when nobody has typed it."""
    if day is None or any(one.day == day for one in known):
        return list(known)
    return sorted([*known, Occasion(day, None, None, "")], key=lambda one: one.day)


def _subjects(requirement: Exam, case: Case) -> list[Subject]:
    need, found = Fraction(requirement.months_each), []
    for section in requirement.sections:
        served = case.served(case.placed_in(section))
        found.append(Subject(section, served.months(case.on), need, served.reached(need)))
    return found


def _time(
    requirement: Exam,
    case: Case,
    eligible: date | None,
    subjects: Sequence[Subject],
    *,
    unclear: bool,
) -> list[Stop]:
    """Return what is missing in time; nothing when it is served by today."""
    if unclear:
        return [Stop(Kind.RECORDS, text("exam.stop.unclear"), Way.PLACEMENTS, hard=True)]
    found = []
    need = Fraction(requirement.months_served)
    reached = case.reached(need)
    served = case.served().months(case.on)
    if reached is None:
        planned = phrases.number(case.served().months())
        words = text("exam.stop.never", need=phrases.amount(need, "months"), planned=planned)
        found.append(Stop(Kind.TIME, words, Way.PLACEMENTS, hard=True))
    elif served < need:
        words = text(
            "exam.stop.time",
            have=phrases.number(served),
            need=phrases.amount(need, "months"),
            day=phrases.day(reached),
        )
        found.append(Stop(Kind.TIME, words, Way.TRY, hard=True))
    for subject in subjects:
        if subject.served >= subject.need:
            continue
        place = phrases.section_names([subject.section])
        values = {"place": place, "need": phrases.amount(subject.need, "months")}
        if subject.reached is None:
            words = text("exam.stop.subject_never", **values)
            found.append(Stop(Kind.SUBJECT, words, Way.PLACEMENTS, subject.section, hard=True))
        else:
            words = text("exam.stop.subject", **values, day=phrases.day(subject.reached))
            found.append(Stop(Kind.SUBJECT, words, Way.TRY, subject.section, hard=True))
    return found


def _forms(forms: Sequence[SitIn]) -> list[Stop]:
    found = []
    for one in forms:
        place = phrases.section_names([one.section])
        if one.state is State.COMPLETE:
            continue
        if one.state is State.LACKING:
            first = one.lacks[0]
            told = text(first.key, **first.values)
            key = "lacking_one" if len(one.lacks) == 1 else "lacking"
            words = text(f"exam.stop.{key}", place=place, count=len(one.lacks), told=told)
            own = all(lack.where == TRAINEE for lack in one.lacks)
            way = Way.PERSON if own else Way.FORM
            found.append(Stop(Kind.SIT_IN, words, way, one.form_id))
        elif one.state is State.DRAFT:
            words = text("exam.stop.draft", place=place)
            found.append(Stop(Kind.SIT_IN, words, Way.FORM, one.form_id))
        else:
            words = text(f"exam.stop.{one.state}", place=place)
            found.append(Stop(Kind.SIT_IN, words, Way.NEW_FORM, one.section))
    return found


def _chance(
    one: Occasion,
    eligible: date | None,
    stops: Sequence[Stop],
    on: date,
    registered: date | None,
) -> Chance:
    """Return what stops a day of the exam: the time must be served before it."""
    found = [stop for stop in stops if not stop.hard]
    if eligible is None or eligible >= one.day:
        # Time that will be served by then stops nothing.
        found = [*(stop for stop in stops if stop.hard), *found]
    if one.is_closed(on) and one.day != registered:
        day = one.apply_by or one.day
        words = text("exam.stop.closed", day=phrases.day(day))
        found.insert(0, Stop(Kind.CLOSED, words, Way.NOTHING, hard=True))
    return Chance(one, tuple(found))


def _no_date(eligible: date | None, chances: Sequence[Chance], on: date) -> Stop:
    key = "no_later_date" if chances else "no_date"
    day = phrases.day(eligible) if eligible and eligible > on else ""
    return Stop(Kind.DATE, text(f"exam.stop.{key}", day=day), Way.DATES, hard=True)


def _result(sitting: ExamSittingLike) -> Stop:
    words = text("exam.stop.result", day=phrases.day(sitting.day))
    return Stop(Kind.RESULT, words, Way.RESULT, sitting.id)


def _standing(
    sittings: Sequence[ExamSittingLike],
    on: date,
    chances: Sequence[Chance],
    eligible: date | None,
    *,
    unclear: bool,
) -> Standing:
    if any(e.passed and e.day <= on for e in sittings):
        return Standing.PASSED
    if any(e.day >= on for e in sittings):
        return Standing.REGISTERED
    if any(e.passed is None and e.day < on for e in sittings):
        return Standing.WAITING
    if unclear:
        return Standing.UNCLEAR
    if eligible is None:
        return Standing.NEVER
    if not chances:
        return Standing.NO_DATE
    first = next((c for c in chances if not c.occasion.is_closed(on)), None)
    if first is not None and first.ready:
        return Standing.READY
    if first is not None and first.open:
        return Standing.MEND
    return Standing.LATER
