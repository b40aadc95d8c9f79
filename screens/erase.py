"""Lawful erasure: what goes and what stays, a reason, the whole name, and a question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from at_tui.language import say, text
from schema.fault import Fault
from screens.disclose import kind_words, trainee_of
from screens.text import fit, fitted, safe, safe_note
from screens.widgets.choice_field import Option
from screens.widgets.confirm import Confirm
from screens.widgets.form import Field, Form, Kind, Problem
from screens.widgets.keys import bind
from screens.widgets.page import Page

if TYPE_CHECKING:
    from at_tui.erasing import Proposal, Result

EVERYTHING, PAST = "everything", "past"
NOW, LATER = "now", "later"


class ErasePage(Page[bool]):
    """Erase what is kept about one person; dismissed with True when it was done.

    Args:
        training_id: The training of the trainee it is about; or
        person_id: the trainee or other person.
    """

    AREA = "erase"
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    ErasePage #goes { height: auto; padding: 1 3; }
    ErasePage Form { height: auto; }
    """
    BINDINGS: ClassVar[list[Any]] = [bind("ctrl+s,f2", "erase", "erase.erase")]

    def __init__(self, training_id: str = "", *, person_id: str = "") -> None:
        super().__init__()
        self._training_id, self._person_id = training_id, person_id
        self._proposal: Proposal | None = None
        self._busy = False

    def body(self) -> ComposeResult:
        """Lay out what goes; the questions come when it has been read."""
        with VerticalScroll(id="erasure"):
            yield Static(id="goes", markup=False)

    def on_mount(self) -> None:
        """Read in a thread."""
        self.set_title(text("erase.title"))
        self.run_worker(self._read, thread=True, name="read")

    def _read(self) -> None:
        from at_tui import erasing

        try:
            with self.store.read() as work:
                who = self._person_id or trainee_of(work, self._training_id)
            proposal = erasing.propose(self.store, who, on=self.today)
        except Fault as fault:
            self.app.call_from_thread(self._refused, fault)
            return
        self.app.call_from_thread(self._show, proposal)

    def _refused(self, fault: Fault) -> None:
        self.desk.say(say(fault), "error")
        if self.is_mounted and self._proposal is None:
            self.dismiss(False)

    def _show(self, proposal: Proposal) -> None:
        self._proposal = proposal
        self.set_title(text("erase.title_of", name=proposal.name))
        goes = self.query_one("#goes", Static)
        if proposal.person_id == self.author:
            goes.update(safe_note(text("erase.author"), "$warning"))
            return
        if not proposal.records:
            goes.update(safe_note(text("erase.nothing")))
            return
        goes.update(_goes(proposal))
        form = Form(self._fields(proposal), self._values(proposal), button=text("erase.button"))
        self.call_next(self._ask, form)

    async def _ask(self, form: Form) -> None:
        await self.query_one("#erasure").mount(form)
        form.focus()
        self.refresh_bindings()

    def _fields(self, proposal: Proposal) -> Sequence[Field]:
        from data.erase_log import WHYS

        everything = text("erase.everything", count=len(proposal.records))
        what = [Option(EVERYTHING, everything)]
        past = proposal.only_past()
        if past:
            what.insert(0, Option(PAST, text("erase.past", count=len(past))))
        copies = Option(NOW, text("erase.copies_now")), Option(LATER, text("erase.copies_later"))
        fields = [
            Field("what", text("erase.what"), Kind.CHOICE, required=True, options=tuple(what)),
            Field(
                "why", text("erase.why"), Kind.CHOICE, required=True, hint=text("erase.why_hint"),
                options=tuple(Option(why, text(f"erase.reason.{why}")) for why in WHYS),
            ),
            Field(
                "copies", text("erase.copies"), Kind.CHOICE, required=True, options=copies,
                hint=text("erase.copies_hint"),
            ),
            Field(
                "name", text("erase.name"), required=True,
                hint=text("erase.name_hint", name=proposal.name),
            ),
        ]  # fmt: skip
        return [field for field in fields if field.name != "copies" or proposal.copies]

    def _values(self, proposal: Proposal) -> Mapping[str, Any]:
        past = bool(proposal.past)
        return {
            "what": PAST if past else EVERYTHING,
            "why": "retention" if past else "",
            "copies": NOW,
        }

    # Erasing

    @on(Button.Pressed, "#save")
    def action_erase(self) -> None:
        """Ask a last time."""
        proposal = self._proposal
        if proposal is None or self._busy or not self.query(Form):
            return
        form = self.query_one(Form)
        values, problems = form.read()
        form.show_problems([*problems, *_wrong(values, proposal)])
        if problems or _wrong(values, proposal):
            return
        past = values["what"] == PAST
        count = len(proposal.only_past() if past else proposal.records)

        def answered(yes: bool | None) -> None:
            if yes:
                self._erase(proposal, values)

        self.app.push_screen(
            Confirm(
                text("erase.question", count=count, name=proposal.name),
                text("erase.question_more"),
                yes=text("erase.yes"),
                no=text("erase.no"),
            ),
            answered,
        )

    def _erase(self, proposal: Proposal, values: dict[str, Any]) -> None:
        self._busy = True
        self.note(text("erase.working"))

        def work() -> None:
            from at_tui import erasing

            try:
                result = erasing.carry_out(
                    self.store, proposal, self.author, past=values["what"] == PAST,
                    copies=values.get("copies") == NOW, why=values["why"],
                )  # fmt: skip
            except Fault as fault:
                self.app.call_from_thread(self._failed, fault)
                return
            self.app.call_from_thread(self._done, proposal, result, values)

        self.run_worker(work, thread=True, name="erase")

    def _failed(self, fault: Fault) -> None:
        self._busy = False
        self.note("")
        self.desk.say(say(fault), "error")

    def _done(self, proposal: Proposal, result: Result, values: dict[str, Any]) -> None:
        count = result.erased.versions
        lines = [text("erase.erased", name=proposal.name, versions=count)]
        if proposal.copies and values.get("copies") == NOW:
            emptied = len(proposal.copies) - len(result.left)
            lines.append(text("erase.copies_emptied", count=emptied))
        lines += [text("erase.copy_left", path=copy.path) for copy in result.left]
        lines.append(text("erase.elsewhere"))
        self.desk.say("\n".join(lines), "warning" if result.left else "information")
        if self.is_mounted:
            self.dismiss(True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out what there is nothing for."""
        return bool(self.query(Form)) if action == "erase" else True


def _wrong(values: dict[str, Any], proposal: Proposal) -> list[Problem]:
    if values.get("name") and values["name"].split() != proposal.name.split():
        return [("name", "erase.wrong_name", {})]
    return []


def _goes(proposal: Proposal) -> Content:
    """Return what goes, by kind, and what stays."""
    counts = Counter(proposal.records.values())
    # Numbers in a column of their own width, kinds in two columns.
    width = max(len(str(count)) for count in counts.values())
    cells = [
        Content.assemble(fit(count, width, right=True), "  ", safe(kind_words(kind, count)))
        for kind, count in counts.items()
    ]
    half = -(-len(cells) // 2)
    room = max(cell.cell_length for cell in cells[:half]) + 4
    others = [*cells[half:], Content("")]
    lines = [safe(text("erase.goes"), "bold $accent")]
    for left, right in zip(cells[:half], others, strict=False):
        lines.append(Content.assemble(fitted(left, room), right))
    stays = [text("erase.stays")]
    if proposal.copies:
        stays.append(text("erase.copies_count", count=len(proposal.copies)))
    return Content("\n").join([*lines, Content(""), *(safe(s, "$text-muted") for s in stays)])
