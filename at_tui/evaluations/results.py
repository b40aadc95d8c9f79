"""What the sealed evaluations say, once there are five: per unit or lecture, year by year.

Nothing is said of fewer than five evaluations, nor of a question that fewer than five answered.
How the answers were spread is told from ten: of five alike everyone would know each one's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean
from typing import TYPE_CHECKING, Any, TypeAlias

from at_tui.evaluations.occasions import INSTRUMENT
from schema.periods import year_of
from schema.text import sort_key

# Table classes bring SQLModel, 0.6 to 1.2 s: imported when results are read.
if TYPE_CHECKING:
    from data.work import Work
    from schema.content.instrument import Instrument
    from schema.content.instrument_parts import Item
    from schema.tables import Evaluation, UnitResponse

FEWEST = 5
SPREAD_FROM = 10

Key: TypeAlias = tuple[str, str]
"""(unit id, what it is about): one of them is empty."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One unit, or one lecture, with how much has been said of it."""

    unit_id: str
    about: str
    name: str
    place: str
    count: int
    """Evaluations that have been let out."""
    waiting: int
    """Evaluations in the box."""
    latest: int
    """The latest year that can be shown; 0 for none."""
    answered: int
    """The latest year that the unit has answered for; 0 for none."""

    @property
    def key(self) -> Key:
        """What it is known by."""
        return self.unit_id, self.about


@dataclass(frozen=True, slots=True)
class Figure:
    """What was answered to one question in one year; no mean when fewer than five answered."""

    count: int
    mean: float | None
    spread: tuple[int, ...] = ()
    """How many gave each step of the scale, lowest first; from ten answers on."""


@dataclass(frozen=True, slots=True)
class Question:
    """One rated question, with its figure by year."""

    item_id: str
    label: str
    steps: int
    """The scale's highest value."""
    overall: bool
    figures: Mapping[int, Figure]


@dataclass(frozen=True, slots=True)
class Words:
    """What was written to one free text in one year, in the order of the alphabet."""

    label: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """One year: how many answered, what they wrote, and what was done about it."""

    year: int
    count: int
    words: tuple[Words, ...]
    responses: tuple[Response, ...]

    @property
    def shown(self) -> bool:
        """Whether there are enough to show."""
        return self.count >= FEWEST


@dataclass(frozen=True, slots=True)
class Response:
    """What the unit did about a year's evaluations."""

    id: str
    text: str
    by: str
    day: date


@dataclass(frozen=True, slots=True)
class Results:
    """Everything that may be shown of one unit or lecture."""

    subject: Subject
    title: str
    """The instrument's title, and whose words its questions are."""
    wording: str
    scale: tuple[str, str]
    """What the lowest and the highest step mean."""
    questions: tuple[Question, ...]
    years: tuple[Year, ...]
    """Latest first; with those for which there is only an answer of the unit."""

    @property
    def shown(self) -> list[int]:
        """The years that can be shown, earliest first."""
        return sorted(year.year for year in self.years if year.shown)


def subjects(work: Work) -> list[Subject]:
    """Return every unit and lecture that has been evaluated, or that has been answered for.

    Units come first, both by name.
    """
    from data.ballot_box import waiting
    from data.evaluations import sealed
    from schema.tables import Unit, UnitResponse

    years: dict[Key, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for unit_id, about, period, count in sealed(work):
        years[(unit_id, about)][year_of(period)] += count
    box: dict[Key, int] = defaultdict(int)
    for kind, count in waiting(work).items():
        box[(kind[0], kind[2])] += count
    answered: dict[Key, int] = {}
    for response in work.all(UnitResponse):
        key = (response.unit_id or "", response.about)
        answered[key] = max(response.year, answered.get(key, 0))
    units = {unit.id: unit for unit in work.all(Unit)}
    found = []
    for key in {*years, *box, *answered}:
        unit = units.get(key[0])
        found.append(
            Subject(
                unit_id=key[0],
                about=key[1],
                name=unit.name if unit else key[1],
                place=unit.site if unit else "",
                count=sum(years[key].values()),
                waiting=box[key],
                latest=max((y for y, n in years[key].items() if n >= FEWEST), default=0),
                answered=answered.get(key, 0),
            )
        )
    return sorted(found, key=lambda s: (not s.unit_id, sort_key(s.name), sort_key(s.place)))


def results(work: Work, subject: Subject) -> Results:
    """Return what may be shown of a unit or a lecture.

    Raises:
        Fault: `content.not_found` when the evaluation's questions are not known here.
    """
    from sqlmodel import col

    from data import content
    from schema.tables import Evaluation, Person, UnitResponse

    rows = work.all(
        Evaluation,
        Evaluation.unit_id == (subject.unit_id or None),
        Evaluation.about == subject.about,
    )
    responses = work.all(
        UnitResponse,
        UnitResponse.unit_id == (subject.unit_id or None),
        UnitResponse.about == subject.about,
        order=(col(UnitResponse.day).desc(), col(UnitResponse.id)),
    )
    names = {person.id: person.name for person in work.all(Person)}
    id = rows[0].instrument_id if rows else _instrument(subject)
    return results_of(subject, content.instrument(id), rows, responses, names)


def _instrument(subject: Subject) -> str:
    from at_tui.evaluations.occasions import LECTURE

    return INSTRUMENT if subject.unit_id else LECTURE


def results_of(
    subject: Subject,
    instrument: Instrument,
    rows: Sequence[Evaluation],
    responses: Iterable[UnitResponse],
    names: Mapping[str, str],
) -> Results:
    """Return what may be shown of `rows`: plain values, nothing of fewer than five."""
    by_year: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_year[year_of(row.period)].append(row.answers)
    least = max(FEWEST, instrument.results_from)
    shown = {year: answers for year, answers in by_year.items() if len(answers) >= least}
    done: dict[int, list[Response]] = defaultdict(list)
    for one in responses:
        by = names.get(one.by_id or "", "")
        done[one.year].append(Response(one.id, one.text, by, one.day))
    items = [item for section in instrument.sections for item in section.items]
    scale = instrument.scales[0].levels if instrument.scales else ()
    return Results(
        subject=subject,
        title=instrument.title,
        wording=instrument.wording,
        scale=(scale[0].label, scale[-1].label) if scale else ("", ""),
        questions=tuple(
            _question(instrument, item, shown, least) for item in items if item.type == "scale"
        ),
        years=tuple(
            Year(
                year,
                len(by_year.get(year, ())),
                tuple(_words(items, shown.get(year, []))),
                tuple(done.get(year, ())),
            )
            for year in sorted({*by_year, *done}, reverse=True)
        ),
    )


def _question(
    instrument: Instrument, item: Item, years: Mapping[int, list[dict[str, Any]]], least: int
) -> Question:
    scale = instrument.scale_of(item)
    steps = tuple(level.value for level in scale.levels) if scale else ()
    figures = {}
    for year, answers in years.items():
        given = [value for one in answers if type(value := one.get(item.id)) is int]
        enough = len(given) >= least
        spread = tuple(given.count(step) for step in steps) if len(given) >= SPREAD_FROM else ()
        figures[year] = Figure(len(given), fmean(given) if enough else None, spread)
    most = steps[-1] if steps else 0
    return Question(item.id, item.label, most, item.role == "overall", figures)


def _words(items: Sequence[Item], answers: Sequence[Mapping[str, Any]]) -> Iterable[Words]:
    for item in items:
        key = item.id if item.type == "text" else item.comment_key
        said = [text for one in answers if isinstance(text := one.get(key), str) and text]
        if said:
            yield Words(item.label, tuple(sorted(said, key=lambda text: (sort_key(text), text))))
