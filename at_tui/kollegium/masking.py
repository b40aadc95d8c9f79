"""Take away who it is about, for a pack that is used in training supervisors.

Names of doctors become numbers whose order tells nothing, units become numbers, days become
months into the training; in free text everything that looks like a name in the register, a unit,
an address, a number or a day is struck out, rather a word too many. Whoever is one of very few in
their kind of training is left out. It is masking, not anonymity in law: someone who knows the
doctor may still know the story, and the print says so.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from at_tui.kollegium.cohort import FlagCode
from at_tui.language import text
from schema.personnummer import find_sensitive
from schema.text import clean

if TYPE_CHECKING:
    from at_tui.kollegium.picture import ActionLine, LastTime, Picture
    from at_tui.kollegium.triage import Triage
    from data.kollegium_shelf import Shelf

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+|https?://\S+|www\.\S+", re.IGNORECASE)
_MONTHS = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
_SHORT = "jan|feb|mar|apr|jun|jul|aug|sept?|okt|nov|dec"
_DAY = re.compile(
    rf"\d{{4}}-\d{{2}}-\d{{2}}|\b\d{{1,2}}(?::?[ae])?\s+({_MONTHS}|{_SHORT})\b\.?(\s+\d{{4}})?"
    rf"|\b\d{{1,2}}/\d{{1,2}}(-\d{{2,4}})?\b|\b({_MONTHS})\b(\s+\d{{4}})?"
    r"|\b(vecka|v\.?)\s?\d{1,2}\b|\b(19|20)\d{2}\b",
    re.IGNORECASE,
)
_SAFE_FLAGS = frozenset(
    {
        FlagCode.EMPTY, FlagCode.NO_PLACEMENT, FlagCode.UNNAMED, FlagCode.QUIET, FlagCode.UNSEEN,
        FlagCode.LATE, FlagCode.MISSING, FlagCode.DRAFTS,
    }
)  # fmt: skip
_SHORTEST = 3
"""A part of a place shorter than this is struck out only within the whole name."""
_PARTICLES = frozenset(
    {"Af", "Al", "Av", "D", "Da", "De", "Del", "Den", "Der", "Di", "Du", "El", "La", "Le", "O",
     "Van", "Von"}
)  # fmt: skip
"""Parts of names that begin sentences, or are no names."""
_PREPOSITIONS = frozenset({"Per"})
"""First names that are struck out only with their capital."""
FEW = 3
"""With fewer than so many in a kind of training among others, that they are in it tells who."""


class Mask:
    """Knows every name on a shelf and what stands in its place.

    Args:
        salt: Decides the order of the numbers; the meeting's id, so that one pack is the same
            each time it is printed and no two packs have the same numbers.
    """

    def __init__(self, shelf: Shelf, salt: str) -> None:
        trainings = [binder.id for binder in shelf.binders]
        self._doctors = _numbered(trainings, salt)
        self._units = {
            shelf.unit(id): text("kollegium.mask.unit", number=number)
            for id, number in _numbered(shelf.units, salt).items()
        }
        people = [p.name for p in shelf.people.values()] + [b.name for b in shelf.binders]
        towns = [w for u in shelf.units.values() for w in (u.site, u.region) if w]
        places = [u.name for u in shelf.units.values() if u.name] + towns
        self._people = _any_name([*people, *shelf.doctors])
        self._places = _any_of(places)
        self._towns = _any_of(towns)

    def name(self, training_id: str) -> str:
        """Return what a doctor is called."""
        return text("kollegium.mask.doctor", number=self._doctors.get(training_id, 0))

    def unit(self, name: str) -> str:
        """Return what a unit is called; the empty string for none."""
        return self._units.get(name, text("kollegium.mask.place")) if name else ""

    def words(self, written: str) -> str:
        """Return free text with everything struck out that may say who or where it is."""
        found = clean(written)
        for hit in sorted(find_sensitive(found), key=lambda hit: hit.start, reverse=True):
            found = found[: hit.start] + text("kollegium.mask.number") + found[hit.end :]
        found = _ADDRESS.sub(text("kollegium.mask.address"), found)
        found = _DAY.sub(text("kollegium.mask.day"), found)
        for pattern, word in ((self._people, "name"), (self._places, "place")):
            if pattern is not None:
                found = pattern.sub(text(f"kollegium.mask.{word}"), found)
        return found

    def picture(self, picture: Picture) -> Picture:
        """Return a picture without names, places and days."""
        number = str(self._doctors.get(picture.training_id, 0))
        return replace(
            picture,
            training_id=f"masked-{number}",
            name=self.name(picture.training_id),
            start_group="",
            programme="",
            triage=self._triage(picture.triage),
            flags=tuple(flag for flag in picture.flags if flag.code in _SAFE_FLAGS),
            last=self._last(picture.last),
            unit=self.unit(picture.unit),
            supervisor=text("kollegium.mask.supervisor") if picture.supervisor else "",
            stays=tuple(
                replace(stay, unit=self.unit(stay.unit), supervisor="") for stay in picture.stays
            ),
            quotes=tuple(
                replace(quote, said=tuple((role, self.words(said)) for role, said in quote.said),
                        assessor="")
                for quote in picture.quotes
            ),
            findings=tuple(
                replace(finding, title=self._title(finding.title), sentence="")
                for finding in picture.findings
            ),
            unheard=tuple(
                replace(each, person_id="", person=text("kollegium.mask.supervisor")
                        if each.person else "", unit_id="", unit=self.unit(each.unit))
                for each in picture.unheard
            ),
            plan=None,
            masked=True,
        )  # fmt: skip

    def _title(self, title: str) -> str:
        """Return a requirement's title without the region that asks for it."""
        return self._towns.sub(text("kollegium.mask.place"), title) if self._towns else title

    def _triage(self, found: Triage) -> Triage:
        reasons = tuple(
            replace(r, sentence=self.words(r.sentence), short=self.words(r.short))
            for r in found.reasons
        )
        return replace(found, reasons=reasons)

    def _last(self, last: LastTime | None) -> LastTime | None:
        if last is None:
            return None
        return replace(
            last,
            title=text("kollegium.mask.meeting"),
            text=self.words(last.text),
            actions=tuple(self._action(a) for a in last.actions),
            older=tuple(self._action(a) for a in last.older),
        )

    def _action(self, action: ActionLine) -> ActionLine:
        owner = self._people.sub(text("kollegium.mask.name"), action.owner) if self._people else ""
        return replace(action, agreement_id="", text=self.words(action.text), owner=owner)


def months_into(start: date, day: date) -> int:
    """Return which month of the training a day lies in, from 1: what a masked page says instead."""
    whole = (day.year - start.year) * 12 + day.month - start.month - (day.day < start.day)
    return max(1, whole + 1)


def _numbered(ids: Iterable[str], salt: str) -> dict[str, int]:
    """Return numbers from 1 in an order that follows neither names nor starts."""
    every = sorted(ids, key=lambda id: hashlib.sha256(f"{salt}/{id}".encode()).digest())
    return {id: number for number, id in enumerate(every, start=1)}


def too_few(kinds: Sequence[str]) -> frozenset[str]:
    """Return the kinds of training that so few are in, among others, that it tells who they are."""
    counted = Counter(kinds)
    if max(counted.values(), default=0) < FEW:
        return frozenset()
    return frozenset(kind for kind, count in counted.items() if count < FEW)


_APART = re.compile(r"[\s,.()/-]+")


def _any_of(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern that finds every place, whole or in its parts.

    Whole names in any case; parts only with a capital, since many are words too.
    """
    whole = {clean(name, one_line=True) for name in names} - {""}
    parts = {part for name in whole for part in _APART.split(name)
             if len(part) >= _SHORTEST and part[0].isupper()}  # fmt: skip
    # Sjövik, Sjöviks, Sjövikens: Swedish hangs its endings on the name.
    return _pattern((rf"(?i:{_either(whole)})", whole), (rf"(?:{_either(parts)})\w{{0,3}}", parts))


def _any_name(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern that finds every person, whole or in parts.

    Whole names and first names in any case, since notes are typed in haste; other parts, and
    those of two letters, with a capital: Frisk and Lång are words too.
    """
    whole = {clean(name, one_line=True) for name in names} - {""}
    first, parts, short = set[str](), set[str](), set[str]()
    for name in whole:
        for place, word in enumerate(name.split()):
            for part in {*_APART.split(word), word} - _PARTICLES:
                if len(part) >= _SHORTEST and part[0].isupper():
                    parts.add(part)
                    first |= {part} - _PREPOSITIONS if not place else set()
                elif len(part) == _SHORTEST - 1 and part[0].isupper():
                    short.add(part)
    return _pattern(
        (rf"(?i:{_either(whole)})", whole),
        (rf"(?:{_either(parts)})\w{{0,3}}", parts),
        (rf"(?i:(?:{_either(first)})s?)", first),
        (rf"(?:{_either(short)})s?", short),
    )


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


def _pattern(*parts: tuple[str, set[str]]) -> re.Pattern[str] | None:
    """Return the patterns that have words in them as one; None when none has."""
    found = [rf"\b{pattern}\b" for pattern, words in parts if words]
    return re.compile("|".join(found)) if found else None
