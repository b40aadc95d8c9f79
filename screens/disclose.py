"""Everything that is kept about one person: to look at, to save for them, or to erase."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult

from at_tui.language import say, text
from schema.fault import Fault
from screens import ways
from screens.dates import full
from screens.disclose_save import SaveChoice, SaveDialog
from screens.text import safe
from screens.widgets.keys import bind
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row, heading, remark

if TYPE_CHECKING:
    from data.disclose import Disclosure, Entry

MOST_MENTIONS = 200


class DisclosePage(Page[None]):
    """What is kept, by kind, and where others' records name the person.

    Args:
        training_id: The training of the trainee it is about; or
        person_id: the trainee or other person.
    """

    AREA = "disclose"
    BINDINGS: ClassVar[list[Any]] = [
        bind("enter", "open", "disclose.open"),
        bind("s", "save", "disclose.save"),
        bind("r", "erase", "disclose.erase"),
    ]

    def __init__(self, training_id: str = "", *, person_id: str = "") -> None:
        super().__init__()
        self._training_id, self._person_id = training_id, person_id
        self._found: Disclosure | None = None

    def body(self) -> ComposeResult:
        """Lay out the list."""
        columns = (
            Column(text("disclose.column.kind"), width=30, grow=1, most=44),
            Column(text("disclose.column.count"), width=6, right=True),
            Column(text("disclose.column.life"), width=30),
        )
        yield Picker(columns, type_to_filter=False, enter=False, filters=False)

    def on_mount(self) -> None:
        """Read in a thread."""
        self.set_title(text("disclose.page_title_none"))
        self.query_one(Picker).focus()
        self.reload()

    def on_screen_resume(self) -> None:
        """Read anew what another page may have changed."""
        self.reload()

    def reload(self) -> None:
        """Read in a thread: every version of every record is looked at."""
        self.run_worker(self._read, thread=True, exclusive=True, group="read", name="disclose")

    def _read(self) -> None:
        from data.disclose import disclose

        try:
            with self.store.read() as work:
                who = self._person_id or trainee_of(work, self._training_id)
                found = disclose(work, who)
        except Fault as fault:
            self.app.call_from_thread(self._gone, fault)
            return
        self.app.call_from_thread(self._show, found)

    def _gone(self, fault: Fault) -> None:
        if self.is_mounted:
            if self._found is None:
                self.desk.say(say(fault), "error")
            self.dismiss()

    def _show(self, found: Disclosure) -> None:
        self._found = found
        self.set_title(text("disclose.page_title", name=found.name), full(self.today))
        self.query_one(Picker).show(list(_rows(found)))
        self.refresh_bindings()

    # Actions

    @property
    def _record(self) -> str:
        selected = self.query_one(Picker).selected or ""
        return selected.removeprefix("mention:") if selected.startswith("mention:") else ""

    def on_picker_moved(self) -> None:
        """Show the keys of the row."""
        self.refresh_bindings()

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Read the record (a click)."""
        event.stop()
        self.action_open()

    def action_open(self) -> None:
        """Read the record that names the person."""
        if record := self._record:
            from screens.life import LifePage

            self.desk.go(lambda: LifePage(record))

    def action_save(self) -> None:
        """Ask where and how, and write."""
        if self._found is not None:
            self.app.push_screen(SaveDialog(), self._save)

    def _save(self, choice: SaveChoice | None) -> None:
        found = self._found
        if choice is None or found is None:
            return

        def write() -> None:
            from at_tui import disclosure
            from at_tui.printing import file_name, write_document

            make: Callable[..., str | bytes] = getattr(disclosure, choice.function)
            content = make(found, on=self.today)
            day = self.today.isoformat()
            name = file_name(text("disclose.file"), found.name, day, ending=choice.ending)
            try:
                written = content if isinstance(content, bytes) else content.encode()
                path = write_document(choice.folder, name, written)
            except Fault as fault:
                self.app.call_from_thread(self.desk.say, say(fault), "error")
                return
            words = text("disclose.saved", path=path) + "\n" + text("disclose.not_encrypted")
            self.app.call_from_thread(self.desk.say, words)

        self.run_worker(write, thread=True, name="save")

    def action_erase(self) -> None:
        """Go to the erasure."""
        if self._found is not None:
            person = self._found.person_id
            self.desk.go(lambda: ways.erase("", person_id=person))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out what there is nothing for."""
        if action == "open":
            return bool(self._record)
        return self._found is not None if action in ("save", "erase") else True


def trainee_of(work: Any, training_id: str) -> str:
    """Return the id of the trainee whose training it is.

    Raises:
        Fault: `store.no_record`.
    """
    from schema.tables import Training

    found = work.get(Training, training_id)
    if found is None:
        raise Fault("store.no_record", exit_code=1)
    return str(found.trainee_id)


def kind_words(kind: str, count: int = 1) -> str:
    """Return e.g. `placeringar` for so many records of a kind."""
    from at_tui.disclosure import counted

    return counted([kind] * count).partition(" ")[2]


def _rows(found: Disclosure) -> Iterator[Row]:
    by_kind: dict[str, list[Entry]] = {}
    for entry in found.entries:
        by_kind.setdefault(entry.kind, []).append(entry)
    yield heading(text("disclose.about"), text("disclose.records", count=len(found.entries)))
    for kind, entries in by_kind.items():
        moments = [step.at for entry in entries for step in entry.life]
        cells = (kind_words(kind, len(entries)), str(len(entries)), _span(moments))
        yield Row(f"kind:{kind}", cells)
    if found.drafts:
        yield Row("drafts", (text("disclose.drafts"), str(len(found.drafts)), ""))
    if found.has_pin:
        more = safe(text("disclose.pin_more"), "$text-muted")
        yield Row("pin", (text("disclose.pin_row"), "1", more))
    if not by_kind:
        yield remark(text("disclose.nothing"))
    yield from _mentions(found)


def _mentions(found: Disclosure) -> Iterator[Row]:
    texts = [m for m in found.mentions if not m.by_id]
    named = Counter(m.kind for m in found.mentions if m.by_id)
    yield heading(text("disclose.look"))
    for mention in texts[:MOST_MENTIONS]:
        where = safe(text("disclose.in_text"), "$text-muted")
        yield Row(f"mention:{mention.record_id}", (kind_words(mention.kind), "", where))
    if not texts:
        yield remark(text("disclose.look_none"))
    for kind, count in named.items():
        where = safe(text("disclose.by_id"), "$text-muted")
        yield Row(f"named:{kind}", (kind_words(kind, count), str(count), where))


def _span(moments: list[datetime]) -> str:
    """Return the days of the first and the last of some moments."""
    days = sorted(moment.astimezone().date() for moment in moments)
    if not days:
        return ""
    return str(days[0]) if days[0] == days[-1] else f"{days[0]} – {days[-1]}"
