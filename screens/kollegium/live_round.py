"""What the live page opens around it: lists, dialogs, other pages, and the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from at_tui.kollegium.turns import may_be_bulked
from at_tui.language import text
from screens import ways
from screens.widgets.confirm import Confirm

if TYPE_CHECKING:
    from screens.kollegium.live import LivePage


def bulk(page: LivePage) -> None:
    """Ask, naming them, and put on track all who may be."""
    page.sync()
    among = page.room.on_track()
    names = [page.room.name(id) for id in may_be_bulked(page.live.state, among)]
    if not names:
        page.desk.say(text("kollegium_live.bulk_none"))
        return
    question = text("kollegium_live.bulk", count=len(names))
    more = text("kollegium_live.bulk_more", names=", ".join(names))

    def answered(yes: bool | None) -> None:
        if yes:
            page.do(lambda: page.live.bulk_on_track(among))

    page.app.push_screen(Confirm(question, more), answered)


def drop(page: LivePage) -> None:
    """Choose the action that is taken away."""
    from screens.kollegium.live_dialogs import Actions

    actions = page.live.state.here.actions
    if not actions:
        page.desk.say(text("kollegium_live.no_actions"))
        return

    def chosen(action_id: str | None) -> None:
        if action_id:
            page.do(lambda: page.live.drop(action_id))

    rows = [(each.id, each.text, page.owner_of(each)) for each in actions]
    page.app.push_screen(Actions(text("kollegium_live.drop_title"), rows), chosen)


def earlier(page: LivePage) -> None:
    """Tick the actions of earlier meetings."""
    from screens.kollegium.live_dialogs import Earlier

    training_id = page.live.state.at
    picture = page.room.picture(training_id)
    last = picture.last if picture else None
    if last is None or not (last.actions or last.older):
        page.desk.say(text("kollegium_live.no_earlier"))
        return

    def settle(agreement_id: str, done: bool) -> bool:
        page.live.settle_action(agreement_id, done=done)
        page.room.settled(training_id, agreement_id, page.today if done else None)
        return True

    def settled(changed: dict[str, bool] | None) -> None:
        for agreement_id, done in (changed or {}).items():
            if page.do(lambda id=agreement_id, yes=done: settle(id, yes)) is None:  # type: ignore[misc]
                break
        page.draw()

    page.app.push_screen(Earlier((*last.actions, *last.older)), settled)


def everyone(page: LivePage) -> None:
    """Show everyone in the meeting, and go to one of them."""
    from screens.kollegium.live_dialogs import Everyone

    def go(training_id: str | None) -> None:
        if training_id:
            page.do(lambda: page.live.go(training_id), page=True)

    page.sync()
    page.app.push_screen(Everyone(page.room, page.live.state), go)


def sources(page: LivePage) -> None:
    """Show the frozen evidence."""
    from screens.kollegium.evidence import EvidencePage

    page.sync()
    training_id = page.live.state.at
    shown = EvidencePage(page.live.meeting.id, training_id, page.room.name(training_id))
    page.app.push_screen(shown)


def plan(page: LivePage) -> None:
    """Show the doctor's stödplaner."""
    page.sync()
    training_id = page.live.state.at
    page.desk.go(lambda: ways.support_plans(training_id))


def attendance(page: LivePage) -> None:
    """Note who is there."""
    from screens.kollegium.live_attendance import Attendance

    def noted(people: list[dict[str, str]] | None) -> None:
        if people is not None:
            page.do(lambda: page.live.keep(attendance=people))

    meeting = page.live.meeting
    page.app.push_screen(Attendance(meeting.attendance, meeting.series_id), noted)


def end(page: LivePage) -> None:
    """Look the meeting through; closed there, its minutes take its place."""
    from screens.kollegium.live_end import EndPage

    meeting_id = page.live.meeting.id

    def ended(what: str | None) -> None:
        if what == EndPage.CLOSED:
            page.app.call_later(page.app.switch_screen, ways.kollegium_after(meeting_id))
        elif what:
            page.do(lambda: page.live.go(what), page=True)
        else:
            page.show_all()

    page.sync()
    page.do(page.live.settle_text)
    page.app.push_screen(EndPage(page.room, page.live), ended)
