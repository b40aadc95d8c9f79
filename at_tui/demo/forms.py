"""Filling in an instrument: answers that its own scales and choices allow, and that make sense."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from at_tui.demo.chance import Chance
from schema.content.instrument import Instrument
from schema.content.instrument_parts import Item, Scale

NOT_OBSERVED = 0.12
"""Share of items that an assessor leaves as "ej observerat" where that is allowed."""


@dataclass
class Situation:
    """What a form is filled in about."""

    chance: Chance
    ability: float
    """0 to 1."""
    talent: float
    """Against what is expected, about -0.3 to 0.2."""
    day: date
    since: date
    """First day of the period that the form is about."""
    said: dict[str, str] = field(default_factory=dict)
    """Texts by the item's role: keep, change, case, procedure, setting, agreement."""
    section: str = ""
    months: float = 1.0
    approved: bool = True


@dataclass
class Filled:
    """A filled-in form: context, the assessor's answers, and the trainee's own."""

    context: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    own: dict[str, Any] = field(default_factory=dict)


def fill(
    instrument: Instrument, about: Situation, *, variant: str = "", own: bool = True
) -> Filled:
    """Return a filled-in form, complete enough to be signed."""
    filled = Filled()
    dates = [about.since, about.day]
    for item in instrument.context:
        _answer(instrument, item, about, filled.context, variant, dates)
    for section in instrument.sections:
        for item in section.items:
            _answer(instrument, item, about, filled.answers, variant, dates)
            given = filled.answers.get(item.id)
            scale = instrument.scale_of(item, variant)
            if own and item.own_rating and scale and isinstance(given, int):
                filled.own[item.id] = _moved(scale, given, about.chance.one([-1, 0, 0, 0, 1]))
        _enough(instrument, section.items, section.at_least, filled.answers, about, variant)
    return filled


def _answer(
    instrument: Instrument,
    item: Item,
    about: Situation,
    into: dict[str, Any],
    variant: str,
    dates: list[date],
) -> None:
    chance = about.chance
    scale = instrument.scale_of(item, variant)
    if scale is not None:
        if item.allow_not_observed and chance.happens(NOT_OBSERVED):
            into[item.id] = None
            return
        into[item.id] = _level(scale, item, about)
        low = into[item.id] < (item.default if isinstance(item.default, int) else 3)
        if item.comment and low and len(scale.levels) > 3 and chance.happens(0.3):
            into[item.comment_key] = about.said.get("comment", "")
        return
    if item.type == "choice":
        chosen = _choice(item, about)
        if chosen is not None:
            into[item.id] = [chosen] if item.several else chosen
    elif item.type == "date":
        into[item.id] = dates.pop(0).isoformat() if dates else about.day.isoformat()
    elif item.type == "number":
        into[item.id] = _number(item, about)
    else:
        written = about.said.get(item.role or "", "")
        if not written and item.required_for_signing:
            written = about.said.get("case", "")
        if written:
            into[item.id] = written[: item.max_length]


def _level(scale: Scale, item: Item, about: Situation) -> int:
    """Return a level: against the expected where the scale has one, else by ability."""
    values = [level.value for level in scale.levels]
    if isinstance(item.default, int):
        place = values.index(item.default) + about.chance.near(about.talent * 4, 0.55)
    elif len(values) == 2:
        return values[1 if about.approved or about.chance.happens(0.5) else 0]
    elif len(values) == 3:
        place = 2 + about.chance.near(about.talent * 4 - 0.1, 0.35)
    else:
        place = about.ability * (len(values) - 1) + about.chance.near(0, 0.5)
    return values[max(0, min(len(values) - 1, round(place)))]


def _choice(item: Item, about: Situation) -> str | None:
    ids = [choice.id for choice in item.choices]
    if item.role == "grade":
        fits = [choice.id for choice in item.choices if choice.approves == about.approved]
        return (fits or ids)[0]
    if about.section in ids:
        return about.section
    if item.role == "setting" and about.said.get("setting") in ids:
        return about.said["setting"]
    if item.role in ("complexity", "setting") or item.several:
        return about.chance.one(ids)
    # The first choice is the one that things going well lead to.
    return ids[0] if about.chance.happens(0.85 + about.talent) else ids[min(1, len(ids) - 1)]


def _number(item: Item, about: Situation) -> int | float:
    low = item.minimum if item.minimum is not None else 0
    high = item.maximum if item.maximum is not None else 60
    if item.role == "months":
        return max(low, min(high, round(about.months, 1) if item.decimals else int(about.months)))
    usual = {"minutes_observed": (10, 30), "minutes_feedback": (5, 12)}.get(item.role or "", (0, 9))
    return about.chance.whole(max(low, usual[0]), min(high, usual[1]))


def _enough(
    instrument: Instrument,
    items: tuple[Item, ...],
    least: int,
    answers: dict[str, Any],
    about: Situation,
    variant: str,
) -> None:
    """Answer what chance left unobserved until the section has what signing asks."""
    for item in items:
        if sum(answers.get(one.id) is not None for one in items) >= least:
            return
        scale = instrument.scale_of(item, variant)
        if scale is not None and answers.get(item.id) is None:
            answers[item.id] = _level(scale, item, about)


def _moved(scale: Scale, value: int, steps: int) -> int:
    values = [level.value for level in scale.levels]
    place = values.index(value) + steps
    return values[max(0, min(len(values) - 1, place))]
