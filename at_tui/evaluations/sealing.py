"""From a filled-in form to a sealed evaluation: what it must hold, and what it must not."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from at_tui.assessing import check_answer
from schema.personnummer import find_sensitive
from schema.text import clean, sort_key

if TYPE_CHECKING:
    from schema.content.instrument import Instrument

_WORD = re.compile(r"[^\W\d_]{2,}")
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Telling:
    """Words in a free text that may tell who wrote it, or whom it is about."""

    item_id: str
    label: str
    excerpt: str


def answers_to_seal(instrument: Instrument, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers as they are sealed: of the instrument's sections only.

    What the form is about (a lecture's title and day) is kept apart or left out, and nothing
    that is no answer is kept.
    """
    asked = {item.id: item for section in instrument.sections for item in section.items}
    found: dict[str, Any] = {}
    for name, value in answers.items():
        item = asked.get(name)
        if item is None or value is None or check_answer(instrument, item, value) is not None:
            continue
        given = clean(value) if isinstance(value, str) else value
        if given not in ("", []):
            found[name] = given
    for item in asked.values():
        remark = answers.get(item.comment_key)
        if item.comment and isinstance(remark, str) and clean(remark).strip():
            found[item.comment_key] = clean(remark)
    return found


def lacking(instrument: Instrument, answers: Mapping[str, Any]) -> list[str]:
    """Return the ids of the first items of sections in which too little is answered."""
    given = answers_to_seal(instrument, answers)
    short = []
    for section in instrument.sections:
        done = sum(item.id in given for item in section.items)
        if done < section.at_least:
            short.append(next(item.id for item in section.items if item.id not in given))
    return short


def telling(
    instrument: Instrument, answers: Mapping[str, Any], names: Collection[str]
) -> list[Telling]:
    """Return what in the free texts looks like a name of the register, a number or a patient's.

    Args:
        names: Everyone's names in the records, whole.
    """
    known = {word for name in names for word in sort_key(name).split() if len(word) >= _SHORTEST}
    found: list[Telling] = []
    for item in instrument.items():
        said = answers.get(item.id if item.type == "text" else item.comment_key)
        if not isinstance(said, str):
            continue
        hits = [said[hit.start : hit.end] for hit in find_sensitive(said)]
        # A name begins with a capital; "sten" and "björn" are words too.
        hits += [w for w in _WORD.findall(said) if w[0].isupper() and sort_key(w) in known]
        found += [Telling(item.id, item.label, hit) for hit in dict.fromkeys(hits)]
    return found
