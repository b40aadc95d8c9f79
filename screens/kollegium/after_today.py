"""On the first page: an action of a kollegium, and whether it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from at_tui.language import say, text
from schema.fault import Fault
from screens.dates import full
from screens.widgets.confirm import Confirm

if TYPE_CHECKING:
    from at_tui.today import Duty
    from data.glance import Glance
    from screens.today import Today


def ask(page: Today, duty: Duty, glance: Glance) -> None:
    """Ask whether what was agreed is done, and save the answer."""
    action = next((each for each in glance.assigned if each.id == duty.record_id), None)
    if action is None:
        return
    about = [text("kollegium_after.ask_about", name=action.name, meeting=action.meeting)]
    if action.meeting_day is not None:
        about = [
            text(
                "kollegium_after.ask_about_day",
                name=action.name,
                meeting=action.meeting,
                day=full(action.meeting_day),
            )
        ]
    if action.due is not None:
        about.append(text("kollegium_after.ask_due", day=full(action.due)))
    dialog = Confirm(
        text("kollegium_after.ask"),
        "\n".join([action.text, "", *about]),
        yes=text("kollegium_after.ask_yes"),
        no=text("kollegium_after.ask_no"),
    )

    def answered(yes: bool | None) -> None:
        if not yes:
            return
        from at_tui.kollegium.after import settle

        try:
            with page.store.work(page.author) as work:
                settle(work, action.id, done_on=page.today)
        except Fault as fault:
            page.desk.say(say(fault), "error")
            return
        page.desk.save_toast()
        page.reload()

    page.app.push_screen(dialog, answered)
