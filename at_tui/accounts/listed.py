"""All accounts as a CSV file, for whoever pays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from at_tui.accounts.money import ORE
from at_tui.language import text
from at_tui.printing import file_name, write_document
from at_tui.register.csv_list import csv_bytes

if TYPE_CHECKING:
    from at_tui.accounts.reading import Purse

COLUMNS = ("name", "programme", "whole", "used", "waiting", "left", "leave", "leave_left")


def accounts_csv(found: Sequence[Purse]) -> bytes:
    """Return one row for each account; sums in kronor with a decimal comma."""
    head = [text(f"account.csv.{name}") for name in COLUMNS]
    return csv_bytes(head, [_row(one) for one in found])


def write_list(found: Sequence[Purse], folder: Path, on: date) -> Path:
    """Write the list and return where it lies.

    Raises:
        Fault: `print.not_written`.
    """
    name = file_name(text("account.overview.file"), on.isoformat(), ending="csv")
    return write_document(folder, name, accounts_csv(found))


def _row(one: Purse) -> list[object]:
    sums: list[object] = [None] * 4
    if one.balance is not None:
        b = one.balance
        sums = [_kronor(ore) for ore in (b.whole, b.used, b.waiting, b.left)]
    days: list[object] = [None, None]
    if one.course is not None:
        days = [one.course.used, one.course.left]
    return [one.trainee.name, one.plan.title, *sums, *days]


def _kronor(ore: int) -> Decimal | int:
    return ore // ORE if ore % ORE == 0 else Decimal(ore).scaleb(-2)
