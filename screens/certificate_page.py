"""What the certificate of a placement and of a whole training have alike on screen."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from at_tui.certificate_checks import Check, CheckStatus, Fix
from at_tui.certifying import is_head
from at_tui.issuing import CertificateEntry, Flight, void_certificate
from at_tui.language import say, text
from schema.fault import Fault
from screens.certificate_fields import CertificateFields
from screens.certificate_issue import issue, print_certificate
from screens.certificate_rows import check_rows, issued_rows, standing
from screens.certificate_ways import way_to
from screens.certificate_words import check_sentence, how_to_mend
from screens.text import safe
from screens.trainee.reading import TraineeFile, read_file
from screens.widgets.drafts import DraftPage
from screens.widgets.keys import bind
from screens.widgets.picker import Picker
from screens.widgets.reason import Reason
from screens.widgets.rows import TALL, Column

if TYPE_CHECKING:
    from at_tui.documents.certificate_parts import PrintedCertificate
    from data.work import Work
    from schema.tables import Certificate, Placement

Printed = TypeVar("Printed", bound="PrintedCertificate")


class CertificatePage(DraftPage[str]):
    """A certificate: what stands in its way, who signs it, and the signed print.

    Subclasses say what it is of: which placement's verksamhetschef signs, its checks, its words,
    how it is issued and printed.

    Args:
        training_id: Whose.
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

    def __init__(self, training_id: str) -> None:
        super().__init__()
        self.training_id = training_id
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
            self.app.call_from_thread(self.gone, fault)
            return
        self.app.call_from_thread(self._came, file)

    def gone(self, fault: Fault) -> None:
        """Leave the page, and say why."""
        self.desk.say(say(fault), "error")
        self.dismiss()

    def _came(self, file: TraineeFile) -> None:
        self.file = file
        if not file.folder.placements:
            self.gone(Fault("certify.no_placement"))
        elif self.entry is None:
            self.begin()
        else:
            self.query_one(CertificateFields).fill(file.folder, self.placement, self.entry)
            self._show()

    def begin(self) -> None:
        """Fill in what the records can answer for, or what a draft holds."""
        self.entry = self.first_entry()
        self.draft_key = self.key_of_draft()
        if self.issued is None:
            self.fetch_draft()
        self.query_one(CertificateFields).fill(self.read.folder, self.placement, self.entry)
        self._show()

    # What subclasses say

    @property
    def read(self) -> TraineeFile:
        """The records, once they are read."""
        if self.file is None:
            raise RuntimeError("the records have not been read")
        return self.file

    @property
    def placement(self) -> Placement:
        """The placement whose verksamhetschef certifies."""
        raise NotImplementedError

    @property
    def issued(self) -> Certificate | None:
        """The certificate in force, or None."""
        raise NotImplementedError

    @property
    def flight(self) -> Flight[Any] | None:
        """The checks as they stand."""
        if self.file is None or self.entry is None:
            return None
        return self.checked(self.file, self.entry)

    def checked(self, file: TraineeFile, entry: CertificateEntry) -> Flight[Any]:
        """Return what is filled in with every check of it."""
        raise NotImplementedError

    def first_entry(self) -> CertificateEntry:
        """Return what is filled in to begin with."""
        raise NotImplementedError

    def key_of_draft(self) -> str:
        """Return the name of the page's draft."""
        raise NotImplementedError

    def words_of_title(self) -> str:
        """Return what the certificate is of."""
        raise NotImplementedError

    def lines(self, flight: Any) -> list[Content]:
        """Return what will stand on the certificate."""
        raise NotImplementedError

    def says(self, flight: Any) -> str:
        """Return what the signature says."""
        raise NotImplementedError

    def keep(self, work: Work, flight: Any) -> Certificate:
        """Save and sign the certificate."""
        raise NotImplementedError

    def print_to(self, folder: Path) -> Path:
        """Write the certificate, or a draft of it; slow, called in a thread."""
        raise NotImplementedError

    def as_draft(self, printed: Printed) -> Printed:
        """Return what is printed as a draft, however green, until somebody has signed it."""
        flight = self.flight
        if self.issued is not None or flight is None:
            return printed
        lacks = [*map(check_sentence, flight.red), text("certify.not_issued")]
        return replace(printed, missing=tuple(lacks), override=None)

    def answer(self, check: Check) -> bool:
        """Answer a check in a way of its own; return whether that was done."""
        return False

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

    def _show(self) -> None:
        flight = self.flight
        if flight is None or self.file is None:
            return
        folder, issued = self.read.folder, self.issued
        self.set_title(self.words_of_title(), standing(flight, issued, self.today))
        self.set_class(issued is not None, "-issued")
        head = is_head(folder, self.placement, flight.entry.signer_id, flight.entry.on)
        self.set_class(bool(flight.entry.signer_id) and not head, "-delegated")
        every = self.every or self.app.size.height >= TALL
        rows = issued_rows(self.file, issued, every) if issued else check_rows(flight, every)
        self.query_one(Picker).show(list(rows))
        self.query_one("#facts", Static).update(Content("\n").join(self.lines(flight)))
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
                "no_absence": self.asks_absence,
                "consulted": bool(flight.facts.supervisor) and self.asks_consultation,
                "override": bool(flight.red),
                "evaluated": "evaluation" in found,
                "no_number": found["personnummer"].status is not CheckStatus.GREEN,
            }[action]
        )

    @property
    def asks_absence(self) -> bool:
        """Whether someone has to say that there was no absence."""
        return False

    @property
    def asks_consultation(self) -> bool:
        """Whether someone has to say that the supervisor has been consulted."""
        raise NotImplementedError

    def action_no_absence(self) -> None:
        """Say that there was no absence besides semester, or take that back."""
        if self.entry is not None:
            self._change(no_absence=not self.entry.no_absence)

    def action_consulted(self) -> None:
        """Say that the supervisor has been consulted, or take that back."""
        if self.entry is not None:
            self._change(consulted=not self.entry.consulted)

    def action_evaluated(self) -> None:
        """Say that the trainee has evaluated the placement, or take that back."""
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
        if self.answer(check):
            return
        if check.code == "consultation":
            self.action_consulted()
        elif check.code == "right":
            self.query_one("#delegated").focus()
        elif check.fix is Fix.SIGNER:
            self.query_one("#signer").focus()
        elif check.fix is Fix.CURRICULUM:
            self.desk.say(text("certify.how.curriculum"))
        else:
            self.lead(check)

    def lead(self, check: Check) -> None:
        """Open the page on which a check is mended."""
        file, signer = self.read, self.entry.signer_id if self.entry else None
        placement = self.placement
        self.desk.go(lambda: way_to(check.fix, file, placement, signer))
