"""Idag: what there is to do now, how one's own trainees are doing, and what was noted lately."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.worker import get_current_worker

from at_tui.kind_words import of_kinds
from at_tui.language import say, text
from at_tui.today import Act, Duty, duties
from at_tui.today_kollegium import chosen, of_kollegium
from schema.fault import Fault
from schema.words import RoleKind
from screens import ready, ways
from screens.dates import week as week_words
from screens.dates import with_weekday
from screens.today_judging import Judged
from screens.today_rows import begin_rows, doctor_row, duty_id, duty_row, event_row
from screens.widgets.keys import bind
from screens.widgets.picker import Picker
from screens.widgets.rows import Row, heading, remark

# The judge brings pydantic with the plans (0.1 s), and the records SQLModel: the worker loads them.
# The page's reader (10 ms) comes with what it has read.
if TYPE_CHECKING:
    from datetime import date

    from textual.timer import Timer

    from data.glance import Doctor, Event, Glance
    from data.store import Store
    from screens.desk import Way

RESTS = 0.15
"""Seconds that the cursor rests on a row until what it leads to is read."""
MOST_DUTIES = 12
"""Duties shown; a study director's list has the rest."""

_DIRECTORS = frozenset({RoleKind.STUDIEREKTOR, RoleKind.AT_CHEF})
"""Roles whose first question is who needs them."""


class Today(Judged):
    """The first page. Enter does what the row says; letters do the rest for its trainee."""

    AREA = "today"
    BINDINGS: ClassVar[list[Any]] = [
        bind("enter", "do", "today.do"),
        bind("f4", "kollegium", "today.kollegium"),
        bind("s", "session", "today.session"),
        bind("b", "assess", "today.assess"),
        bind("m", "goals", "today.goals"),
        bind("i", "certify", "today.certify"),
        bind("f3", "app.menu", "today.menu"),
        bind("l", "list", "today.list"),
        bind("d", "dops", "today.dops", show=False),
        bind("p,o", "page", "today.page", show=False),
        bind("n", "new", "today.new", show=False),
        bind("v", "import", "today.import", show=False),
        bind("q", "app.quit", "today.quit", show=False),
    ]

    def __init__(self, glance: Glance | None = None) -> None:
        super().__init__(glance)
        self._duties: dict[str, Duty] = {}
        self._doctors: dict[str, Doctor] = {}
        self._events: dict[str, Event] = {}
        self._seen = False
        self._stale = False
        self._shown: tuple[Store, int, date] | None = None
        """The records, their state and the day that the page shows; None when it cannot be told."""
        self._resting: Timer | None = None
        self._directs = False
        """Whether the one who sits here prepares a kollegium."""

    def body(self) -> ComposeResult:
        """Lay out the one list."""
        yield Picker((), type_to_filter=False, enter=False)

    def on_mount(self) -> None:
        """Show what was read ahead, in the first frame if it is there."""
        self._title()
        self.desk.records_opened.subscribe(self, self._opened)
        self._ask_role()
        glance = self._glance or self._first()
        if glance is not None:
            self.glance_came(glance)
        elif not self._seen:
            self.query_one(Picker).show([], empty=text("today.reading"))
        self.query_one(Picker).focus()

    def _first(self) -> Glance | None:
        try:
            return self.desk.first_glance()
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return None

    def on_screen_suspend(self) -> None:
        """Another page is shown: what is here may change."""
        self._stale = True
        if self._resting is not None:
            self._resting.stop()

    def on_screen_resume(self) -> None:
        """Read again what may have changed on another page."""
        if self._stale and self._seen:
            self._stale = False
            self.reload()
        self._rests()

    def reload(self) -> None:
        """Read the page again, in a thread, unless nobody has saved anything since."""
        store = self.desk.store if self.desk.is_open else None
        self.run_worker(
            lambda: self._reload(store), thread=True, exclusive=True, group="glance", name="glance"
        )

    def _reload(self, store: Store | None) -> None:
        worker, on = get_current_worker(), self.today
        state = store.state() if store is not None else None
        shown = None if store is None or state is None else (store, state, on)
        if shown is not None and shown == self._shown:
            # What could not be judged then is judged now.
            self.app.call_from_thread(self.judge)
            return
        try:
            glance = self.desk.glance()
        except Fault as fault:
            self.app.call_from_thread(self.desk.say, say(fault), "error")
            return
        if glance is not None and not worker.is_cancelled:
            self.app.call_from_thread(self._read_again, glance, shown)

    def _read_again(self, glance: Glance, shown: tuple[Store, int, date] | None) -> None:
        first = self._shown is None and shown is not None
        self._shown = shown
        if not (first and glance == self._glance):  # else it is what was read ahead
            self.glance_came(glance)

    def glance_came(self, glance: Glance) -> None:
        """Show what was read."""
        self._glance, self._seen = glance, True
        self._doctors = {f"doctor:{d.training_id}": d for d in glance.doctors}
        self._events = {f"event:{e.record_id}": e for e in glance.recent}
        self._title()
        self.show_stands(glance)
        self.judge()

    def show_stands(self, glance: Glance) -> None:
        """Show the rows."""
        asked = {id_: stand.duties for id_, stand in self._stands.items()}
        meetings = of_kollegium(glance, self.today)
        found = duties(glance.doctors, self.today, asked)
        # By what they are, so that the cursor stays on its row when others come in above it.
        self._duties = {duty_id(d): d for d in chosen(found, meetings, MOST_DUTIES)}
        picker = self.query_one(Picker)
        if not glance.trainees:
            rows = [heading(text("today.empty"), ""), *begin_rows(glance.demo)]
        else:
            rows = self._rows(glance, len(found) + len(meetings))
        picker.show(rows)
        self.refresh_bindings()

    # Behind the first rows

    def _opened(self, _: Store) -> None:
        self.desk.at_touch(self._rests)
        self.desk.at_touch(self.reload)  # of these records: to know later that nothing was saved
        self._ask_role()
        self.judge()

    def _ask_role(self) -> None:
        """Find out whether the key to the kollegium is of use here."""
        if not self.desk.is_open:
            return
        from at_tui.kollegium.support import viewer_of

        try:
            with self.desk.store.read() as work:
                roles = viewer_of(work, self.desk.author, self.today).roles
        except Fault:
            return  # said where the records are read for their own sake
        self._directs = not roles.isdisjoint(_DIRECTORS)
        self.refresh_bindings()
        if self._directs:
            self.desk.load_too(ready.make_kollegium_ready)

    def _title(self) -> None:
        glance, on = self._glance, self.today
        when = f"{with_weekday(on)} · {week_words(on)}"
        left = Content.assemble((text("today.title"), "bold"))
        if glance and glance.demo:
            left = Content.assemble(left, "  ", (text("today.demo"), "bold $warning"))
        elif glance and not glance.encrypted:
            left = Content.assemble(left, "  ", (text("today.unencrypted"), "$warning"))
        place = f"{glance.place} · " if glance and glance.place else ""
        self.set_title(left, place + when)

    # Rows

    def _rows(self, glance: Glance, all_duties: int) -> list[Row]:
        rows = [heading(text("today.to_do"), text("today.to_do_right"))]
        rows += [duty_row(id_, duty, self.today) for id_, duty in self._duties.items()]
        if not self._duties:
            rows.append(remark(text("today.nothing_to_do")))
        if all_duties > len(self._duties):
            more = text("today.more_to_do", count=all_duties - len(self._duties))
            rows.append(remark(more))
        mine = of_kinds(text("today.mine"), (d.kind for d in self._doctors.values()))
        rows.append(heading(mine if glance.mine else text("today.in_service")))
        rows += [
            doctor_row(id_, doctor, self.today, self._stands.get(doctor.training_id))
            for id_, doctor in self._doctors.items()
        ]
        rows.append(heading(text("today.lately")))
        rows += [event_row(id_, event, self.today) for id_, event in self._events.items()]
        if not self._events:
            rows.append(remark(text("today.nothing_lately")))
        return rows

    # What the row is about

    def on_picker_moved(self) -> None:
        """Read what the row leads to, once the cursor rests on it."""
        self._rests()

    def _rests(self) -> None:
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(RESTS, self._foreread)

    def _foreread(self) -> None:
        training = self._training()
        wanted = training and self.desk.in_use and self.app.screen is self
        if not wanted or not self.desk.is_open:
            return
        store = self.desk.store

        def work() -> None:
            with contextlib.suppress(Fault):  # said where the page is opened
                self.desk.foreread.read(store, training, self.today)

        self.run_worker(work, thread=True, exclusive=True, name="foreread", group="foreread")

    def _selected(self) -> str:
        return self.query_one(Picker).selected or ""

    def _training(self) -> str:
        id_ = self._selected()
        if id_ in self._duties:
            return self._duties[id_].doctor.training_id
        if id_ in self._events:
            return self._events[id_].training_id
        doctor = self._doctors.get(id_)
        return doctor.training_id if doctor else ""

    def _doctor(self) -> Doctor | None:
        return self._doctors.get(f"doctor:{self._training()}")

    # Actions

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Do what the row says (a click)."""
        event.stop()
        self.action_do()

    def action_do(self) -> None:
        """Do what the row says."""
        id_ = self._selected()
        if id_ in self._duties:
            self._do(self._duties[id_])
        elif id_ in self._events:
            self._show_event(self._events[id_])
        elif id_ in self._beginnings:
            self._beginnings[id_]()
        elif training := self._training():
            self._go(lambda: ways.page(training))

    @property
    def _beginnings(self) -> dict[str, Callable[[], None]]:
        """What an empty file offers."""
        return {
            "begin:new": self.action_new,
            "begin:import": self.action_import,
            "begin:demo": self.desk.demo,
        }

    def _do(self, duty: Duty) -> None:
        training, record = duty.doctor.training_id, duty.record_id
        if duty.act is Act.MEETING:
            self._go(lambda: ways.kollegium_live(record))
        elif duty.act is Act.AGREED:
            self._ask(duty)
        elif duty.act is Act.FOLLOW_UP:
            self._go(lambda: ways.support_plan(record))
        elif duty.act is Act.SESSION:
            self._go(lambda: ways.session(training, record or None))
        elif duty.act is Act.FORM:
            self._go(lambda: ways.assessment(training, None, record))
        elif duty.act is Act.TALK:
            kind = duty.instrument_id or "halvtid"
            self._go(lambda: ways.talk(training, kind, record or None))
        elif duty.act is Act.ASSESS:
            self._go(lambda: ways.assessment(training, duty.instrument_id or None, None))
        else:
            self._go(lambda: ways.certificate(training, record or None))

    def _ask(self, duty: Duty) -> None:
        from screens.kollegium.after_today import ask

        if self.desk.is_open and self._glance is not None:
            ask(self, duty, self._glance)

    def _show_event(self, event: Event) -> None:
        if event.kind == "supervision":
            self._go(lambda: ways.session(event.training_id, event.record_id))
        elif event.kind == "assessment":
            self._go(lambda: ways.assessment(event.training_id, None, event.record_id))
        else:
            self._go(lambda: ways.page(event.training_id, "documents"))

    def action_session(self) -> None:
        """Log a session."""
        if training := self._training():
            self._go(lambda: ways.session(training, None))

    def action_assess(self) -> None:
        """Choose an instrument."""
        if training := self._training():
            self._go(lambda: ways.assessment(training, None, None))

    def action_dops(self) -> None:
        """Fill in a DOPS."""
        if training := self._training():
            self._go(lambda: ways.assessment(training, "dops", None))

    def action_goals(self) -> None:
        """Show the goals."""
        if training := self._training():
            self._go(lambda: ways.goals(training))

    def action_certify(self) -> None:
        """Open the certificate of the placement."""
        doctor = self._doctor()
        if doctor is not None:
            stay = doctor.uncertified or doctor.stay
            self._go(lambda: ways.certificate(doctor.training_id, stay.id if stay else None))

    def action_page(self) -> None:
        """Open the trainee's page."""
        if training := self._training():
            self._go(lambda: ways.page(training))

    def action_kollegium(self) -> None:
        """Show the study director who needs them."""
        self._go(ways.cohort)

    def action_list(self) -> None:
        """Show all trainees."""
        self._go(ways.trainees)

    def action_new(self) -> None:
        """Add a trainee."""
        self._go(ways.new_trainee)

    def action_import(self) -> None:
        """Import a start group."""
        self._go(ways.import_group)

    def action_back(self) -> None:
        """There is no page before this one; the filter is what Esc ends."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out the way back, and what needs a trainee when there is none."""
        if action == "back":
            return False
        if action == "kollegium":
            return self._directs
        if action in ("session", "assess", "goals", "certify", "dops", "page"):
            return bool(self._doctors)
        return True

    def _go(self, make: Way) -> None:
        self.desk.go(make)
