"""The placement certificate: what stands in its way, who signs it, and the signed print."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from at_tui.certificate import Check, CheckStatus, Fix
from at_tui.certifying import (
    CertificateEntry,
    Preflight,
    certificates_of,
    first_entry,
    is_head,
    placement_of,
    preflight_of,
    void_certificate,
)
from at_tui.language import say, text
from schema.fault import Fault
from schema.words import LockStatus
from screens.certificate_fields import CertificateFields
from screens.certificate_issue import issue, print_certificate
from screens.certificate_rows import check_rows, issued_rows, placement_options, standing
from screens.certificate_ways import way_to
from screens.certificate_words import check_sentence, facts_lines, how_to_mend
from screens.text import safe
from screens.trainee.reading import TraineeFile, read_file
from screens.widgets.choice_field import ChoiceDialog
from screens.widgets.drafts import DraftPage
from screens.widgets.keys import bind
from screens.widgets.picker import Picker
from screens.widgets.reason import Reason
from screens.widgets.rows import TALL, Column

if TYPE_CHECKING:
    from schema.tables import Certificate, Placement


class CertificateScreen(DraftPage[str]):
    """The certificate of one placement.

    Args:
        training_id: Whose.
        placement_id: Which placement; None asks.
    """

    AREA = "certify"
    AUTO_FOCUS = "#checks Rows"
    CSS_PATH = "certificate.tcss"
    BINDINGS: ClassVar[list[Any]] = [
        bind("f2,ctrl+s", "issue", "certify.issue"),
        bind("o", "override", "certify.override"),
        bind("p", "print", "certify.print"),
        bind("n", "no_absence", "certify.no_absence"),
        bind("h", "consulted", "certify.consulted"),
        bind("u", "evaluated", "certify.evaluated", show=False),
        bind("s", "no_number", "certify.no_number", show=False),
        bind("a", "every", "certify.every", show=False),
        bind("v", "void", "certify.void"),
    ]

    def __init__(self, training_id: str, *, placement_id: str | None = None) -> None:
        super().__init__()
        self.training_id = training_id
        self.placement_id = placement_id or ""
        self.file: TraineeFile | None = None
        self.entry: CertificateEntry | None = None
        self.every = False
        """Whether the checks that found nothing are shown too."""

    def record_of_focus(self) -> str:
        """Return the id of the certificate in force, when there is one."""
        return self.issued.id if self.issued is not None else ""

    # Layout

    def body(self) -> ComposeResult:
        """Lay out fields, checks, and what will stand on the certificate."""
        yield CertificateFields(self.today)
        yield Picker(
            [Column(width=12), Column(width=40, grow=1)], type_to_filter=False, id="checks"
        )
        yield Static(id="how", markup=False)
        yield Static(id="facts", markup=False)

    def on_mount(self) -> None:
        """Read the records."""
        self.set_title("", safe(text("app.opening"), "$text-muted"))
        self.query_one(Picker).focus()
        self.reload()

    def on_screen_resume(self) -> None:
        """Read again what may have been mended on another page."""
        if self.file is not None:
            self.reload()

    def reload(self) -> None:
        """Read the records in a thread."""
        self.run_worker(self.load_now, thread=True, exclusive=True, name="certificate")

    def load_now(self) -> None:
        """Read the records; runs in a thread."""
        try:
            file = read_file(self.store, self.training_id, self.today)
        except Fault as fault:
            self.app.call_from_thread(self._gone, fault)
            return
        self.app.call_from_thread(self._came, file)

    def _gone(self, fault: Fault) -> None:
        self.desk.say(say(fault), "error")
        self.dismiss()

    def _came(self, file: TraineeFile) -> None:
        self.file = file
        if not file.folder.placements:
            self._gone(Fault("certify.no_placement"))
        elif not self.placement_id:
            self._ask_placement(file)
        elif self.entry is None:
            self._begin()
        else:
            self.query_one(CertificateFields).fill(file.folder, self.placement, self.entry)
            self._show()

    # Which placement

    def _ask_placement(self, file: TraineeFile) -> None:
        """Ask which placement, what waits for a certificate first."""
        dialog = ChoiceDialog(text("certify.choose"), placement_options(file))
        self.app.push_screen(dialog, self._placement_chosen)

    def _placement_chosen(self, placement_id: str | None) -> None:
        if not placement_id:
            self.dismiss()
            return
        self.placement_id = placement_id
        self._begin()

    def _begin(self) -> None:
        """Fill in what the records can answer for, or what a draft holds."""
        if self.file is None:
            return
        folder = self.file.folder
        try:
            placement = placement_of(folder, self.placement_id)
        except Fault as fault:
            self._gone(fault)
            return
        self.entry = first_entry(folder, placement, owner_id=self.author, on=self.today)
        self.draft_key = f"certificate:{self.placement_id}"
        if self.issued is None:
            self.fetch_draft()
        self.query_one(CertificateFields).fill(folder, placement, self.entry)
        self._show()

    def draft_content(self) -> dict[str, Any]:
        """Return what is filled in."""
        if self.entry is None:
            return {}
        return {**asdict(self.entry), "on": self.entry.on.isoformat()}

    def restore_draft(self, content: dict[str, Any]) -> None:
        """Take up what was filled in, but for the day: that is today again."""
        if self.entry is not None:
            known = {name: content[name] for name in asdict(self.entry) if name in content}
            self.entry = replace(self.entry, **{**known, "on": self.entry.on})

    # What it shows

    @property
    def placement(self) -> Placement:
        """The placement."""
        assert self.file is not None  # noqa: S101 - shown only when read
        return placement_of(self.file.folder, self.placement_id)

    @property
    def issued(self) -> Certificate | None:
        """The certificate in force, or None."""
        if self.file is None or not self.placement_id:
            return None
        first = next(iter(certificates_of(self.file.folder, self.placement_id)), None)
        return first if first is not None and first.status == LockStatus.SIGNED else None

    @property
    def flight(self) -> Preflight | None:
        """The checks as they stand."""
        if self.file is None or self.entry is None:
            return None
        return preflight_of(
            self.file.folder,
            self.entry,
            curriculum=self.file.curriculum,
            served=self.file.programme.served if self.file.programme else None,
            unsigned=tuple(self.file.unsigned),
        )

    def _show(self) -> None:
        flight = self.flight
        if flight is None or self.file is None:
            return
        folder, issued = self.file.folder, self.issued
        section = text(f"word.section_short.{self.placement.section}")
        title = text("certify.title", name=folder.trainee.name, section=section)
        self.set_title(title, standing(flight, issued, self.today))
        self.set_class(issued is not None, "-issued")
        head = is_head(folder, self.placement, flight.entry.signer_id, flight.entry.on)
        self.set_class(bool(flight.entry.signer_id) and not head, "-delegated")
        every = self.every or self.app.size.height >= TALL
        rows = issued_rows(self.file, issued, every) if issued else check_rows(flight, every)
        self.query_one(Picker).show(list(rows))
        served = self.file.programme.served if self.file.programme else None
        lines = facts_lines(folder, self.placement, flight.facts, served)
        self.query_one("#facts", Static).update(Content("\n").join(list(lines)))
        self.refresh_bindings()

    def on_resize(self) -> None:
        """Show every check where there is room."""
        self._show()

    def on_picker_moved(self, event: Picker.Moved) -> None:
        """Say the whole sentence of the check one stands on, and how it is mended."""
        check = self._check(event.row_id)
        words = Content("")
        if check is not None and self.issued is None:
            words = Content("\n").join([safe(check_sentence(check)), safe(how_to_mend(check))])
        self.query_one("#how", Static).update(words)

    def _check(self, code: str | None) -> Check | None:
        flight = self.flight
        return next((c for c in flight.checks if c.code == code), None) if flight else None

    # What is filled in

    def _change(self, **changes: Any) -> None:
        if self.entry is not None:
            changed = replace(self.entry, **changes)
            if changed != self.entry:
                self.entry = changed
                self.draft_changed()
                self._show()

    @on(CertificateFields.Changed)
    def _filled_in(self, event: CertificateFields.Changed) -> None:
        event.stop()
        self._change(**event.changes)
        if event.new_person:
            self.reload()

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out what there is no use for."""
        if action not in (
            "issue", "no_absence", "consulted", "override", "print", "evaluated", "no_number",
            "void",
        ):  # fmt: skip
            return True
        flight, issued = self.flight, self.issued
        if flight is None:
            return False
        if action in ("print", "void"):
            return action == "print" or issued is not None
        found = {check.code: check for check in flight.checks}
        return (
            issued is None
            and {
                "issue": True,
                "no_absence": flight.entry.no_absence or not flight.facts.absence_stated,
                "consulted": bool(flight.facts.supervisor) and self._asks_consultation,
                "override": bool(flight.red),
                "evaluated": True,
                "no_number": found["personnummer"].status is not CheckStatus.GREEN,
            }[action]
        )

    @property
    def _asks_consultation(self) -> bool:
        """Whether someone has to say that the supervisor has been consulted."""
        return self.file is not None and self.placement.supervisor_id != self.author

    def action_no_absence(self) -> None:
        """Say that there was no absence besides semester, or take that back."""
        if self.entry is not None:
            self._change(no_absence=not self.entry.no_absence)

    def action_consulted(self) -> None:
        """Say that the supervisor has been consulted, or take that back."""
        if self.entry is not None:
            self._change(consulted=not self.entry.consulted)

    def action_evaluated(self) -> None:
        """Say that the AT-läkare has evaluated the placement, or take that back."""
        if self.entry is not None:
            self._change(evaluation_done=None if self.entry.evaluation_done else True)

    def action_no_number(self) -> None:
        """Say why there is no personnummer."""
        dialog = Reason(text("certify.no_number_title"), text("certify.no_number_more"))
        self.app.push_screen(dialog, lambda why: self._change(personnummer_missing=why or ""))

    def action_override(self) -> None:
        """Answer for a certificate that is red, with a reason that is printed."""
        dialog = Reason(
            text("certify.override_title"), text("certify.override_more"), optional=True
        )
        self.app.push_screen(dialog, self._override)

    def _override(self, why: str | None) -> None:
        if why is not None:
            self._change(override_reason=why)

    def action_every(self) -> None:
        """Show the green checks too, or only what needs a look."""
        self.every = not self.every
        self._show()

    def action_issue(self) -> None:
        """Sign the certificate and print it."""
        self.run_worker(issue(self), group="issue", exclusive=True)

    def action_print(self) -> None:
        """Print the certificate, or a draft of it."""
        self.run_worker(print_certificate(self), group="issue", exclusive=True)

    def action_void(self) -> None:
        """Void the certificate in force, with a reason."""
        issued = self.issued
        if issued is not None:
            title = text("certify.void_title", number=issued.number)
            dialog = Reason(title, text("certify.void_more"))
            self.app.push_screen(dialog, lambda why: self._void(issued.id, why))

    def _void(self, certificate_id: str, why: str | None) -> None:
        if not why:
            return
        try:
            with self.store.work(self.author) as work:
                void_certificate(work, certificate_id, why)
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.desk.save_toast(text("certify.voided_toast"))
        self.entry = None
        self.reload()

    # Where faults are mended

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Go to where the check is mended."""
        event.stop()
        check = self._check(event.row_id)
        if check is None or self.issued is not None or check.status is CheckStatus.GREEN:
            return
        if check.code == "consultation":
            self.action_consulted()
        elif check.code == "right":
            self.query_one("#delegated").focus()
        elif check.fix is Fix.SIGNER:
            self.query_one("#signer").focus()
        elif check.fix is Fix.EVALUATION:
            self.action_evaluated()
        elif check.fix is Fix.CURRICULUM:
            self.desk.say(text("certify.how.curriculum"))
        else:
            file, signer = self.file, self.entry.signer_id if self.entry else None
            if file is not None:
                self.desk.go(lambda: way_to(check.fix, file, self.placement, signer))
