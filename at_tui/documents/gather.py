"""From a training's records to what stands on its documents.

`certificate_pdf(certificate_of(folder, placement_id, …))` and its like are what screens and the
command line print with. Reads records only; the caller reads the content files, by the versions
that the training and the form were made under.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from at_tui.certificate import CheckStatus, Override, preflight, red
from at_tui.certificate_facts import (
    CertificateChoices,
    absence_in,
    certificate_facts,
    choices_for,
    issued_for,
    months_in,
    the_placement,
)
from at_tui.completeness import Around, not_complete
from at_tui.documents.assessment import Answer, AnswerSection, AssessmentForm, Given, Mark
from at_tui.documents.certificate import AbsenceLine, PlacementCertificate
from at_tui.documents.page import Imprint
from at_tui.documents.parts import SignatureLine
from at_tui.documents.supervision_log import AgreementLine, SessionLine, SupervisionLog
from at_tui.filled_form import form_of
from at_tui.judge.served import not_served
from at_tui.language import text
from at_tui.time_served import absence_days
from schema.personnummer import parse
from schema.words import AbsenceKind, LockStatus, Meaning, SupervisionStatus

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from data.find import Folder
    from schema.content.curriculum import Curriculum
    from schema.content.instrument import Instrument
    from schema.content.instrument_parts import Item
    from schema.content.programme import ServedRules
    from schema.content.prompts import PromptSet
    from schema.tables import Agreement, Assessment, Placement, Supervision


@dataclass(frozen=True, slots=True)
class Region:
    """What stands in the head of a document when the unit does not say."""

    name: str = ""
    history: str = ""
    """Hash of the change history's head that the document rests on."""


NOWHERE = Region()


def number_of(record_id: str) -> str:
    """Return the document number of a record: the same on every laptop, e.g. `3F9A-11C2`."""
    tail = record_id.replace("-", "")[-8:].upper()
    return f"{tail[:4]}-{tail[4:]}"


def certificate_of(
    folder: Folder,
    placement_id: str,
    *,
    on: date,
    choices: CertificateChoices | None = None,
    curriculum: Curriculum | None = None,
    rules: ServedRules | None = None,
    unsigned: Collection[str] = (),
    region: Region = NOWHERE,
) -> PlacementCertificate:
    """Return what stands on a placement's certificate.

    The certificate that was issued and is in force is printed as it was issued, on any later day;
    otherwise one as of `on`, which is a draft as long as the pre-flight is red and nobody answers
    for it (`choices.override_reason`).

    Args:
        choices: What whoever issues it says; by default `choices_for` the placement.
        curriculum: The one the training began under.
        rules: The programme's rule for which absence counts as served.
        unsigned: Ids of instruments that are used without signature.

    Raises:
        KeyError: the training has no such placement.
    """
    placement = the_placement(folder, placement_id)
    issued = issued_for(folder, placement_id)
    said = choices or choices_for(folder, placement_id, on=on)
    day = issued.issued_on if issued else on
    facts = certificate_facts(
        folder, placement_id, said, on=day, curriculum=curriculum, rules=rules, unsigned=unsigned
    )
    checks = preflight(facts)
    supervisor = folder.people.get(placement.supervisor_id or "")
    signer = folder.people.get(said.signer_id or "")
    numbered = facts.personnummer
    official = folder.training.kind != "AT"
    return PlacementCertificate(
        imprint=_imprint(
            folder,
            placement,
            number=(issued.number if issued else "") or number_of(placement_id),
            author=facts.signer or facts.supervisor,
            issued_on=day,
            evidence_on=day,
            region=region,
        ),
        training=_first_upper(text(f"word.kind.{folder.training.kind}")),
        name=folder.trainee.name,
        personnummer=parse(numbered, on=on).written if numbered else "",
        personnummer_missing=said.personnummer_missing,
        workplace=_workplace(folder, placement),
        section=text(f"word.section.{placement.section}"),
        specialty=placement.specialty,
        start=placement.start,
        end=placement.end,
        percent=placement.percent,
        months=months_in(folder, placement, rules),
        absences=_absences(folder, placement, rules) if facts.absence_stated else None,
        goals=facts.goals,
        goals_marked=facts.goals_marked,
        curriculum=f"{curriculum.title}, version {curriculum.version}" if curriculum else "",
        curriculum_verified=facts.curriculum_verified,
        goals_of=curriculum.title if curriculum and official else "",
        supervisor=facts.supervisor,
        supervisor_title=supervisor.title if supervisor else "",
        consulted=facts.consulted,
        signer=facts.signer,
        signer_title=signer.title if signer else "",
        signer_licensed=facts.signer_licensed,
        delegated_by="" if facts.signer_is_head else facts.delegated_by,
        place=said.place,
        missing=tuple(text(check.key, **check.values) for check in red(checks)),
        remarks=tuple(
            text(check.key, **check.values)
            for check in checks
            if check.status is CheckStatus.AMBER and check.code == "absence"
        ),
        override=Override(said.override_reason) if said.override_reason.strip() else None,
        signatures=_signatures(folder, issued.id) if issued else (),
    )


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
        KeyError: the training has no such form.
    """
    record = _the_form(folder, assessment_id)
    assessor = folder.people.get(record.assessor_id or "")
    placement = _placement_of(folder, record)
    name = assessor.name if assessor else record.assessor_name
    around = around_of(folder, record, on=on)
    newer = next((a for a in folder.assessments if a.corrects_id == record.id), None)
    asks_number = any(check.fact == "trainee_personnummer" for check in instrument.checks)
    number = folder.trainee.personnummer if asks_number else None
    return AssessmentForm(
        imprint=_imprint(
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
        personnummer=parse(number, on=on).written if number else "",
        placement=_placement_words(folder, placement),
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
        incomplete=_incomplete(instrument, record, around),
        signatures=_signatures(folder, record.id),
    )


def log_of(
    folder: Folder,
    *,
    on: date,
    placement_id: str | None = None,
    prompts: PromptSet | None = None,
    curriculum: Curriculum | None = None,
    notes: bool = True,
    target_minutes: int | None = None,
    target_source: str = "",
    region: Region = NOWHERE,
) -> SupervisionLog:
    """Return the supervision log of a training, or of one placement, as of the day `on`.

    Args:
        prompts: The topics that the sessions' letters stand for.
        notes: Whether the sessions' notes are printed; leave them out for other eyes.
        target_minutes: What the programme asks for each whole month, if it does.

    Raises:
        KeyError: the training has no such placement.
    """
    placement = the_placement(folder, placement_id) if placement_id else None
    sessions = folder.supervisions
    if placement is not None:
        sessions = [
            s
            for s in sessions
            if s.placement_id == placement.id
            or (s.placement_id is None and placement.start <= s.day <= placement.end)
        ]
    now = placement or folder.placement_on(on)
    start = placement.start if placement else folder.training.start
    end = min(placement.end, on) if placement else (folder.training.ended_on or on)
    return SupervisionLog(
        imprint=_imprint(
            folder,
            now,
            number=number_of(placement.id if placement else folder.training.id),
            author=folder.name_of(now.supervisor_id) if now else "",
            issued_on=on,
            evidence_on=on,
            region=region,
        ),
        name=folder.trainee.name,
        placement=_placement_words(folder, placement),
        supervisor=folder.name_of(now.supervisor_id) if now else "",
        start=start,
        end=max(start, end),
        target_minutes=target_minutes,
        target_source=target_source,
        sessions=tuple(_session(folder, s, prompts, curriculum, notes) for s in sessions),
    )


def goal_words(goal_id: str, curriculum: Curriculum | None) -> str:
    """Return a goal as it is referred to in print: its place and its short text."""
    goal = curriculum.goal(goal_id) if curriculum else None
    if goal is not None:
        return f"{goal.reference}: {goal.text}"
    gone = curriculum.retired_goal(goal_id) if curriculum else None
    return gone.text if gone else goal_id


def around_of(folder: Folder, record: Assessment, *, on: date) -> Around:
    """Return what the records know around a form, for its completeness."""
    assessor = folder.people.get(record.assessor_id or "")
    placement = _placement_of(folder, record)
    mine = {folder.training.main_supervisor_id, placement.supervisor_id if placement else None}
    return Around(
        on=on,
        training_start=folder.training.start,
        trainee_name=folder.trainee.name,
        trainee_personnummer=folder.trainee.personnummer,
        trainee_email=folder.trainee.email,
        assessor_name=assessor.name if assessor else record.assessor_name,
        assessor_contact=(assessor.phone or assessor.email) if assessor else "",
        assessor_specialty=assessor.specialty if assessor else "",
        assessor_licensed=assessor.licensed if assessor else None,
        assessor_is_supervisor=record.assessor_id is not None and record.assessor_id in mine,
        assessor_signed=any(s.meaning == Meaning.ASSESSES for s in folder.signatures_of(record.id)),
    )


def _imprint(
    folder: Folder,
    placement: Placement | None,
    *,
    number: str,
    author: str,
    issued_on: date,
    evidence_on: date,
    region: Region,
) -> Imprint:
    unit = folder.units.get(placement.unit_id or "") if placement else None
    return Imprint(
        number=number,
        region=(unit.region if unit else "") or region.name,
        unit=_workplace(folder, placement) if placement else "",
        author=author,
        issued_on=issued_on,
        evidence_on=evidence_on,
        history=region.history,
    )


def _workplace(folder: Folder, placement: Placement) -> str:
    unit = folder.units.get(placement.unit_id or "")
    if unit is None:
        return ""
    return f"{unit.name}, {unit.site}" if unit.site else unit.name


def _placement_words(folder: Folder, placement: Placement | None) -> str:
    if placement is None:
        return ""
    section = text(f"word.section.{placement.section}")
    where = _workplace(folder, placement)
    return f"{where} · {section}" if where else section


def _placement_of(folder: Folder, record: Assessment) -> Placement | None:
    named = (p for p in folder.placements if p.id == record.placement_id)
    return next(named, None) or folder.placement_on(record.day)


def _absences(
    folder: Folder, placement: Placement, rules: ServedRules | None
) -> tuple[AbsenceLine, ...]:
    """Return the placement's absence by kind, semester left out, as the form asks for."""
    away = absence_in(folder, placement)
    lost_records = not_served(folder.absences, rules)
    lost_ids = {a.id for a in lost_records}
    lines: list[AbsenceLine] = []
    for counted in (False, True):
        these = [a for a in away if (a.id not in lost_ids) is counted]
        days = absence_days(these, placement.start, placement.end)
        lines += [
            AbsenceLine(_first_upper(text(f"word.absence.{kind}")), count, counted)
            for kind, count in sorted(days.items())
            if kind != AbsenceKind.SEMESTER
        ]
    return tuple(lines)


def _signatures(folder: Folder, record_id: str) -> tuple[SignatureLine, ...]:
    return tuple(
        SignatureLine(
            name=s.signer_name,
            title=s.signer_title,
            meaning=text(f"word.meaning.{s.meaning}"),
            at=s.at,
            version=s.version_id,
            delegated_by=s.delegated_by,
        )
        for s in folder.signatures_of(record_id)
    )


def _the_form(folder: Folder, assessment_id: str) -> Assessment:
    for record in folder.assessments:
        if record.id == assessment_id:
            return record
    raise KeyError(assessment_id)


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


def _session(
    folder: Folder,
    session: Supervision,
    prompts: PromptSet | None,
    curriculum: Curriculum | None,
    notes: bool,
) -> SessionLine:
    status = SupervisionStatus(session.status)
    reason = session.cancel_reason
    return SessionLine(
        day=session.day,
        minutes=session.minutes,
        status=status,
        form=text(f"word.form.{session.form}"),
        supervisor=folder.name_of(session.supervisor_id),
        cancel_reason=text(f"word.cancel.{reason}") if reason else "",
        topics=tuple(topic_words(letter, prompts) for letter in session.topics),
        goals=tuple(_short_goal(goal_id, curriculum) for goal_id in session.goals),
        agreements=tuple(_agreed(a) for a in folder.agreements if a.origin_id == session.id),
        note=session.note if notes else "",
    )


def topic_words(letter: str, prompts: PromptSet | None) -> str:
    """Return the topic that a session's letter stands for, or the letter where it is unknown."""
    prompt = prompts.by_letter(letter) if prompts else None
    return prompt.label if prompt else letter


def _short_goal(goal_id: str, curriculum: Curriculum | None) -> str:
    goal = curriculum.goal(goal_id) if curriculum else None
    if goal is None:
        return goal_id
    return goal.reference if goal.is_numbered else goal.text


def _agreed(agreement: Agreement) -> AgreementLine:
    return AgreementLine(
        text=agreement.text,
        owner=text(f"word.owner.{agreement.owner}"),
        due=agreement.due,
        done_on=agreement.done_on,
        dropped=agreement.dropped_on is not None,
    )


def _first_upper(words: str) -> str:
    return words[:1].upper() + words[1:]
