"""Which of a plan's rules about the account and about leave concern one training."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from schema.content.programme import Document, Programme
    from schema.content.requirement import Requirement
    from schema.content.requirement_kinds import Account, Leave


def concerns(requirement: Requirement, start: date, on: date) -> bool:
    """Return whether a requirement concerns a training that began on `start`, on the day `on`."""
    if requirement.starts_from and start < requirement.starts_from:
        return False
    if requirement.starts_to and start > requirement.starts_to:
        return False
    if requirement.valid_from and on < requirement.valid_from:
        return False
    return not (requirement.valid_to and requirement.valid_to < start)


def account_rule(programme: Programme, start: date, on: date) -> Account | None:
    """Return the account that the plan grants, or None when it grants none."""
    for requirement in programme.requirements:
        if requirement.kind == "account" and concerns(requirement, start, on):
            return requirement
    return None


def leave_rule(
    programme: Programme, of: Literal["course", "exam"], start: date, on: date
) -> Leave | None:
    """Return what the plan says about paid leave for courses or for the exam, or None."""
    for requirement in programme.requirements:
        if (
            requirement.kind == "leave"
            and requirement.of == of
            and concerns(requirement, start, on)
        ):
            return requirement
    return None


def document_of(programme: Programme, requirement: Requirement) -> Document | None:
    """Return the document that a requirement is taken from, when the plan lists it."""
    code = requirement.source.document
    return next((d for d in programme.documents if d.code == code), None)
