"""Issuing a certificate: the PIN of whoever signs, the record, and the printed page."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from at_tui.language import say, text
from schema.fault import Fault
from screens.signing import Holder, SignDialog
from screens.trainee.print_dialog import PrintDialog

if TYPE_CHECKING:
    from screens.certificate_page import CertificatePage


async def issue(page: CertificatePage) -> None:
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
    says = page.says(flight)
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
            record = page.keep(work, flight)
    except Fault as fault:
        page.desk.say(say(fault), "error")
        return
    page.drop_draft()
    page.every = False
    page.desk.save_toast(text("certify.issued_toast", number=record.number))
    await _read_again(page)
    page.saved()
    await print_certificate(page)


async def _read_again(page: CertificatePage) -> None:
    """Wait until the page shows what was signed."""
    worker = page.run_worker(page.load_now, thread=True, group="load", exclusive=True)
    await worker.wait()


async def print_certificate(page: CertificatePage) -> None:
    """Write the certificate, or a draft of it, to a folder that is asked for."""
    issued, flight = page.issued, page.flight
    if flight is None or page.file is None:
        return
    title = text("certify.print_title" if issued else "certify.print_draft_title")
    choice = await page.app.push_screen_wait(PrintDialog(title, notes=False))
    if choice is None:
        return
    try:
        path = await asyncio.to_thread(page.print_to, choice.folder)
    except Fault as fault:
        words = say(fault)
        if issued is not None:
            words = text("certify.not_written", number=issued.number, folder=choice.folder)
        page.desk.say(words, "error")
        return
    page.desk.say(text("certify.printed", path=path))
