"""Signing a form: what is missing first, then the assessor's PIN, then the trainee's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from at_tui.assessing import sensitive_in
from at_tui.completeness import ASSESSOR, DAY, TRAINEE, Lack, lacks
from at_tui.correcting import confirm, sign_form
from at_tui.language import say, text
from at_tui.signer import Signer
from schema.fault import Fault
from screens.assessment_lacks import LacksDialog
from screens.confirming import confirmed, may_keep, trainee_of
from screens.signing import Holder, SignDialog

if TYPE_CHECKING:
    from data.find import Folder
    from screens.assessment_form import FormScreen
    from screens.widgets.page import Page

_OF_THE_PERSON = ("assessor_specialist", "assessor_licensed", "assessor_contact")
"""Lacks that are mended in the assessor's entry in the register."""


async def sign(page: FormScreen) -> None:
    """Sign the form on the page, and leave the page with its id."""
    page.keep_draft_now()
    if await show_lacks(page) or not await may_keep_text(page):
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
    page.settle_draft()
    if instrument.signatures == "both" and instrument.assessor.who != "trainee":
        await confirm_now(page, page.folder, page.form.id, instrument.short_title)
    page.desk.save_toast(text("assessment.signed_toast"))
    page.dismiss(page.form.id)


async def show_lacks(page: FormScreen) -> bool:
    """Return whether anything is missing; what is, is shown, and one is led there."""
    missing = lacks(page.instrument, page.form, page.around())
    if not missing:
        return False
    lack = await page.app.push_screen_wait(LacksDialog(missing))
    if lack is not None:
        await _mend(page, lack)
    return True


async def _mend(page: FormScreen, lack: Lack) -> None:
    """Lead to where a lack is mended."""
    if lack.where == DAY:
        page.query_one("#day").focus()
    elif lack.where == TRAINEE:
        from screens.trainee_forms import TraineeForm

        await page.app.push_screen_wait(TraineeForm(page.folder.trainee.id))
        page.reload_people("")
    elif lack.where == ASSESSOR and lack.code in _OF_THE_PERSON and page.form.assessor_id:
        from screens.person_forms import PersonForm

        await page.app.push_screen_wait(PersonForm(page.form.assessor_id))
        page.reload_people(page.form.assessor_id)
    elif lack.where == ASSESSOR:
        page.query_one("#assessor").focus()
    else:
        page.sheet.go_to(lack.where)


async def may_keep_text(page: FormScreen) -> bool:
    """Return whether the free texts may be kept: what looks like a patient's is asked about."""
    found = [
        hit for hit in sensitive_in(page.instrument, page.form) if hit.excerpt not in page.accepted
    ]
    if not await may_keep(page, found):
        page.sheet.go_to(found[0].item_id)
        return False
    page.accepted |= {hit.excerpt for hit in found}
    return True


def _signer(page: FormScreen) -> Holder:
    """Return whoever signs: the assessor of the register, or the trainee on their own form."""
    if page.instrument.assessor.who == "trainee":
        return trainee_of(page.folder)
    person = page.folder.people[page.form.assessor_id or ""]
    return Holder(person.id, person.name, person.title)


async def confirm_now(page: Page[str], folder: Folder, form_id: str, title: str) -> bool:
    """Let the trainee confirm a signed form with a PIN of their own, or not now."""
    return await confirmed(
        page,
        folder,
        text("assessment.confirm_title", title=title),
        text("assessment.confirm_says"),
        lambda work, trainee: confirm(work, form_id, trainee),
    )
