"""What is past its time, everyone whose records can be disclosed or erased, and what was erased."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from at_tui.language import say, text
from schema.fault import Fault
from screens import ways
from screens.dates import clock
from screens.text import safe
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row, heading, remark

if TYPE_CHECKING:
    from at_tui.retention import Past, Plan
    from data.erase_log import Logged

MOST_DONE = 50


@dataclass(frozen=True)
class _Read:
    plan: Plan
    past: list[Past]
    people: list[tuple[str, str, str]]
    """Id, name, and what they are."""
    done: list[Logged]
    names: dict[str, str]


class RetentionPage(Page[None]):
    """Nothing is removed by itself: the page is for the one who decides."""

    AREA = "retention"

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Picker((Column(width=26, grow=1, most=36), Column(width=46, grow=2)))

    def on_mount(self) -> None:
        """Read in a thread."""
        self.set_title(text("retention.title"))
        self.query_one(Picker).focus()
        self.reload()

    def on_screen_resume(self) -> None:
        """Read anew what may have been erased on another page."""
        self.reload()

    def reload(self) -> None:
        """Read in a thread."""
        self.run_worker(self._read, thread=True, exclusive=True, name="retention")

    def _read(self) -> None:
        from at_tui import retention
        from data import erase_log
        from schema.tables import Person, Trainee, Training

        try:
            plan = retention.load()
            with self.store.read() as work:
                past = retention.past(work, plan, on=self.today)
                trainees, others = work.all(Trainee), work.all(Person)
                kinds = {t.trainee_id: t.kind for t in work.all(Training, order=Training.start)}
                what = {id: text(f"word.doctor.{kind}") for id, kind in kinds.items()}
                unknown = text("retention.trainee")
                people = [(t.id, t.name, what.get(t.id, unknown), t.sort_key) for t in trainees]
                people += [
                    (p.id, p.name, p.title or text("retention.person"), p.sort_key) for p in others
                ]
                people.sort(key=lambda one: one[3])
                names = {one_id: name for one_id, name, *_ in people}
                done = erase_log.logged(work)
        except Fault as fault:
            self.app.call_from_thread(self.desk.say, say(fault), "error")
            return
        found = _Read(plan, past, [one[:3] for one in people], done, names)
        self.app.call_from_thread(self._show, found)

    def _show(self, found: _Read) -> None:
        plan = text("retention.plan", title=found.plan.title, version=found.plan.version)
        self.set_title(text("retention.title"), safe(plan, "$text-muted"))
        self.query_one(Picker).show(list(_rows(found)))

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Show everything about the person."""
        event.stop()
        person = event.row_id.partition(":")[2]
        if person:
            self.desk.go(lambda: ways.disclose("", person_id=person))


def _rows(found: _Read) -> Iterator[Row]:
    from at_tui.disclosure import counted

    yield heading(text("retention.past"))
    for one in found.past:
        kinds = [kind for kind, count in one.kinds.items() for _ in range(count)]
        more = text("retention.past_row", ended=one.ended_on, since=one.since)
        cells = one.name, safe(more)
        yield Row(f"past:{one.trainee_id}", cells, detail=counted(kinds))
    if not found.past:
        yield remark(text("retention.none"))
    yield heading(text("retention.everyone"), str(len(found.people)))
    for person, name, what in found.people:
        yield Row(f"person:{person}", (name, safe(what, "$text-muted")))
    if found.done:
        yield heading(text("retention.done"))
    for one_done in found.done[:MOST_DONE]:
        at = one_done.at.astimezone()
        reason = f"erase.reason.{one_done.why}" if one_done.why else "retention.no_reason"
        more = text(
            "retention.done_row",
            count=one_done.records,
            reason=text(reason),
            who=found.names.get(one_done.author, one_done.author),
        )
        when = safe(f"{at:%Y-%m-%d} {clock(at)}")
        yield Row("", (when, safe(more, "$text-muted")))
