"""Signing a talk: whoever held it, then the trainee, each with a PIN of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from at_tui.language import say, text
from at_tui.signer import Signer
from at_tui.talks.records import confirm_talk, sign_talk
from schema.fault import Fault
from screens.confirming import confirmed
from screens.signing import Holder, SignDialog

if TYPE_CHECKING:
    from data.find import Folder
    from screens.talks.page import TalkPage
    from screens.widgets.page import Page


async def sign(page: TalkPage) -> None:
    """Sign the talk on the page, and leave the page with its id."""
    from at_tui.talks.basis import to_json

    if not await page.may_keep_text():
        return
    person = page.folder.people[page.form.with_id or ""]
    holder = Holder(person.id, person.name, person.title)
    kind, name = text(f"word.talk.{page.form.kind}"), page.folder.trainee.name
    right = await page.app.push_screen_wait(
        SignDialog(
            holder,
            title=text("talks.sign_title", kind=kind),
            says=text("talks.says", kind=kind, name=name, count=len(page.form.agreed)),
        )
    )
    if not right:
        return
    try:
        basis = page.basis
        if basis is None or basis.on != (page.form.held_on or page.today).isoformat():
            basis = page.basis_now()
        with page.store.work(page.author) as work:
            signer = Signer(holder.id, holder.name, holder.title)
            sign_talk(work, page.form, to_json(basis), signer, on=page.today)
    except Fault as fault:
        page.desk.say(say(fault), "error")
        return
    page.settle_draft()
    await confirm_now(page, page.folder, page.form.id, kind)
    page.desk.save_toast(text("talks.signed_toast"))
    page.dismiss(page.form.id)


async def confirm_now(page: Page[str], folder: Folder, talk_id: str, kind: str) -> bool:
    """Let the trainee confirm a signed talk, or not now."""
    return await confirmed(
        page,
        folder,
        text("talks.confirm_title", kind=kind),
        text("talks.confirm_says"),
        lambda work, trainee: confirm_talk(work, talk_id, trainee),
    )
