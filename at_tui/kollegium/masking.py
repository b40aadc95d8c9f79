"""Take away who it is about, for a pack that is used in training supervisors.

Names of doctors become numbers whose order tells nothing, units become numbers, days become
months into the training; in free text everything that looks like a name in the register, a unit,
an address, a number or a day is struck out. It is masking, not anonymity in law: someone who knows
the doctor may still know the story, and the print says so.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
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
    from data.kollegium_rows import Shelf

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+|https?://\S+|www\.\S+", re.IGNORECASE)
_MONTHS = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
_SHORT = "jan|feb|mar|apr|jun|jul|aug|sept?|okt|nov|dec"
_DAY = re.compile(
    rf"\d{{4}}-\d{{2}}-\d{{2}}|\b\d{{1,2}}(?::?[ae])?\s+({_MONTHS}|{_SHORT})\b\.?(\s+\d{{4}})?"
    r"|\b\d{1,2}/\d{1,2}(-\d{2,4})?\b",
    re.IGNORECASE,
)
_SAFE_FLAGS = frozenset(
    {
        FlagCode.EMPTY, FlagCode.NO_PLACEMENT, FlagCode.UNNAMED, FlagCode.QUIET, FlagCode.UNSEEN,
        FlagCode.LATE, FlagCode.MISSING, FlagCode.DRAFTS,
    }
)  # fmt: skip
_SHORTEST = 3
"""A part of a name shorter than this is struck out only within the whole name."""


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
        places = [w for u in shelf.units.values() for w in (u.name, u.site, u.region) if w]
        self._people = _any_of(people)
        self._places = _any_of(places)

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
            findings=tuple(replace(finding, sentence="") for finding in picture.findings),
            unheard=tuple(
                replace(each, person_id="", person=text("kollegium.mask.supervisor")
                        if each.person else "", unit_id="", unit=self.unit(each.unit))
                for each in picture.unheard
            ),
            plan=None,
            masked=True,
        )  # fmt: skip

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


def _any_of(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern that finds every name, whole or in its parts.

    Whole names in any case; parts only with a capital, since many names are words too.
    """
    whole = {clean(name, one_line=True) for name in names} - {""}
    parts = {
        part
        for name in whole
        for part in re.split(r"[\s,.()/-]+", name)
        if len(part) >= _SHORTEST and part[0].isupper()
    }
    if not whole:
        return None
    longest_first = sorted(whole, key=len, reverse=True)
    of_whole = "|".join(re.escape(name) for name in longest_first)
    of_parts = "|".join(re.escape(part) for part in sorted(parts, key=len, reverse=True))
    pattern = rf"\b(?i:{of_whole})\b"
    # Sjövik, Sjöviks, Sjövikens: Swedish hangs its endings on the name.
    return re.compile(pattern + (rf"|\b(?:{of_parts})\w{{0,3}}\b" if of_parts else ""))
