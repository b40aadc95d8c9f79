"""Swedish personal identity numbers: read, check, mask, and find in free text.

Sources: folkbokföringslagen (1991:481) 18 § (form, control digit, "+" from the year one turns
100); lag (2022:1697) om samordningsnummer 2 kap. 8 § (day of birth plus 60). Neither sex nor birth
day is read out of a number: when birth numbers run out another day near is used.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schema.fault import Fault


@dataclass(frozen=True, slots=True)
class Personnummer:
    """A checked number. `digits` is its twelve digits, the form that is kept."""

    digits: str

    @property
    def coordination(self) -> bool:
        """Whether it is a samordningsnummer."""
        return int(self.digits[6:8]) > 60

    @property
    def written(self) -> str:
        """As printed on documents that need it: 19640823-3234."""
        return f"{self.digits[:8]}-{self.digits[8:]}"

    @property
    def masked(self) -> str:
        """As shown on screen and in lists: 19640823-••••."""
        return f"{self.digits[:8]}-••••"


_WORKING_LIVES = date(2030, 12, 31)
_WRITTEN = re.compile(r"(\d{2})?(\d{6})([-+]?)(\d{4})", re.ASCII)


def parse(text: str, *, on: date) -> Personnummer:
    """Return the personnummer or samordningsnummer that `text` writes.

    Takes ten or twelve digits with or without hyphen or "+", and spaces anywhere. Ten digits mean
    the latest century that does not lie after `on`; with "+" a hundred years before that.

    Raises:
        Fault: `personnummer.form` (not a number's form), `personnummer.date` (no such day, or one
            after `on`), `personnummer.checksum` (the last digit does not fit).
    """
    found = _WRITTEN.fullmatch(_plain("".join(text.split())))
    if found is None:
        raise Fault("personnummer.form", exit_code=1)
    century, birth, sign, tail = found.groups()
    if century is None:
        century = _century(birth, sign, on)
    day = _birth_day(century + birth)
    if day is None or day > on or tail.startswith("000"):
        raise Fault("personnummer.date", exit_code=1)
    if not _checksum_fits(birth + tail):
        raise Fault("personnummer.checksum", exit_code=1)
    return Personnummer(century + birth + tail)


def normalise(text: str) -> str:
    """Return the twelve digits of `text`, for a record's own check, which reads no clock.

    Ten digits mean someone born 1931 to 2030: doctors in training for some decades to come.

    Raises:
        ValueError: with the fault's code as its message, as `parse` would give it.
    """
    try:
        return parse(text, on=_WORKING_LIVES).digits
    except Fault as fault:
        raise ValueError(fault.code) from None


class HitKind(StrEnum):
    """What a stretch of free text looks like."""

    PERSONNUMMER = "personnummer"
    SAMORDNINGSNUMMER = "samordningsnummer"
    PHONE = "phone"
    PLACE = "place"
    """A room or a bed."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Text that may point at a patient: `text[start:end]` of what was searched."""

    kind: HitKind
    start: int
    end: int


_DASH = r"\-‐‑‒–—−"
_NUMBER = re.compile(rf"(?<!\d)(18|19|20)?(\d{{6}})\s?[{_DASH}+]?\s?(\d{{4}})(?!\d)")
_PHONE = re.compile(
    rf"""(?<!\d)(?<!\d[{_DASH}+.,:])(?:
        (?:\+|00)46[ ]?(?:\(0\))?[ {_DASH}]?[1-9]\d{{0,2}}(?:[ {_DASH}]{{0,2}}\d{{2,3}}){{2,4}}
      | \+(?!46)[1-9](?:[ {_DASH}]?\d){{7,13}}
      | 0[1-9]\d{{7,8}}
      | 08\d{{6}}
      | (?:08|0[1-9]\d{{1,2}})(?:[ ]?[{_DASH}/][ ]?|[ ])(?=(?:[ {_DASH}]?\d){{5,8}}(?!\d))
        \d{{2,3}}(?:[ {_DASH}]?\d{{2,3}}){{1,3}}
    )(?!\d)""",
    re.VERBOSE,
)
_PLACE = re.compile(
    r"(?<![\w-])(?:(?:patient|vård|enkel|undersöknings|akut)?(?:rum|sal|säng|bädd)(?:met|en|ens)?"
    r"|(?:vård|säng|bädd)plats(?:en)?|bås)"
    r"(?:\s*(?:nr|nummer|no)\.?)?\s*\d{1,3}(?:[:.,/-]\d{1,3})?(?:\s?[a-d](?!\w))?(?!\w)",
    re.IGNORECASE,
)


def find_sensitive(text: str) -> list[Hit]:
    """Return what in `text` looks like a person's number, a telephone, or a room or a bed.

    A person's number counts only when its day exists and its control digit fits.
    The hits come in the order of the text and do not overlap. Never raises, whatever the text.
    """
    plain = _plain(text)
    hits: list[Hit] = []
    for found in _NUMBER.finditer(plain):
        century, birth, tail = found[1] or "20", found[2], found[3]
        if _birth_day(century + birth) is not None and _checksum_fits(birth + tail):
            coordination = int(birth[4:]) > 60
            kind = HitKind.SAMORDNINGSNUMMER if coordination else HitKind.PERSONNUMMER
            hits.append(Hit(kind, *found.span()))
    for pattern, kind in ((_PHONE, HitKind.PHONE), (_PLACE, HitKind.PLACE)):
        for found in pattern.finditer(plain):
            start, end = found.span()
            if not any(hit.start < end and start < hit.end for hit in hits):
                hits.append(Hit(kind, start, end))
    return sorted(hits, key=lambda hit: hit.start)


def _plain(text: str) -> str:
    """Return `text` with every script's digits as 0-9, character for character."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else character
        for character in text
    )


def _century(birth: str, sign: str, on: date) -> str:
    """Return the century of ten digits: "+" is written from the year one turns 100."""
    year = on.year - (on.year - int(birth[:2])) % 100
    day = _birth_day(f"{year // 100:02d}{birth}")
    if sign == "+" or (day is not None and day > on):
        year -= 100
    return f"{year // 100:02d}"


def _birth_day(digits: str) -> date | None:
    """Return the day of ÅÅÅÅMMDD, less the 60 that a samordningsnummer adds; None if none."""
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    try:
        return date(year, month, day - 60 if day > 60 else day)
    except ValueError:
        return None


def _checksum_fits(ten: str) -> bool:
    # Deferred: stdnum costs some 60 ms to import cold, and start-up needs no checksum.
    from stdnum import luhn

    return bool(luhn.is_valid(ten))
