"""What is done with an application: approved, refused, taken back, printed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from at_tui.accounts.checks import Around, Purchase, check_approval
from at_tui.accounts.reading import Purse, purse
from at_tui.language import text
from schema.fault import Fault

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from data.store import Store
    from schema.tables import Absence, AccountEntry, Record


def around_of(found: Purse, entry: AccountEntry | None) -> Around:
    """Return what a purchase is held against; its own amount is not taken off what is left.

    Raises:
        Fault: `account.not.nothing_granted` when the plan has no account.
    """
    if found.account is None or found.balance is None:
        raise Fault("account.not.nothing_granted", exit_code=2)
    left = found.balance.left
    counted = next((x for x in found.lines if entry and x.entry.id == entry.id), None)
    if counted is not None and counted.state.value not in ("waiting", "refused"):
        left += counted.entry.amount_ore
    end = found.training.ended_on or found.training.end
    return Around(found.account, left, found.training.start, end, found.on)


def typed_of(entry: AccountEntry) -> Purchase:
    """Return a purchase as it stands."""
    return Purchase(
        purpose=entry.purpose,
        amount_ore=entry.amount_ore,
        applied_on=entry.applied_on,
        approved_on=entry.approved_on,
        receipt_on=entry.receipt_on,
        paid_on=entry.paid_on,
    )


def approve(store: Store, entry: AccountEntry, author: str, on: date) -> None:
    """Approve an application on the day `on`.

    Raises:
        Fault: the first thing that stops it (`account.*`), or `store.*`.
    """
    around = around_of(purse(store, entry.training_id, on), entry)
    before = typed_of(entry)
    typed = Purchase(
        purpose=before.purpose,
        amount_ore=before.amount_ore,
        applied_on=before.applied_on,
        approved_on=on,
    )
    for problem in check_approval(typed, around):
        raise Fault(problem.code, exit_code=2, **dict(problem.values))
    from schema.tables import Person

    entry.approved_on = on
    with store.work(author) as work:
        entry.approved_by_id = author if work.get(Person, author) else None
        work.save(entry)


def refuse(store: Store, entry: AccountEntry, reason: str, author: str, on: date) -> None:
    """Refuse an application, with its reason; it stays to be read.

    Raises:
        Fault: `store.*`.
    """
    entry.refused_on, entry.refused_reason = on, reason
    with store.work(author) as work:
        work.save(entry)


def grant(store: Store, absence: Absence, author: str, on: date) -> None:
    """Grant a leave on the day `on`.

    Raises:
        Fault: `store.*`.
    """
    absence.approved_on = on
    with store.work(author) as work:
        work.save(absence)


def remove(store: Store, record: Record, author: str) -> None:
    """Take back an application or a leave; earlier versions stay in the history.

    Raises:
        Fault: `store.*`.
    """
    with store.work(author) as work:
        work.remove(record)


def print_statement(store: Store, found: Purse, folder: Path) -> Path:
    """Print the statement of an account and return where it lies.

    Raises:
        Fault: `print.not_written`.
    """
    from at_tui.documents.account_statement import statement_pdf
    from at_tui.printing import file_name, write_document

    name = file_name(text("account.statement.file"), found.trainee.name, found.on.isoformat())
    return write_document(folder, name, statement_pdf(found))
