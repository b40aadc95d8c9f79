"""A filled-in form as it is read: every question, every answer, also of forms not known here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from textual.content import Content

from at_tui.filled_form import FilledForm
from at_tui.language import text
from screens.assessment_rows import GIVEN_CELLS, OWN_CELLS
from screens.text import fitted, safe, safe_note

if TYPE_CHECKING:
    from schema.content.curriculum import Curriculum
    from schema.content.instrument import Instrument
    from schema.content.instrument_parts import Item, ItemSection

_NOTHING = "–"


def reading(instrument: Instrument, form: FilledForm, doctor: str, width: int) -> list[Content]:
    """Return the form's lines, for a column of `width` cells."""
    lines: list[Content] = []
    lines += _context(instrument, form)
    for section in instrument.sections:
        lines.append(Content(""))
        if any(item.type in ("scale", "choice") for item in section.items):
            lines += _rated(instrument, section, form, doctor, width)
        else:
            for item in section.items:
                lines += _prose(item.label, _words(instrument, item, form.answers, form.variant))
    return lines


def raw_reading(form: FilledForm) -> list[Content]:
    """Return what is kept of a form whose instrument is not known here, by its own names."""
    lines: list[Content] = []
    for title, values in (
        ("assessment.raw.context", form.context),
        ("assessment.raw.answers", form.answers),
        ("assessment.raw.own", form.own),
    ):
        if values:
            lines += [Content(""), safe(text(title), "bold")]
            lines += [
                Content.assemble("  ", safe(f"{key}:", "$text-muted"), " ", safe(_plain(value)))
                for key, value in values.items()
            ]
    return lines


def goal_reading(goal_ids: Sequence[str], curriculum: Curriculum | None) -> list[Content]:
    """Return the goals that a form counts towards; nothing when it counts towards none."""
    if not goal_ids:
        return []
    lines = [Content(""), safe(text("assessment.counts_towards"), "bold")]
    for goal_id in goal_ids:
        goal = curriculum.goal(goal_id) if curriculum else None
        gone = curriculum.retired_goal(goal_id) if curriculum and goal is None else None
        place = goal.reference if goal else goal_id
        words = goal.text if goal else gone.text if gone else ""
        lines.append(Content.assemble("  ", safe(place, "$text-muted"), "  ", safe(words)))
    return lines


def _context(instrument: Instrument, form: FilledForm) -> Iterator[Content]:
    label = max((len(item.label) for item in instrument.context), default=0)
    for item in instrument.context:
        words = _words(instrument, item, form.context, form.variant)
        unit = f" {item.unit}" if item.unit and item.id in form.context else ""
        yield Content.assemble(
            fitted(safe(item.label, "$text-muted"), label), "  ", safe(words + unit)
        )


def _prose(label: str, words: str) -> Iterator[Content]:
    yield safe(label, "$text-muted")
    for line in words.split("\n"):
        yield Content.assemble(("│ ", "$accent"), safe_note(line))


def _rated(
    instrument: Instrument, section: ItemSection, form: FilledForm, doctor: str, width: int
) -> Iterator[Content]:
    rated = [item for item in section.items if item.type in ("scale", "choice")]
    own = any(item.own_rating and item.id in form.own for item in rated)
    label = min(max(len(item.label) for item in rated), max(44, width - 50))
    digits = any(item.type == "scale" for item in rated)
    head = fitted(safe(section.title, "bold"), label + 2)
    if digits:
        if own:
            head += fitted(safe(doctor, "$text-muted"), OWN_CELLS)
        head += fitted(safe(text("assessment.assessor_short"), "$text-muted"), GIVEN_CELLS + 4)
    yield head
    for item in section.items:
        if item not in rated:
            yield from _prose(item.label, _words(instrument, item, form.answers, form.variant))
            continue
        line = fitted(safe(item.label), label) + Content("  ")
        if digits and own:
            line += fitted(_digit(form.own, item), OWN_CELLS)
        if digits:
            line += fitted(_digit(form.answers, item, "bold"), 4)
        line += safe(_words(instrument, item, form.answers, form.variant))
        differs = item.id in form.own and form.own[item.id] != form.answers.get(item.id)
        yield Content.assemble(line, ("  ≠", "bold $warning")) if differs and own else line
        if remark := form.answers.get(item.comment_key):
            yield Content.assemble(("  » ", "$accent"), safe(str(remark), "$text-muted"))


def _digit(values: dict[str, Any], item: Item, style: str = "$text-muted") -> Content:
    if item.type != "scale" or item.id not in values:
        return safe("·" if item.type == "scale" else "", "$text-muted")
    value = values[item.id]
    return safe(_NOTHING if value is None else value, style)


def _words(instrument: Instrument, item: Item, values: dict[str, Any], variant: str) -> str:
    """Return an answer in words; one that its instrument does not have, as it stands."""
    if item.id not in values:
        return text("assessment.not_answered")
    value = values[item.id]
    if value is None:
        return text("assessment.not_observed")
    if item.type == "scale":
        try:
            scale = instrument.scale_of(item, variant)
        except KeyError:
            scale = None
        level = scale.level(value) if scale is not None and isinstance(value, int) else None
        return level.label if level else text("assessment.unknown_value", value=value)
    if item.type == "choice":
        labels = {choice.id: choice.label for choice in item.choices}
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(labels.get(one, str(one)) for one in chosen)
    return _plain(value)


def _plain(value: Any) -> str:
    if value is None:
        return text("assessment.not_observed")
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return str(value)
