"""From a talk's record to what stands on its page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from at_tui.correcting import newer_of
from at_tui.documents.gathering import (
    NOWHERE,
    Region,
    imprint,
    number_of,
    placement_words,
    signatures,
)
from at_tui.documents.talk import AgreedLine, AnswerLine, AnswerPart, TalkDocument
from at_tui.kind_words import content_of_kind, of_kind
from at_tui.language import text
from at_tui.talks.basis import from_json
from at_tui.talks.records import ORIGIN
from schema.words import LockStatus, Meaning

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from data.find import Folder
    from schema.content.instrument_parts import Item, ItemSection
    from schema.content.talk_guide import TalkGuide
    from schema.tables import Talk


def talk_of(
    folder: Folder, talk: Talk, guide: TalkGuide | None, *, on: date, region: Region = NOWHERE
) -> TalkDocument:
    """Return a talk as it is printed, with the basis that was frozen when it was signed."""
    guide = content_of_kind(guide, folder.training.kind) if guide else None
    placement = next((p for p in folder.placements if p.id == talk.placement_id), None)
    newer = newer_of(talk, folder.talks)
    replaced = talk.status == LockStatus.CORRECTED and newer is not None
    kind = text(f"word.talk.{talk.kind}")
    title = guide.title if guide and guide.revised else kind[:1].upper() + kind[1:]
    who = folder.people.get(talk.with_id or "")
    signed = folder.signatures_of(talk.id)
    meanings = {s.meaning for s in signed}
    # What a signature says of a talk is not what it says of a form.
    found = tuple(
        replace(line, meaning=text(f"talks_view.meaning.{s.meaning}"))
        for line, s in zip(signatures(folder, talk.id), signed, strict=True)
    )
    return TalkDocument(
        imprint=imprint(
            folder,
            placement or folder.placement_on(talk.held_on or on),
            number=number_of(talk.id),
            author=folder.name_of(talk.with_id),
            issued_on=on,
            evidence_on=talk.held_on or on,
            region=region,
        ),
        title=title,
        name=folder.trainee.name,
        kind=str(folder.training.kind),
        placement=placement_words(folder, placement),
        held_on=talk.held_on,
        held_by=", ".join(filter(None, (who.name, who.title))) if who else "",
        status=LockStatus(talk.status),
        confirmed=Meaning.TAKES_PART in meanings,
        revised=guide is not None and guide.revised,
        corrects=number_of(talk.corrects_id) if talk.corrects_id else "",
        replaced_by=number_of(newer.id) if replaced and newer else "",
        reason=talk.void_reason or talk.correction_reason,
        parts=tuple(_part(guide, section, talk.answers) for section in guide.sections)
        if guide and talk.answers
        else (),
        note=talk.note,
        agreed=tuple(
            AgreedLine(
                a.text,
                folder.name_of(a.owner_id)
                or of_kind(text(f"word.owner.{a.owner}"), folder.training.kind),
                a.due,
                a.done_on,
                a.dropped_on is not None,
            )
            for a in folder.agreements
            if a.origin_kind == ORIGIN and a.origin_id == talk.id
        ),
        basis=from_json(talk.basis),
        signatures=found,
        wording=guide.wording if guide else "",
    )


def _part(guide: TalkGuide, section: ItemSection, answers: dict[str, Any]) -> AnswerPart:
    lines = tuple(_line(guide, item, answers) for item in section.items)
    return AnswerPart(section.title, lines)


def _line(guide: TalkGuide, item: Item, answers: dict[str, Any]) -> AnswerLine:
    given = answers.get(item.id)
    words = text("document.unanswered")
    if item.id in answers and given is None:
        words = text("talks_print.not_observed")
    elif item.type == "scale" and isinstance(given, int):
        scale = guide.scale_of(item)
        level = scale.level(given) if scale else None
        words = level.label if level else str(given)
    elif item.type == "choice":
        chosen = given if isinstance(given, list) else [given]
        labels = [choice.label for choice in item.choices if choice.id in chosen]
        words = ", ".join(labels) or words
    elif given not in (None, ""):
        words = str(given)
    remark = str(answers.get(item.comment_key) or "")
    return AnswerLine(item.label, words, remark, prose=item.type == "text")
