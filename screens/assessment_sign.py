"""Signing a form: what is missing first, then the assessor's PIN, then the AT-läkare's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from at_tui.correcting import Signer, confirm, sign_form
from at_tui.language import say, text
from schema.fault import Fault
from screens.signing import Holder, SignDialog

if TYPE_CHECKING:
    from data.find import Folder
    from screens.assessment_form import FormScreen
    from screens.widgets.page import Page


async def sign(page: FormScreen) -> None:
    """Sign the form on the page, and leave the page with its id."""
    page.keep_draft_now()
    if await page.show_lacks() or not await page.may_keep_text():
        return
    holder = _signer(page)
    instrument, name = page.instrument, page.folder.trainee.name
    correcting = "_correction" if page.form.corrects_id else ""
    right = await page.app.push_screen_wait(
        SignDialog(
            holder,
            title=text("assessment.sign_title", title=instrument.short_title),
            says=text(f"assessment.says{correcting}", name=name, title=instrument.title),
        )
    )
    if not right:
        return
    try:
        with page.store.work(page.author) as work:
            signer = Signer(holder.id, holder.name, holder.title)
            sign_form(work, instrument, page.form, page.around(), signer)
    except Fault as fault:
        page.desk.say(say(fault), "error")
        return
    page.drop_draft()
    if instrument.signatures == "both" and instrument.assessor.who != "trainee":
        await confirm_now(page, page.folder, page.form.id, instrument.short_title)
    page.desk.save_toast(text("assessment.signed_toast"))
    page.dismiss(page.form.id)


def _signer(page: FormScreen) -> Holder:
    """Return whoever signs: the assessor of the register, or the AT-läkare on their own form."""
    if page.instrument.assessor.who == "trainee":
        return trainee_of(page.folder)
    person = page.folder.people[page.form.assessor_id or ""]
    return Holder(person.id, person.name, person.title)


def trainee_of(folder: Folder) -> Holder:
    """Return the AT-läkare as someone who signs."""
    doctor = text(f"word.doctor.{folder.training.kind}")
    return Holder(folder.trainee.id, folder.trainee.name, doctor)


async def confirm_now(page: Page[str], folder: Folder, form_id: str, title: str) -> bool:
    """Let the AT-läkare confirm a signed form with a PIN of their own, or not now."""
    holder = trainee_of(folder)
    right = await page.app.push_screen_wait(
        SignDialog(
            holder,
            title=text("assessment.confirm_title", title=title),
            says=text("assessment.confirm_says"),
            later=text("assessment.confirm_later"),
        )
    )
    if not right:
        return False
    try:
        with page.store.work(page.author) as work:
            confirm(work, form_id, Signer(holder.id, holder.name, holder.title))
    except Fault as fault:
        page.desk.say(say(fault), "error")
        return False
    return True
