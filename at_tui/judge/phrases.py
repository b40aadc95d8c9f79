"""Numbers, days and lists as a Swedish reader writes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import cache
from math import floor
from typing import TYPE_CHECKING

from at_tui.judge.calendar import week_number
from at_tui.language import has, text

if TYPE_CHECKING:
    from at_tui.judge.finding import Number


@cache
def day(value: date) -> str:
    """Return "24 nov 2026"."""
    return f"{value.day} {text(f'judge.month_short.{value.month}')} {value.year}"


def number(value: Number) -> str:
    """Return a number with a decimal comma, cut (never rounded up) to one decimal.

    17.97 months of 18 are shown as 17,9: what is not reached must not look reached.
    """
    if isinstance(value, int):
        return f"{value:,}".replace(",", " ")
    # A float such as 0.3 lies a hair below the number it was written as.
    tenths = floor(value * 10 + 1e-9) if isinstance(value, float) else floor(value * 10)
    whole, tenth = divmod(tenths, 10)
    shown = f"{whole:,}".replace(",", " ")
    return f"{shown},{tenth}" if tenth else shown


def amount(value: Number, unit: str) -> str:
    """Return "9 veckor", "1 vecka", "1,5 h"."""
    return f"{number(value)} {unit_word(unit, value)}"


def unit_word(unit: str, value: Number) -> str:
    """Return the unit's word in the right number."""
    one, _, many = text(f"judge.unit.{unit}").partition("|")
    return one if value == 1 or not many else many


def missing(need: Number, have: Number) -> Fraction:
    """Return what lacks, rounded up to one decimal, so that it is never shown as nothing."""
    lack = Fraction(need) - Fraction(have)
    return Fraction(-floor(-lack * 10), 10)


def listing(items: Sequence[str]) -> str:
    """Return "a, b och c"."""
    if len(items) < 2:
        return "".join(items)
    return text("judge.and", first=", ".join(items[:-1]), last=items[-1])


def some(items: Sequence[str], of: int | None = None, most: int = 4) -> str:
    """Return the last few of a list, and how many there are beside them.

    `of` is how many there are in all, when `items` holds only the last of them.
    """
    rest = (len(items) if of is None else of) - most
    if rest <= 0:
        return listing(items)
    return text("judge.and_more", shown=", ".join(items[-most:]), rest=rest)


def section_names(sections: Sequence[str]) -> str:
    return listing([_section(section) for section in sections])


@cache
def _section(code: str) -> str:
    """Return a section's short name; one that no catalogue knows as it stands."""
    key = f"word.section_short.{code}"
    return text(key) if has(key) else code


def window_label(per: str, start: date, end: date) -> str:
    """Return "v 41", "v 41–42", "november 2026", "kvartal 4 2026", "HT 2026" …"""
    if per == "week":
        first, last = week_number(start), week_number(end)
        return f"v {first}" if first == last else f"v {first}–{last}"
    values: dict[str, object] = {"year": start.year}
    if per == "month":
        name = text(f"judge.month.{start.month}")
        if (start.year, start.month) != (end.year, end.month):
            name += f"–{text(f'judge.month.{end.month}')}"
        return f"{name} {end.year}"
    if per == "quarter":
        values["number"] = (start.month + 2) // 3
    if per in ("half_year", "term"):
        per += "_1" if start.month <= 6 else "_2"
    return text(f"judge.window.{per}", **values)
