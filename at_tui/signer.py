"""Who signs a record, and why one that is signed is replaced or voided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from schema.fault import Fault
from schema.text import clean
from schema.words import Meaning

# Table classes and signing bring SQLModel, 0.6 to 1.2 s: imported when something is saved.
if TYPE_CHECKING:
    from data.work import Work
    from schema.tables import Lockable, Signature


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: a person of the register or the trainee."""

    id: str
    name: str
    title: str = ""


def sign_as(
    work: Work, record: Lockable, signer: Signer, meaning: Meaning, *, delegated_by: str = ""
) -> Signature:
    """Sign a record; as `data.signing.sign`, which see for its faults."""
    from data.signing import sign

    return sign(
        work,
        record,
        signer_id=signer.id,
        signer_name=signer.name,
        signer_title=signer.title,
        meaning=meaning,
        delegated_by=delegated_by,
    )


def written_reason(reason: str) -> str:
    """Return a reason on one line; raises Fault `lock.reason` when none is written."""
    written = clean(reason, one_line=True)
    if not written:
        raise Fault("lock.reason", exit_code=2)
    return written
