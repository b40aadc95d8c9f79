"""A record's life: who changed what and when, read from the change history."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, get_args

from at_tui.kind_words import content_of_kind, of_kind
from at_tui.language import has, text
from schema.fault import Fault
from schema.words import (
    AbsenceKind,
    AgreementOwner,
    CancelReason,
    CertificateKind,
    EducationKind,
    IntroductionKind,
    Kind,
    Level,
    LockStatus,
    Meaning,
    MeetingRhythm,
    Outcome,
    RoleKind,
    SectionCode,
    SupervisionForm,
    SupervisionStatus,
    TalkKind,
)

# Table classes bring SQLModel, 0.6 to 1.2 s: imported when a life is read.
if TYPE_CHECKING:
    from data.work import Work
    from schema.content.instrument import Instrument

_WORDS: dict[type[StrEnum], str] = {
    AbsenceKind: "absence", AgreementOwner: "owner", CancelReason: "cancel",
    CertificateKind: "certificate", EducationKind: "education", IntroductionKind: "introduction",
    Kind: "kind", Level: "level", LockStatus: "lock", Meaning: "meaning", MeetingRhythm: "rhythm",
    Outcome: "outcome", RoleKind: "role", SectionCode: "section", SupervisionForm: "form",
    SupervisionStatus: "supervision", TalkKind: "talk",
}  # fmt: skip
"""Tables of `word.toml` by the set of words they name."""
_NOT_SHOWN = frozenset({"id", "rev", "sort_key", "corrects_id", "basis"})
"""The basis of a talk stands on the talk itself, as both saw it."""
_BY_ITEM = ("answers", "own_answers", "context")
_NAMED = ("Person", "Trainee", "Unit")
_MASK = "••••••••-••••"


@dataclass(frozen=True)
class Change:
    """One field: its name in words, and its value before and after (None: nothing there)."""

    label: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Step:
    """One act: by whom, when, what, and which fields it changed.

    Attributes:
        act: As the history has it (added, changed, signed, corrected, voided, removed, erased),
            or `signature` with the meaning in `words`.
    """

    at: datetime
    author: str
    act: str
    words: str = ""
    changes: tuple[Change, ...] = ()


@dataclass
class Life:
    """What a record is, and its steps, latest first.

    `before` is the life of the record that it corrects.
    """

    kind: str
    steps: list[Step] = field(default_factory=list)
    before: Life | None = None


def life(work: Work, record_id: str) -> Life:
    """Return the life of a record.

    Raises:
        Fault: `store.no_record`, when the history does not know it.
    """
    return _life(work, record_id, depth=0)


def _life(work: Work, record_id: str, depth: int) -> Life:
    from schema.tables import Signature

    versions = work.versions_of(record_id)
    if not versions:
        raise Fault("store.no_record", exit_code=1)
    found = Life(versions[0].kind)
    contents = {v.id: json.loads(v.payload) if v.payload else {} for v in versions}
    names = _Names(work)
    last: dict[str, Any] = {}
    for version in versions:
        parent: dict[str, Any] = next((contents[p] for p in version.parents if p in contents), {})
        now = contents[version.id]
        changes = tuple(_changes(version.kind, parent, now, names)) if version.payload else ()
        author = names.name(version.author)
        found.steps.append(Step(version.at, author, version.act, "", changes))
        last = now or last
    for signature in work.all(Signature, Signature.record_id == record_id):
        words = text(f"word.meaning.{signature.meaning}")
        found.steps.append(Step(signature.at, signature.signer_name, "signature", words))
    found.steps.sort(key=lambda step: step.at)
    found.steps.reverse()
    older = str(last.get("corrects_id") or "")
    if older and depth < 20 and work.version_of(older) is not None:
        found.before = _life(work, older, depth + 1)
    return found


class _Names:
    """Names of people and units by their ids, read once."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._known: dict[str, str] = {}

    def name(self, id_: str) -> str:
        """Return the name, or what stands there."""
        if id_ not in self._known:
            self._known[id_] = self._read(id_)
        return self._known[id_]

    def training(self, record: dict[str, Any]) -> str:
        """Return the kind of the training that a record is of; AT where it is of none."""
        from schema.tables import Training

        training = self._work.get(Training, str(record.get("training_id") or ""))
        return training.kind if training is not None else Kind.AT

    def _read(self, id_: str) -> str:
        from schema.tables import KINDS, Placement, Training

        if len(id_) == 36:
            for kind in _NAMED:
                record = self._work.get(KINDS[kind], id_)
                if record is not None:
                    return str(getattr(record, "name", id_))
            training = self._work.get(Training, id_)
            if training is not None:
                return self.name(training.trainee_id)
            placement = self._work.get(Placement, id_)
            if placement is not None:
                section = text(f"word.section_short.{placement.section}")
                return text("life.stay", section=section, start=placement.start)
            version = self._work.version_of(id_)
            if version is not None and has(f"life.kind.{version.kind}"):
                return text(f"life.kind.{version.kind}")
        return text(f"life.author.{id_}") if has(f"life.author.{id_}") else id_


def between(work: Work, kind: str, before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """Return what differs between two contents of one record; all of it when `before` is empty."""
    return list(_changes(kind, before, after, _Names(work)))


def _changes(
    kind_name: str, before: dict[str, Any], after: dict[str, Any], names: _Names
) -> Iterator[Change]:
    from schema.tables import KINDS

    kind = KINDS.get(kind_name)
    fields = kind.model_fields if kind is not None else {}
    training = names.training(after or before)
    for name in dict.fromkeys([*after, *before]):
        old, new = before.get(name), after.get(name)
        if name in _NOT_SHOWN or old == new or (not before and new in (None, "", [], {}, False)):
            continue
        if name in _BY_ITEM and kind_name in ("Assessment", "Talk"):
            yield from _items(name, old or {}, new or {}, after, training)
            continue
        words = _enum(fields[name].annotation) if name in fields else None
        key = f"field.{name}"
        label = text(key) if has(key) else name
        was, now = (_value(name, value, words, names, training) for value in (old, new))
        yield Change(label, was, now)


def _enum(annotation: Any) -> type[StrEnum] | None:
    for one in (annotation, *get_args(annotation)):
        if isinstance(one, type) and issubclass(one, StrEnum):
            return one
    return None


def _value(name: str, value: Any, words: type[StrEnum] | None, names: _Names, training: str) -> Any:
    if value in (None, "", [], {}):
        return None
    if name == "personnummer":
        return _MASK
    if words in _WORDS and has(f"word.{_WORDS[words]}.{value}"):
        return of_kind(text(f"word.{_WORDS[words]}.{value}"), training)
    if isinstance(value, str) and name.endswith("_id"):
        return names.name(value)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(names.name(one) for one in value)
    return value


def _items(
    field_name: str, old: dict[str, Any], new: dict[str, Any], record: dict[str, Any], training: str
) -> Iterator[Change]:
    """Yield the answers that differ, by the form's own words for that kind of training."""
    found = _instrument(record)
    instrument = content_of_kind(found, training) if found else None
    variant = str(record.get("variant") or "")
    for id_ in dict.fromkeys([*new, *old]):
        if old.get(id_) == new.get(id_) and (id_ in old) == (id_ in new):
            continue
        label = _item_label(instrument, id_)
        if field_name == "own_answers":
            label = text("life.own", label=label)
        before, after = (
            _answer(instrument, variant, id_, answers[id_]) if id_ in answers else None
            for answers in (old, new)
        )
        yield Change(label, before, after)


def _instrument(record: dict[str, Any]) -> Instrument | None:
    from at_tui.talks.guides import guide_of
    from data import content

    if "guide_version" in record:
        return guide_of(str(record.get("kind")), str(record["guide_version"]))
    try:
        return content.instrument(
            str(record.get("instrument_id")), str(record.get("instrument_version"))
        )
    except Fault:
        return None


def _item_label(instrument: Instrument | None, id_: str) -> str:
    item = instrument.item(id_) if instrument else None
    return item.label if item else id_


def _answer(instrument: Instrument | None, variant: str, id_: str, value: Any) -> Any:
    """Return an answer in the words of its scale or its choices."""
    if value is None:
        return text("life.not_observed")
    item = instrument.item(id_) if instrument else None
    if instrument is None or item is None:
        return value
    try:
        scale = instrument.scale_of(item, variant)
    except KeyError:
        return value
    level = next((one for one in scale.levels if one.value == value), None) if scale else None
    return f"{level.value} {level.label}" if level else value
