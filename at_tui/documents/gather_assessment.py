"""From the records to what stands on a printed form, whatever its instrument."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from at_tui.around import around_of, placement_of_form
from at_tui.completeness import Around, not_complete
from at_tui.documents.assessment import Answer, AnswerSection, AssessmentForm, Given, Mark
from at_tui.documents.gathering import (
    NOWHERE,
    Region,
    goal_words,
    imprint,
    number_of,
    placement_words,
    signatures,
)
from at_tui.filled_form import form_of
from at_tui.kind_words import content_of_kind
from at_tui.language import text
from schema.fault import Fault
from schema.personnummer import parse
from schema.words import LockStatus, Meaning

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from data.find import Folder
    from schema.content.curriculum import Curriculum
    from schema.content.instrument import Instrument
    from schema.content.instrument_parts import Item
    from schema.tables import Assessment


def assessment_of(
    folder: Folder,
    assessment_id: str,
    instrument: Instrument,
    *,
    on: date,
    curriculum: Curriculum | None = None,
    region: Region = NOWHERE,
) -> AssessmentForm:
    """Return what stands on a filled-in form.

    Args:
        instrument: Of the id and version that the form names.
        on: Day of printing.

    Raises:
        Fault: `store.no_record` when the form is not the training's.
    """
    record = _the_form(folder, assessment_id)
    instrument = content_of_kind(instrument, folder.training.kind)
    assessor = folder.people.get(record.assessor_id or "")
    placement = placement_of_form(folder, record)
    name = assessor.name if assessor else record.assessor_name
    around = around_of(folder, record, on=on)
    newer = next((a for a in folder.assessments if a.corrects_id == record.id), None)
    asks_number = any(check.fact == "trainee_personnummer" for check in instrument.checks)
    number = folder.trainee.personnummer if asks_number else None
    return AssessmentForm(
        imprint=imprint(
            folder,
            placement,
            number=number_of(record.id),
            author=name,
            issued_on=record.day if record.status != LockStatus.DRAFT else on,
            evidence_on=on,
            region=region,
        ),
        instrument=_title(instrument, record.variant),
        instrument_id=instrument.id,
        instrument_version=instrument.version,
        official=instrument.official,
        wording=instrument.wording,
        name=folder.trainee.name,
        kind=folder.training.kind,
        personnummer=parse(number, on=on).written if number else "",
        placement=placement_words(folder, placement),
        day=record.day,
        assessor=name,
        assessor_title=_titles(assessor.title, assessor.specialty) if assessor else "",
        assessor_contact=around.assessor_contact if instrument.assessor.needs_contact else "",
        context=tuple(
            _answer(instrument, item, record.variant, record.context, {})
            for item in instrument.context
        ),
        sections=tuple(
            AnswerSection(
                title=section.title,
                intro=section.intro,
                answers=tuple(
                    _answer(instrument, item, record.variant, record.answers, record.own_answers)
                    for item in section.items
                ),
                scale=_scale_words(instrument, section.items, record.variant),
                own_rating=any(item.own_rating and item.type != "text" for item in section.items),
            )
            for section in instrument.sections
        ),
        goals=tuple(goal_words(goal_id, curriculum) for goal_id in record.goals),
        status=LockStatus(record.status),
        confirmed=instrument.signatures != "both" or _confirmed(folder, record.id),
        void_reason=record.void_reason,
        replaced_by=number_of(newer.id) if newer else "",
        corrects=number_of(record.corrects_id) if record.corrects_id else "",
        correction_reason=record.correction_reason,
        filled_in_version=other_version(record, instrument),
        unplaced=_unplaced(record, instrument),
        incomplete=_incomplete(instrument, record, around),
        signatures=signatures(folder, record.id),
    )


def other_version(record: Assessment, instrument: Instrument) -> str:
    """Return the version a form was filled in with, when `instrument` is another; else empty."""
    filled_in = record.instrument_version
    return filled_in if filled_in not in ("", instrument.version) else ""


def _unplaced(record: Assessment, instrument: Instrument) -> tuple[tuple[str, str], ...]:
    """Return answers that the instrument has no question for: nothing is left out of a print."""
    if not other_version(record, instrument):
        return ()
    items = [*instrument.context, *(item for part in instrument.sections for item in part.items)]
    known = {item.id for item in items} | {item.comment_key for item in items}
    answers = {**record.context, **record.own_answers, **record.answers}
    return tuple((name, str(value)) for name, value in answers.items() if name not in known)


def _the_form(folder: Folder, assessment_id: str) -> Assessment:
    for record in folder.assessments:
        if record.id == assessment_id:
            return record
    raise Fault("store.no_record", exit_code=1)


def _title(instrument: Instrument, variant: str) -> str:
    chosen = next((one for one in instrument.variants if one.id == variant), None)
    return f"{instrument.title} ({chosen.label})" if chosen else instrument.title


def _titles(*parts: str) -> str:
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _confirmed(folder: Folder, record_id: str) -> bool:
    return any(s.meaning == Meaning.TAKES_PART for s in folder.signatures_of(record_id))


def _incomplete(instrument: Instrument, record: Assessment, around: Around) -> tuple[str, ...]:
    """Return what is missing for a form that still counts for something."""
    if record.status not in (LockStatus.DRAFT, LockStatus.SIGNED):
        return ()
    found: list[str] = []
    for lack in not_complete(instrument, form_of(record), around):
        values: dict[str, Any] = dict(lack.values)
        key = str(values.pop("fault_key", lack.key))
        found.append(text(key, **values))
    return tuple(dict.fromkeys(found))


def _answer(
    instrument: Instrument,
    item: Item,
    variant: str,
    given: dict[str, Any],
    own: dict[str, Any],
) -> Answer:
    return Answer(
        label=item.label,
        given=_given(instrument, item, variant, given),
        own=_given(instrument, item, variant, own),
        comment=str(given.get(item.comment_key, "") or ""),
        prose=item.type == "text" and item.lines > 1,
    )


def _given(
    instrument: Instrument, item: Item, variant: str, answers: dict[str, Any]
) -> Given | None:
    """Return an answer as it is printed; what its instrument does not have, as it stands."""
    if item.id not in answers:
        return None
    value = answers[item.id]
    if value is None:
        return text("document.not_observed")
    if item.type == "scale":
        try:
            scale = instrument.scale_of(item, variant)
        except KeyError:
            scale = None
        level = scale.level(value) if scale and isinstance(value, int) else None
        if scale is None or level is None:
            return str(value)
        return Mark(level.value, level.label, scale.levels.index(level) + 1, len(scale.levels))
    if item.type == "choice":
        labels = {choice.id: choice.label for choice in item.choices}
        chosen: Sequence[Any] = value if isinstance(value, list) else [value]
        return ", ".join(labels.get(one, str(one)) for one in chosen)
    if item.type == "number":
        number = str(value).replace(".", ",")
        return f"{number} {item.unit}" if item.unit else number
    return str(value)


def _scale_words(
    instrument: Instrument, items: Iterable[Item], variant: str
) -> tuple[tuple[int, str], ...]:
    """Return the levels of the section's scale; nothing when it has several or none."""
    names = {item.scale for item in items if item.scale is not None}
    first = next((item for item in items if item.scale is not None), None)
    if len(names) != 1 or first is None:
        return ()
    try:
        scale = instrument.scale_of(first, variant)
    except KeyError:
        return ()
    return tuple((level.value, level.label) for level in scale.levels) if scale else ()
