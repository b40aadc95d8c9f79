"""Introduktion: the shared one, each placement's, the emergency department's, and the letters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content

from at_tui.introductions.lists import Line, lines
from at_tui.language import say, text
from schema.fault import Fault
from schema.words import IntroductionKind, LockStatus, TalkKind
from screens.dates import short
from screens.introductions.checklist import ChecklistPage
from screens.introductions.letter import LetterForm
from screens.text import safe
from screens.widgets.keys import bind
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row, heading, remark
from screens.widgets.status import Status, status

if TYPE_CHECKING:
    from data.find import Folder
    from schema.tables import Placement, Talk

_COLUMNS = (
    Column(width=32, grow=1, most=48),
    Column(width=12, wide=16),
    Column(width=24, wide=30),
)


class IntroductionsPage(Page[None]):
    """The introductions of one training.

    Args:
        training_id: Whose.
    """

    AREA = "introductions"
    BINDINGS: ClassVar[list[Any]] = [
        bind("l", "letter", "introductions.letter"),
        bind("i", "plan", "introductions.plan"),
    ]

    def __init__(self, training_id: str) -> None:
        super().__init__()
        self._training_id = training_id
        self._lines: dict[str, Line] = {}
        self._folder: Folder | None = None

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Picker(_COLUMNS, type_to_filter=False)

    def on_mount(self) -> None:
        """Read."""
        self.reload()
        self.query_one(Picker).focus()

    def on_screen_resume(self) -> None:
        """Read again what may have been ticked off."""
        self.reload()

    def reload(self) -> None:
        """Read and show."""
        from data import find  # with the store open, SQLModel is imported already

        try:
            with self.store.read() as work:
                self._folder = find.folder(work, self._training_id)
        except Fault as fault:
            self.desk.say(say(fault), "error")
            self.call_after_refresh(self.action_back)  # dismiss itself would be awaited
            return
        self.set_title(text("introductions.title", name=self._folder.trainee.name))
        self._lines = {}
        self.query_one(Picker).show(list(self._rows(self._folder)))

    def _rows(self, folder: Folder) -> Iterator[Row]:
        found = lines(folder, self.today)
        yield heading(text("introductions.whole"))
        for line in found:
            if line.placement is None:
                yield self._list(line)
        stays = {line.placement.id: line.placement for line in found if line.placement}
        for stay in sorted(stays.values(), key=lambda p: p.start, reverse=True):
            days = f"{short(stay.start, self.today)} – {short(stay.end, self.today)}"
            where = folder.unit_of(stay) or text(f"word.section.{stay.section}")
            yield heading(where.upper(), days)
            for line in found:
                if line.placement is stay:
                    if line.kind is IntroductionKind.KLINIK:
                        yield self._letter(line, stay)
                    yield self._list(line)
            yield self._plan(folder, stay)
        if not stays:
            yield remark(text("introductions.no_placements"))

    def _list(self, line: Line) -> Row:
        self._lines[line.key] = line
        day = short(line.held_on, self.today) if line.held_on else ""
        count = text("introductions.count", done=line.done, of=line.of)
        if line.held_on is None:
            late = line.placement is not None and line.placement.start <= self.today
            state = status(Status.SOON if late else Status.NONE, text("introductions.not_held"))
            if line.done:
                state = status(Status.SOON, count)
        elif line.done < line.of:
            state = status(Status.SOON, count)
        else:
            state = status(Status.MET, count)
        words = text(f"word.introduction.{line.kind}")
        return Row(line.key, (words[:1].upper() + words[1:], safe(day, "$text-muted"), state))

    def _letter(self, line: Line, stay: Placement) -> Row:
        key = f"letter:{stay.id}"
        self._lines[key] = line
        day = short(line.letter_on, self.today) if line.letter_on else ""
        words = text("introductions.sent" if line.letter_on else "introductions.not_sent")
        ahead = stay.end >= self.today
        state = status(
            Status.MET if line.letter_on else Status.SOON if ahead else Status.NONE, words
        )
        return Row(key, (text("introductions.the_letter"), safe(day, "$text-muted"), state))

    def _plan(self, folder: Folder, stay: Placement) -> Row:
        plan = plan_of(folder, stay.id)
        day, state = "", status(Status.NONE, text("introductions.no_plan"))
        if plan is not None:
            day = short(plan.held_on, self.today) if plan.held_on else ""
            signed = plan.status == LockStatus.SIGNED
            key = "revised" if signed and plan.corrects_id else "signed" if signed else "draft"
            words: Content | str = text(f"introductions.plan_{key}")
            state = status(Status.SIGNED if signed else Status.DRAFT, str(words))
        return Row(
            f"plan:{stay.id}", (text("introductions.the_plan"), safe(day, "$text-muted"), state)
        )

    # Keys

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Tick off a list, write a letter, or open the plan."""
        event.stop()
        kind, _, rest = event.row_id.partition(":")
        if kind == "letter":
            self._write(self._lines[event.row_id])
        elif kind == "plan":
            self._open_plan(rest)
        else:
            line = self._lines[event.row_id]
            self.app.push_screen(ChecklistPage(self._training_id, line))

    def _stay(self) -> Placement | None:
        """Return the placement under whose heading the cursor stands; else that of the day."""
        row = self.query_one(Picker).selected or ""
        line = self._lines.get(row)
        if line is not None and line.placement is not None:
            return line.placement
        folder = self._folder
        id = row.partition(":")[2] if row.startswith("plan:") else ""
        if folder is None:
            return None
        return next((p for p in folder.placements if p.id == id), folder.placement_on(self.today))

    def action_letter(self) -> None:
        """Write the letter of the placement."""
        stay = self._stay()
        line = self._lines.get(f"letter:{stay.id}") if stay else None
        if line is None:
            self.desk.say(text("introductions.no_placements"), "warning")
        else:
            self._write(line)

    def _write(self, line: Line) -> None:
        if line.placement is not None:
            self.app.push_screen(LetterForm(self._training_id, line.placement.id, line.key))

    def action_plan(self) -> None:
        """Open the individual plan of the placement."""
        stay = self._stay()
        if stay is not None:
            self._open_plan(stay.id)

    def _open_plan(self, placement_id: str) -> None:
        from screens.talks.opening import TalkOpening

        plan = plan_of(self._folder, placement_id) if self._folder else None
        if plan is not None:
            page = TalkOpening(self._training_id, talk_id=plan.id)
        else:
            page = TalkOpening(
                self._training_id, kind=TalkKind.PLANERING, placement_id=placement_id
            )
        self.app.push_screen(page)


def plan_of(folder: Folder, placement_id: str) -> Talk | None:
    """Return the plan of a placement that is in force, or the draft of one."""
    plans = [
        talk
        for talk in folder.talks
        if talk.kind == TalkKind.PLANERING
        and talk.placement_id == placement_id
        and talk.status in (LockStatus.SIGNED, LockStatus.DRAFT)
    ]
    return max(plans, key=lambda t: (t.status == LockStatus.SIGNED, t.id), default=None)
