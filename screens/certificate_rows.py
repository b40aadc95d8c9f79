"""The rows of the certificate's page: its checks, what was signed, and which placements wait."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from textual.content import Content

from at_tui.certificate_checks import CheckStatus
from at_tui.certifying import certificates_of
from at_tui.issuing import Flight
from at_tui.language import text
from schema.words import LockStatus
from screens.certificate_words import check_sentence, sentence, status_words
from screens.dates import short
from screens.widgets.choice_field import Option
from screens.widgets.rows import Row, remark
from screens.widgets.status import Status, status

if TYPE_CHECKING:
    from schema.tables import Certificate, Placement
    from screens.trainee.reading import TraineeFile


_ORDER = {CheckStatus.RED: 0, CheckStatus.AMBER: 1, CheckStatus.GREEN: 2}


def check_rows(flight: Flight[Any], every: bool) -> Iterator[Row]:
    """Yield the checks, what stops the certificate first; the green ones only with `every`."""
    green = sum(check.status is CheckStatus.GREEN for check in flight.checks)
    for check in sorted(flight.checks, key=lambda c: _ORDER[c.status]):
        if check.status is not CheckStatus.GREEN or every:
            yield Row(check.code, (status_words(check.status), check_sentence(check)))
    if green and not every:
        yield remark("")
        yield remark("✓ " + text("certify.green", count=green))
    if flight.entry.override_reason:
        yield remark("")
        yield remark(text("certify.override_is", reason=flight.entry.override_reason))


def issued_rows(file: TraineeFile, issued: Certificate, every: bool) -> Iterator[Row]:
    """Yield what was signed, and what the checks said that day."""
    for signature in file.folder.signatures_of(issued.id):
        who = signature.signer_name
        if signature.delegated_by:
            who = text("certify.signed_for", name=who, head=signature.delegated_by)
        yield remark(text("certify.signed", who=who, day=short(issued.issued_on, file.on)))
    if issued.override_reason:
        yield remark(text("certify.override_is", reason=issued.override_reason))
    yield remark("")
    yield remark(text("certify.said"))
    green = 0
    for one in issued.checks:
        found = CheckStatus(one["status"])
        green += found is CheckStatus.GREEN
        if found is not CheckStatus.GREEN or every:
            words = sentence(one["code"], one["outcome"], one.get("values", {}))
            yield Row(one["code"], (status_words(found), words))
    if not every:
        yield remark("✓ " + text("certify.green", count=green))


def standing(flight: Flight[Any], issued: Certificate | None, on: date) -> Content:
    """Return how the certificate stands, for the title line."""
    if issued is not None:
        day = short(issued.issued_on, on)
        return status(Status.SIGNED, text("certify.issued", day=day, number=issued.number))
    if flight.red and flight.entry.override_reason:
        return status(Status.LATE, text("certify.overridden"))
    if flight.red:
        return status(Status.MISSING, text("certify.to_mend", count=len(flight.red)))
    return status(Status.MET, text("certify.ready"))


def placement_options(file: TraineeFile) -> list[Option]:
    """Return the placements: what has ended and has no certificate first, the latest of it."""

    def issued(placement: Placement) -> bool:
        return any(
            certificate.status == LockStatus.SIGNED
            for certificate in certificates_of(file.folder, placement.id)
        )

    def rank(placement: Placement) -> tuple[bool, bool, int]:
        return issued(placement), placement.end > file.on, -placement.end.toordinal()

    options = []
    for placement in sorted(file.folder.placements, key=rank):
        section = text(f"word.section_short.{placement.section}")
        days = f"{short(placement.start, file.on)} – {short(placement.end, file.on)}"
        going_on = placement.end > file.on
        key = "issued" if issued(placement) else "going_on" if going_on else "waits"
        state = text(f"certify.placement.{key}")
        options.append(Option(placement.id, f"{section}, {days}", state))
    return options
