"""What stands between a form and its signature, by name, so that a screen can lead there.

An exam medsittning that misses a field costs the trainee an exam place, so a form is never
called complete while anything that its instrument asks is missing. Pure: facts in, lacks out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from at_tui.assessing import form_faults, is_answered
from at_tui.filled_form import FilledForm
from schema.fault import Fault
from schema.personnummer import parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schema.content.instrument import Check, Instrument

ASSESSOR = "@assessor"
TRAINEE = "@trainee"
DAY = "@day"
"""Where a lack is mended when it is no item of the form."""


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing. Its sentence is `text(lack.key, **lack.values)`."""

    code: str
    where: str
    """Id of the item, or `ASSESSOR`, `TRAINEE`, `DAY`."""
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Key of the sentence in the catalogue."""
        return f"assessment.{self.code}" if "." in self.code else f"assessment.lack.{self.code}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the records know around a form. Nothing here has a value that would make it complete."""

    on: date
    """Today: a form of a day to come cannot be signed."""
    training_start: date
    trainee_name: str
    trainee_personnummer: str | None
    trainee_email: str
    assessor_name: str
    assessor_contact: str
    """Telephone or e-mail."""
    assessor_specialty: str
    """Specialistkompetens; empty when none or unknown."""
    assessor_licensed: bool | None
    assessor_is_supervisor: bool
    """Whether the assessor is the trainee's supervisor: of this placement, or of the whole."""
    assessor_signed: bool = False


def lacks(instrument: Instrument, form: FilledForm, around: Around) -> list[Lack]:
    """Return all that is missing before the form may be signed, in the order of the form."""
    found: list[Lack] = []
    found += _day(form, around)
    found += _assessor(instrument, around)
    found += [
        Lack(f"answer.{fault.code}", fault.item_id, fault.values)
        for fault in form_faults(instrument, form)
    ]
    found += _required(instrument, form)
    found += _sections(instrument, form)
    told = {(lack.code, lack.where) for lack in found}
    for lack in _checks(instrument, form, around):
        if (lack.code, lack.where) not in told:
            found.append(lack)
            told.add((lack.code, lack.where))
    return found


def not_complete(instrument: Instrument, form: FilledForm, around: Around) -> list[Lack]:
    """Return what an outside reader of the form would reject it by: also the signature."""
    found = lacks(instrument, form, around)
    if not around.assessor_signed and instrument.signatures != "none":
        found.append(Lack("assessor_signature", ASSESSOR))
    return found


def _day(form: FilledForm, around: Around) -> Iterator[Lack]:
    if form.day > around.on:
        yield Lack("day_to_come", DAY, {"day": form.day})
    elif form.day < around.training_start:
        yield Lack("day_before_training", DAY, {"start": around.training_start})


def _assessor(instrument: Instrument, around: Around) -> Iterator[Lack]:
    rule = instrument.assessor
    if rule.who == "trainee" or instrument.anonymous:
        return
    if not around.assessor_name.strip():
        yield Lack("assessor_name", ASSESSOR)
        return
    values = {"name": around.assessor_name}
    if rule.must_be_specialist and not around.assessor_specialty.strip():
        yield Lack("assessor_specialist", ASSESSOR, values)
    if rule.must_be_licensed and around.assessor_licensed is not True:
        yield Lack("assessor_licensed", ASSESSOR, values)
    if rule.must_not_be_supervisor and around.assessor_is_supervisor:
        yield Lack("assessor_not_supervisor", ASSESSOR, values)
    if rule.needs_contact and not around.assessor_contact.strip():
        yield Lack("assessor_contact", ASSESSOR, values)


def _required(instrument: Instrument, form: FilledForm) -> Iterator[Lack]:
    for item in instrument.items():
        values = form.values_for(instrument, item, "assessor")
        if item.required_for_signing and not is_answered(values, item):
            yield Lack("item", item.id, {"label": item.label})


def _sections(instrument: Instrument, form: FilledForm) -> Iterator[Lack]:
    for section in instrument.sections:
        answered = [
            item
            for item in section.items
            if is_answered(form.answers, item) and form.answers[item.id] is not None
        ]
        if len(answered) >= section.at_least:
            continue
        open_items = [item for item in section.items if item not in answered]
        # Each required item is named already; the rest of what the section asks is told once.
        if all(item.required_for_signing for item in open_items):
            continue
        values = {"title": section.title, "least": section.at_least, "have": len(answered)}
        code = "section_one" if section.at_least == 1 else "section"
        untouched = [item for item in open_items if item.id not in form.answers]
        yield Lack(code, (untouched or open_items)[0].id, values)


def _checks(instrument: Instrument, form: FilledForm, around: Around) -> Iterator[Lack]:
    """Return what the instrument's own completeness list finds missing."""
    for check in instrument.checks:
        if check.fact == "item":
            yield from _item_check(instrument, form, check)
        elif check.fact == "required_items":
            yield from _required(instrument, form)
        elif check.fact in _FACTS and not _FACTS[check.fact](around):
            if check.fact.startswith("assessor") and not around.assessor_name.strip():
                continue  # nobody is chosen, and that is told already
            where = TRAINEE if check.fact.startswith("trainee") else ASSESSOR
            yield Lack(check.fact, where, {"name": around.assessor_name})


def _item_check(instrument: Instrument, form: FilledForm, check: Check) -> Iterator[Lack]:
    item = instrument.item(check.item or "")
    if item is None:
        return
    values = form.values_for(instrument, item, "assessor")
    if not is_answered(values, item) or values[item.id] is None:
        yield Lack("item", item.id, {"label": item.label})
        return
    given = values[item.id]
    if check.answer is not None and check.answer not in (given if item.several else [given]):
        wanted = next(c.label for c in item.choices if c.id == check.answer)
        yield Lack("item_answer", item.id, {"label": item.label, "wanted": wanted})


def _personnummer_right(around: Around) -> bool:
    try:
        parse(around.trainee_personnummer or "", on=around.on)
    except Fault:
        return False
    return True


_FACTS: dict[str, Callable[[Around], bool]] = {
    "trainee_name": lambda around: bool(around.trainee_name.strip()),
    "trainee_personnummer": _personnummer_right,
    "trainee_email": lambda around: "@" in around.trainee_email,
    "assessor_name": lambda around: bool(around.assessor_name.strip()),
    "assessor_contact": lambda around: bool(around.assessor_contact.strip()),
    "assessor_specialist": lambda around: bool(around.assessor_specialty.strip()),
    "assessor_not_supervisor": lambda around: not around.assessor_is_supervisor,
}
