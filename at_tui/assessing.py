"""The rules of filling in a form: which answers are possible, and how far one has come.

Pure: an instrument and a form in, words' codes out. What stands between a form and its signature
is in `at_tui/completeness.py`; what happens to it afterwards in `at_tui/correcting.py`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from at_tui.filled_form import Column, FilledForm
from schema.fault import Fault
from schema.personnummer import HitKind, find_sensitive
from schema.text import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schema.content.instrument import Instrument
    from schema.content.instrument_parts import Item

_NUMBER = re.compile(r"[+-]?[0-9]{1,9}(\.[0-9]{1,9})?", re.ASCII)
RATED = ("scale", "choice", "number", "date")
"""Types of item that the counter "4 av 6" counts; free text is counted only where all is text."""


@dataclass(frozen=True, slots=True)
class AnswerFault:
    """An answer that its item does not have. Its sentence is `text(fault.key, **fault.values)`."""

    item_id: str
    code: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Key of the sentence in the catalogue."""
        return f"assessment.answer.{self.code}"


def check_answer(
    instrument: Instrument, item: Item, value: Any, variant: str = ""
) -> AnswerFault | None:
    """Return what is wrong with `value` as an answer to `item`, or None when it is possible.

    None stands for "ej observerat". An empty text or list is no answer, and never wrong.
    """
    if value is None:
        if item.allow_not_observed:
            return None
        return AnswerFault(item.id, "not_observed", {"label": item.label})
    check = {
        "scale": _scale_fault,
        "choice": _choice_fault,
        "text": _text_fault,
        "number": _number_fault,
        "date": _date_fault,
    }[item.type]
    return check(instrument, item, value, variant)


def _scale_fault(
    instrument: Instrument, item: Item, value: Any, variant: str
) -> AnswerFault | None:
    try:
        scale = instrument.scale_of(item, variant)
    except KeyError:
        return AnswerFault(item.id, "variant", {"variant": variant})
    assert scale is not None  # noqa: S101 - the model gives every scale item a scale
    if isinstance(value, int) and not isinstance(value, bool) and scale.level(value) is not None:
        return None
    least, most = scale.levels[0].value, scale.levels[-1].value
    values = {"label": item.label, "value": value, "least": least, "most": most}
    return AnswerFault(item.id, "outside_scale", values)


def _choice_fault(
    instrument: Instrument, item: Item, value: Any, variant: str
) -> AnswerFault | None:
    known = {choice.id for choice in item.choices}
    chosen = value if item.several and isinstance(value, list) else [value]
    for one in chosen:
        if one not in known:
            return AnswerFault(item.id, "no_choice", {"label": item.label, "value": one})
    return None


def _text_fault(instrument: Instrument, item: Item, value: Any, variant: str) -> AnswerFault | None:
    if not isinstance(value, str):
        return AnswerFault(item.id, "not_text", {"label": item.label})
    if len(value) > item.max_length:
        values = {"label": item.label, "most": item.max_length, "length": len(value)}
        return AnswerFault(item.id, "too_long", values)
    return None


def _number_fault(
    instrument: Instrument, item: Item, value: Any, variant: str
) -> AnswerFault | None:
    values: dict[str, object] = {"label": item.label, "value": value, "unit": item.unit or ""}
    whole = isinstance(value, int) and not isinstance(value, bool)
    decimal = item.decimals and isinstance(value, float) and math.isfinite(value)
    if not whole and not decimal:
        return AnswerFault(item.id, "not_number", values)
    if item.minimum is not None and value < item.minimum:
        return AnswerFault(item.id, "too_small", {**values, "least": item.minimum})
    if item.maximum is not None and value > item.maximum:
        return AnswerFault(item.id, "too_large", {**values, "most": item.maximum})
    return None


def _date_fault(instrument: Instrument, item: Item, value: Any, variant: str) -> AnswerFault | None:
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        return AnswerFault(item.id, "not_date", {"label": item.label, "value": value})
    return None


def read_number(item: Item, typed: str) -> int | float:
    """Return the number that is written in `typed`, with a Swedish comma or a point.

    Raises:
        Fault: `assessment.answer.not_number`.
    """
    plain = "".join(typed.split()).replace(",", ".").replace("\u2212", "-")
    if _NUMBER.fullmatch(plain) is None or ("." in plain and not item.decimals):
        raise Fault("assessment.answer.not_number", label=item.label, value=typed)
    number = float(plain)
    return int(number) if number == int(number) else number


def form_faults(instrument: Instrument, form: FilledForm) -> list[AnswerFault]:
    """Return every answer of the form that its instrument does not have, in the form's order."""
    known: dict[str, Item] = {}
    found: list[AnswerFault] = []
    for item in instrument.items():
        known[item.id] = item
        for column in columns_of(instrument, item):
            values = form.values_for(instrument, item, column)
            if item.id in values:
                fault = check_answer(instrument, item, values[item.id], form.variant)
                if fault is not None:
                    found.append(fault)
            remark = values.get(item.comment_key, "")
            if not isinstance(remark, str) or len(remark) > item.max_length:
                found.append(AnswerFault(item.id, "remark", {"label": item.label}))
    comments = {item.comment_key for item in known.values()}
    for values in (form.context, form.answers, form.own):
        found += [
            AnswerFault(name, "unknown_item", {"value": clean(name)[:60]})
            for name in values
            if name not in known and name not in comments
        ]
    return found


def columns_of(instrument: Instrument, item: Item) -> tuple[Column, ...]:
    """Return whose answers an item takes, in the order of the columns."""
    if item.own_rating and item not in instrument.context:
        return ("own", "assessor")
    return ("assessor",)


def is_answered(values: Mapping[str, Any], item: Item) -> bool:
    """Return whether the item has been dealt with; "ej observerat" is an answer."""
    if item.id not in values:
        return False
    value = values[item.id]
    return not (isinstance(value, (str, list)) and not value)


def counted_items(instrument: Instrument) -> list[Item]:
    """Return the items that the counter counts: what is rated, or all when all is free text."""
    inside = [item for section in instrument.sections for item in section.items]
    rated = [item for item in inside if item.type in RATED]
    return rated or inside


def progress(instrument: Instrument, values: Mapping[str, Any]) -> tuple[int, int]:
    """Return how many of the counted items are answered, and how many there are."""
    items = counted_items(instrument)
    return sum(is_answered(values, item) for item in items), len(items)


def has_own_rating(instrument: Instrument) -> bool:
    """Return whether the trainee may rate themselves on this form."""
    return any(item.own_rating for section in instrument.sections for item in section.items)


def has_expected(instrument: Instrument) -> bool:
    """Return whether one key can fill in what is as expected."""
    return any(item.default is not None for item in instrument.items())


def fill_expected(instrument: Instrument, form: FilledForm) -> list[Item]:
    """Fill in the expected answer where nothing is answered, and return the items filled in.

    With a variant whose scale lacks that level, the item is left empty.
    """
    filled: list[Item] = []
    for item in instrument.items():
        values = form.values_for(instrument, item, "assessor")
        if item.default is None or item.id in values:
            continue
        if check_answer(instrument, item, item.default, form.variant) is None:
            values[item.id] = item.default
            filled.append(item)
    return filled


def change_variant(instrument: Instrument, form: FilledForm, variant: str) -> list[Item]:
    """Set the scale variant; answers that the new scale may mean differently are taken away.

    A 4 of 9 is not a 4 of 5, so every answer on the exchanged scale is emptied. Returns the
    items that lost an answer.
    """
    emptied: list[Item] = []
    if variant == form.variant:
        return emptied
    for item in instrument.items():
        if item.type != "scale" or item.scale != instrument.scales[0].id:
            continue
        values = form.values_for(instrument, item, "assessor")
        lost = [kept.pop(item.id) for kept in (values, form.own) if kept.get(item.id) is not None]
        if lost:
            emptied.append(item)
    form.variant = variant
    return emptied


@dataclass(frozen=True, slots=True)
class Sensitive:
    """A stretch of free text that may point at a patient."""

    item_id: str
    label: str
    kind: HitKind
    excerpt: str


def sensitive_in(instrument: Instrument, form: FilledForm) -> list[Sensitive]:
    """Return what in the form's free texts looks like a patient's number, telephone or room."""
    found: list[Sensitive] = []
    for item, written in _texts(instrument, form):
        for hit in find_sensitive(written):
            excerpt = clean(written[hit.start : hit.end], one_line=True)
            found.append(Sensitive(item.id, item.label, hit.kind, excerpt))
    return found


def _texts(instrument: Instrument, form: FilledForm) -> Iterator[tuple[Item, str]]:
    for item in instrument.items():
        for column in columns_of(instrument, item):
            values = form.values_for(instrument, item, column)
            for key in (item.id, item.comment_key):
                written = values.get(key)
                if isinstance(written, str) and (key != item.id or item.type == "text"):
                    yield item, written
