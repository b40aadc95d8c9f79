"""Issuing a certificate: the PIN of whoever signs, the record, and the printed page."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from at_tui import certifying
from at_tui.language import say, text
from schema.fault import Fault
from screens.certificate_words import check_sentence
from screens.signing import Holder, SignDialog
from screens.trainee.print_dialog import PrintDialog

if TYPE_CHECKING:
    from screens.certificate import CertificateScreen


async def issue(page: CertificateScreen) -> None:
    """Sign the certificate on the page, and print it."""
    flight = page.flight
    if flight is None or page.file is None or page.issued is not None:
        return
    if not flight.may_issue:
        key = "certify.red_one" if len(flight.red) == 1 else "certify.red"
        page.desk.say(text(key, count=len(flight.red)), "error")
        return
    folder = page.file.folder
    signer = folder.people.get(flight.entry.signer_id or "")
    if signer is None:
        page.desk.say(text("certify.no_signer"), "error")
        return
    section = text(f"word.section.{page.placement.section}")
    key = "certify.says_delegated" if flight.facts.delegated_by else "certify.says"
    says = text(key, name=folder.trainee.name, section=section, head=flight.facts.delegated_by)
    if flight.red:
        says += "\n" + text("certify.says_anyway", reason=flight.entry.override_reason)
    right = await page.app.push_screen_wait(
        SignDialog(
            Holder(signer.id, signer.name, signer.title),
            title=text("certify.sign_title"),
            says=says,
        )
    )
    if not right:
        return
    try:
        with page.store.work(page.author) as work:
            record = certifying.issue(work, folder, flight)
    except Fault as fault:
        page.desk.say(say(fault), "error")
        return
    page.drop_draft()
    page.every = False
    page.desk.save_toast(text("certify.issued_toast", number=record.number))
    await _read_again(page)
    page.saved()
    await print_certificate(page)


async def _read_again(page: CertificateScreen) -> None:
    """Wait until the page shows what was signed."""
    worker = page.run_worker(page.load_now, thread=True, group="load", exclusive=True)
    await worker.wait()


async def print_certificate(page: CertificateScreen) -> None:
    """Write the certificate, or a draft of it, to a folder that is asked for."""
    issued, flight = page.issued, page.flight
    if flight is None or page.file is None:
        return
    title = text("certify.print_title" if issued else "certify.print_draft_title")
    choice = await page.app.push_screen_wait(PrintDialog(title, notes=False))
    if choice is None:
        return
    try:
        path = await asyncio.to_thread(_write, page, choice.folder)
    except Fault as fault:
        words = say(fault)
        if issued is not None:
            words = text("certify.not_written", number=issued.number, folder=choice.folder)
        page.desk.say(words, "error")
        return
    page.desk.say(text("certify.printed", path=path))


def _write(page: CertificateScreen, folder: Path) -> Path:
    """Write the print and return its path. Slow: called in a thread."""
    # reportlab costs 0.2 to 0.35 s to import, so it is loaded when something is printed.
    from at_tui.documents.certificate import certificate_pdf
    from at_tui.documents.gather import certificate_of
    from at_tui.printing import file_name, write_document

    file, flight, issued = page.file, page.flight, page.issued
    assert file is not None  # noqa: S101 - asked for on the page only when it is read
    assert flight is not None  # noqa: S101
    values = certificate_of(
        file.folder,
        page.placement_id,
        on=page.today,
        entry=flight.entry,
        owner_id=page.author,
        curriculum=file.curriculum,
        served=file.programme.served if file.programme else None,
        unsigned=tuple(file.unsigned),
    )
    if issued is None:
        # Nobody has signed it: it is a draft however green it is.
        missing = tuple(check_sentence(check) for check in flight.red)
        values = replace(values, missing=(*missing, text("certify.not_issued")), override=None)
    words = text("certify.file" if issued else "certify.file_draft")
    section = text(f"word.section_short.{page.placement.section}")
    number = issued.number if issued else page.today.isoformat()
    name = file_name(words, file.folder.trainee.name, section, number)
    return write_document(folder, name, certificate_pdf(values))
