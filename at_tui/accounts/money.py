"""Kronor and öre as they are written and read in Swedish. Amounts are whole öre."""

from __future__ import annotations

import re

from schema.fault import Fault
from schema.text import clean

ORE = 100
MOST_ORE = 100_000_000
"""A million kronor: as much as a record holds."""
_AMOUNT = re.compile(r"(\d{1,9})(?:[.,:](\d{1,2}|-))?(?:kr|:-|sek)?", re.ASCII)


def kronor(ore: int) -> str:
    """Return e.g. `15 000 kr` or `1 249,50 kr`."""
    sign = "−" if ore < 0 else ""
    whole, rest = divmod(abs(ore), ORE)
    shown = f"{whole:,}".replace(",", " ")
    return f"{sign}{shown},{rest:02d} kr" if rest else f"{sign}{shown} kr"


def read_kronor(typed: str) -> int:
    """Return the öre of an amount such as `1 249,50`, `1249:50` or `15 000 kr`.

    Raises:
        Fault: `account.amount_unclear` when it is no amount, `account.amount_range` when it is
            nothing or more than a million kronor.
    """
    plain = "".join(clean(typed, one_line=True).casefold().split())
    match = _AMOUNT.fullmatch(plain)
    if match is None:
        raise Fault("account.amount_unclear", exit_code=2)
    decimals = match[2] if match[2] and match[2] != "-" else "0"
    ore = int(match[1]) * ORE + int(decimals.ljust(2, "0"))
    if not 0 < ore <= MOST_ORE:
        raise Fault("account.amount_range", exit_code=2)
    return ore
