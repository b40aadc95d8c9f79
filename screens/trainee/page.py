"""A trainee's page: a tab for each thing one looks for, by digit."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding

from at_tui.language import say, text
from at_tui.placement_weeks import week_of
from schema.fault import Fault
from screens import ways
from screens.dates import short
from screens.text import safe
from screens.trainee.assessments import AssessmentsTab
from screens.trainee.documents import DocumentsTab
from screens.trainee.goals import GoalsTab
from screens.trainee.more import MoreTab
from screens.trainee.overview import Overview
from screens.trainee.placements import PlacementsTab
from screens.trainee.program import ProgramTab
from screens.trainee.reading import TraineeFile
from screens.trainee.supervision import SupervisionTab
from screens.trainee.tab import Tab
from screens.trainee.tabs import TabLine
from screens.widgets.keys import bind
from screens.widgets.page import Page

TABS: tuple[type[Tab], ...] = (
    Overview, PlacementsTab, SupervisionTab, AssessmentsTab, GoalsTab, DocumentsTab,
    ProgramTab, MoreTab,
)  # fmt: skip
"""In the order of their digits. A new tab is one file and one name here."""


class TraineePage(Page[None]):
    """One trainee.

    Args:
        training_id: The training that the page shows.
        tab: Which tab to open on: `overview`, `placements`, `supervision`, `assessments`, `goals`,
            `documents`, `program` or `more`.
    """

    AREA = "trainee"
    BINDINGS: ClassVar[list[Any]] = [
        bind("n", "new", "trainee.new"),
        bind("f", "new_absence", "trainee.new_absence"),
        bind("delete", "remove", "trainee.remove"),
        bind("s", "session", "trainee.session"),
        bind("b", "assess", "trainee.assess"),
        bind("i", "certify", "trainee.certify", show=False),
        bind("e", "edit", "trainee.edit", show=False),
        bind("t", "training", "trainee.training", show=False),
        bind("1", "tab_number(1)", "trainee.tabs", as_=f"1–{len(TABS)}"),
        *(
            Binding(str(n), f"tab_number({n})", show=False, id=f"trainee.tab{n}")
            for n in range(2, len(TABS) + 1)
        ),
        Binding("left", "step(-1)", show=False, id="trainee.left"),
        Binding("right", "step(1)", show=False, id="trainee.right"),
    ]

    def __init__(self, training_id: str, tab: str = "overview") -> None:
        super().__init__()
        names = [kind.NAME for kind in TABS]
        self._training_id = training_id
        self._tab_name = tab if tab in names else names[0]
        self._file: TraineeFile | None = None

    def body(self) -> ComposeResult:
        """Lay out the tabs."""
        yield TabLine([kind.NAME for kind in TABS], self._tab_name)
        # The other tabs are made when they are first opened: all six would cost 0.1 s here.
        yield self._tab_of(self._tab_name)

    def on_mount(self) -> None:
        """Read the records in a thread."""
        self.set_title("", safe(text("app.opening"), "$text-muted"))
        self.reload()

    def on_screen_resume(self) -> None:
        """Read again what may have changed on another page."""
        if self._file is not None:
            self.reload()

    def reload(self) -> None:
        """Read the records anew, in a thread."""
        self.run_worker(self._read, thread=True, exclusive=True, name="trainee")

    def _read(self) -> None:
        try:
            file = self.desk.foreread.take(self.store, self._training_id, self.today)
        except Fault as fault:
            self.app.call_from_thread(self._gone, fault)
            return
        self.app.call_from_thread(self._show, file)

    def _gone(self, fault: Fault) -> None:
        self.desk.say(say(fault), "error")
        self.dismiss()

    def _show(self, file: TraineeFile) -> None:
        first = self._file is None
        self._file = file
        self._title()
        self.tab.show(file)
        self.refresh_bindings()
        if first or self.focused is None:
            self.tab.picker.focus()

    def _title(self) -> None:
        if self._file is None:
            return
        folder, placement = self._file.folder, self._file.placement
        name = folder.trainee.name
        words = []
        if placement is not None:
            week = week_of(self.today, placement.start)
            weeks = week_of(placement.end, placement.start)
            words = [
                text(f"word.section_short.{placement.section}"),
                text("trainee.week", week=week, weeks=weeks),
                folder.name_of(placement.supervisor_id) or text("trainee.unsupervised"),
            ]
        elif folder.training.ended_on is not None:
            words.append(text("trainee.ended", day=folder.training.ended_on))
        for absence in folder.absences:
            if absence.start <= self.today <= absence.end and absence.percent == 100:
                kind = text(f"word.absence.{absence.kind}")
                until = short(absence.end, self.today)
                words.insert(0, text("trainee.away", kind=kind, day=until))
                break
        if self._file.programme is not None:
            words.append(self._file.programme.region)
        # The name never gives way: what is last does, until there is room.
        room = self.app.size.width - 4 - len(name)
        while len(words) > 1 and len(" · ".join(words)) > room:
            words.pop()
        self.set_title(safe(name, "bold"), safe(" · ".join(words), "$text-muted"))

    def on_resize(self) -> None:
        """Fit the title to the window."""
        self._title()

    # Tabs

    @property
    def tab(self) -> Tab:
        """The tab that is open."""
        return self.query_one(f"#{self._tab_name}", Tab)

    async def action_tab(self, name: str) -> None:
        """Open a tab by its name."""
        self._tab_name = name
        self.query_one(TabLine).choose(name)
        body = self.query_one("#body")
        if not body.query(f"#{name}"):
            await body.mount(self._tab_of(name))
        for tab in body.query(Tab):
            tab.display = tab.id == name
        if self._file is not None:
            self.tab.show(self._file)
        self.tab.picker.focus()
        self.refresh_bindings()

    @staticmethod
    def _tab_of(name: str) -> Tab:
        return next(kind for kind in TABS if name == kind.NAME)()

    async def action_tab_number(self, number: int) -> None:
        """Open a tab by its digit."""
        await self.action_tab(TABS[number - 1].NAME)

    async def action_step(self, by: int) -> None:
        """Open the tab beside."""
        names = [kind.NAME for kind in TABS]
        await self.action_tab(names[(names.index(self._tab_name) + by) % len(names)])

    async def on_tab_asked(self, event: Tab.Asked) -> None:
        """Open the tab that a row leads to."""
        await self.action_tab(event.tab)

    async def on_tab_line_chosen(self, event: TabLine.Chosen) -> None:
        """Open the tab that was clicked."""
        await self.action_tab(event.name)

    # Actions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out the keys that do nothing on this tab."""
        kind = next(kind for kind in TABS if self._tab_name == kind.NAME)
        if action == "new":
            return kind.NEW
        if action == "remove":
            return kind.REMOVE
        if action == "new_absence":
            return kind is PlacementsTab
        return True

    def action_new(self) -> None:
        """Add what the tab is a list of."""
        if self._file is not None:
            self.tab.new()

    def action_new_absence(self) -> None:
        """Add an absence."""
        if self._file is not None:
            self.query_one(PlacementsTab).new_absence()

    def action_remove(self) -> None:
        """Take away what the cursor stands on."""
        if self._file is not None:
            self.tab.remove_row()

    def action_session(self) -> None:
        """Log this week's session."""
        self.desk.go(lambda: ways.session(self._training_id, None))

    def action_assess(self) -> None:
        """Fill in a form."""
        self.desk.go(lambda: ways.assessment(self._training_id, None, None))

    def action_certify(self) -> None:
        """Open the certificate of the placement."""
        placement = self._file.placement if self._file else None
        id = placement.id if placement else None
        self.desk.go(lambda: ways.certificate(self._training_id, id))

    def action_edit(self) -> None:
        """Change what is recorded about the person."""
        if self._file is not None:
            from screens.trainee_forms import TraineeForm

            trainee = self._file.folder.trainee.id
            self.desk.go(lambda: TraineeForm(trainee))

    def action_training(self) -> None:
        """Change the training's days and length."""
        from screens.placements_training import TrainingForm

        self.desk.go(lambda: TrainingForm(self._training_id))
