"""What is asked around a signature: words that may be a patient's, and the trainee's own PIN."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from at_tui.assessing import Sensitive
from at_tui.kind_words import of_kind
from at_tui.language import say, text
from at_tui.signer import Signer
from schema.fault import Fault
from screens.signing import Holder, SignDialog
from screens.widgets.confirm import Confirm

if TYPE_CHECKING:
    from data.find import Folder
    from data.work import Work
    from screens.widgets.page import Page


async def may_keep(page: Page[str], found: Sequence[Sensitive]) -> bool:
    """Return whether words that look like a patient's may be kept; without any, nobody is asked."""
    if not found:
        return True
    lines = [f"{hit.label}: {hit.excerpt}" for hit in found]
    answer = await page.app.push_screen_wait(
        Confirm(
            text("assessment.sensitive_title"),
            "\n".join([*lines, "", text("assessment.sensitive_more")]),
            yes=text("assessment.sensitive_yes"),
            no=text("assessment.sensitive_no"),
        )
    )
    return bool(answer)


def trainee_of(folder: Folder) -> Holder:
    """Return the trainee as someone who signs."""
    doctor = text(f"word.doctor.{folder.training.kind}")
    return Holder(folder.trainee.id, folder.trainee.name, doctor)


async def confirmed(
    page: Page[str], folder: Folder, title: str, says: str, keep: Callable[[Work, Signer], object]
) -> bool:
    """Let the trainee confirm with a PIN of their own, or not now; return whether that was done.

    Args:
        title: What is confirmed.
        says: What the signature says.
        keep: Writes the signature.
    """
    holder = trainee_of(folder)
    later = of_kind(text("assessment.confirm_later"), folder.training.kind)
    right = await page.app.push_screen_wait(SignDialog(holder, title=title, says=says, later=later))
    if not right:
        return False
    try:
        with page.store.work(page.author) as work:
            keep(work, Signer(holder.id, holder.name, holder.title))
    except Fault as fault:
        page.desk.say(say(fault), "error")
        return False
    return True
