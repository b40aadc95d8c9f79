"""Changing a training's programme: first what changes, requirement by requirement, then the act."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content

from at_tui.judge.finding import Finding
from at_tui.language import say, text
from schema.fault import Fault
from screens.standing_words import sign_and_word
from screens.text import safe
from screens.widgets.confirm import Confirm
from screens.widgets.keys import bind
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row, heading, remark

# The judge brings pydantic with the plans (0.1 s): loaded in the worker.
if TYPE_CHECKING:
    from at_tui.programme_switch import Switch

_COLUMNS = (Column(width=36, grow=1), Column(width=18), Column(width=18))


class SwitchProgramme(Page[bool]):
    """What another programme would change for one training; dismissed with True when it is done.

    Args:
        training_id: Whose.
        programme_id: The programme to change to.
    """

    AREA = "compare"
    BINDINGS: ClassVar[list[Any]] = [bind("ctrl+s", "switch", "compare.do_switch")]

    def __init__(self, training_id: str, programme_id: str) -> None:
        super().__init__()
        self._training_id, self._programme_id = training_id, programme_id
        self._found: Switch | None = None

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Picker(_COLUMNS, type_to_filter=False, enter=False)

    def on_mount(self) -> None:
        """Judge against both in a thread."""
        self.set_title(text("compare.switch_title"), text("compare.nothing_saved"))
        self.query_one(Picker).focus()
        self.run_worker(self._read, thread=True, name="switch")

    def help_text(self) -> str:
        """Return what changes and what does not."""
        return text("compare.switch_help").strip()

    def _read(self) -> None:
        from at_tui.programme_switch import switch

        try:
            found = switch(self.store, self._training_id, self._programme_id, self.today)
        except Fault as fault:
            self.app.call_from_thread(self._gone, fault)
            return
        self.app.call_from_thread(self._show, found)

    def _gone(self, fault: Fault) -> None:
        self.desk.say(say(fault), "error")
        self.dismiss(False)

    def _show(self, found: Switch) -> None:
        self._found = found
        title = text("compare.switch_of", name=found.name, to=found.after.title)
        self.set_title(title, text("compare.nothing_saved"))
        self.query_one(Picker).show(list(self._rows(found)))

    def _rows(self, found: Switch) -> Iterator[Row]:
        groups = (
            ("other", [p for p in found.pairs if p[0] and p[1] and p[0].status != p[1].status]),
            ("added", [p for p in found.pairs if p[0] is None]),
            ("removed", [p for p in found.pairs if p[1] is None]),
        )
        yield Row(
            "from",
            (
                safe(text("compare.from_to"), "$text-muted"),
                safe(found.before.title, "bold"),
                safe(found.after.title, "bold"),
            ),
        )
        for name, pairs in groups:
            yield heading(text(f"compare.group.{name}"), str(len(pairs) or ""))
            for number, (before, after) in enumerate(pairs):
                yield _pair(f"{name}:{number}", before, after)
            if not pairs:
                yield remark(text("compare.group_none"))

    def action_switch(self) -> None:
        """Ask, and change it."""
        found = self._found
        if found is None:
            return
        question = text("compare.confirm", name=found.name, to=found.after.title)

        def answered(yes: bool | None) -> None:
            if yes:
                self._save(found)

        more = text("compare.confirm_more", version=found.after.version)
        self.app.push_screen(Confirm(question, more, yes=text("compare.yes")), answered)

    def _save(self, found: Switch) -> None:
        from at_tui.programme_switch import save

        try:
            with self.store.work(self.author) as work:
                save(work, found)
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.desk.save_toast(text("compare.switched", to=found.after.title))
        self.dismiss(True)


def _pair(id: str, before: Finding | None, after: Finding | None) -> Row:
    shown = after or before
    title = shown.title if shown else ""
    cells = (title, _status(before), _status(after))
    detail: Content | str = safe(after.sentence) if after else ""
    return Row(id, cells, detail=detail, search=f"{title} {cells[1].plain} {cells[2].plain}")


def _status(finding: Finding | None) -> Content:
    if finding is None:
        return safe(text("compare.not_asked"), "$text-muted")
    return sign_and_word(finding.status)
