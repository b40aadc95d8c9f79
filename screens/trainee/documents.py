"""Dokument: what can be printed; Enter makes it, or leads to what is lacking."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen

from at_tui.instrument_names import short_name
from at_tui.language import say, text
from schema.fault import Fault
from schema.words import CertificateKind, LockStatus
from screens import ways
from screens.dates import short
from screens.text import safe
from screens.trainee.print_dialog import PrintChoice, PrintDialog
from screens.trainee.printing import Document, make
from screens.trainee.tab import Tab
from screens.trainee.words import lock_status, period
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row, heading, remark
from screens.widgets.status import Status, status

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from schema.tables import Placement

_COLUMNS = (
    Column(width=24, wide=32),
    Column(width=26),
    Column(width=16, grow=1, wide_only=True),
    Column(width=22, wide=30),
)


_LOCKS = {
    LockStatus.DRAFT: Status.DRAFT,
    LockStatus.SIGNED: Status.SIGNED,
    LockStatus.CORRECTED: Status.CORRECTED,
    LockStatus.VOIDED: Status.VOIDED,
}


def _talk(training_id: str, talk_id: str) -> Screen[Any]:
    from screens.talks.opening import TalkOpening  # imported when a talk is opened

    return TalkOpening(training_id, talk_id=talk_id)


class DocumentsTab(Tab):
    """Certificates, the log, and every form."""

    NAME = "documents"

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        yield Picker(_COLUMNS, type_to_filter=False)

    def fill(self) -> None:
        """Show what there is to print."""
        self._documents: dict[str, Document] = {}
        self.picker.show(list(self._rows()))

    def _rows(self) -> Iterator[Row]:
        folder = self.file.folder
        yield heading(text("trainee.certificates"))
        begun = [p for p in folder.placements if p.start <= self.file.on]
        for placement in reversed(begun):
            yield self._certificate(placement)
        if not begun:
            yield remark(text("trainee.no_placements"))
        yield heading(text("trainee.whole_heading"))
        yield self._final()
        self._documents["progress"] = Document("progress", "", text("trainee.whole"))
        for name in ("progress", "archive"):
            told = safe(text(f"trainee.{name}_more"), "$text-muted")
            yield Row(name, (text(f"trainee.{name}"), "", "", told))
        yield heading(text("trainee.logs"))
        yield from self._logs()
        yield heading(text("trainee.tab.assessments"))
        for form in reversed(folder.assessments):
            name = short_name(form.instrument_id)
            id = f"assessment:{form.id}"
            words = f"{name}, {short(form.day, self.file.on)}"
            self._documents[id] = Document("assessment", form.id, words)
            by = safe(folder.name_of(form.assessor_id) or form.assessor_name, "$text-muted")
            state = lock_status(form, self.file)
            yield Row(id, (name, short(form.day, self.file.on), by, state))
        if not folder.assessments:
            yield remark(text("trainee.no_assessments"))
        yield from self._talks()

    def _talks(self) -> Iterator[Row]:
        """The talks that were held; each opens, and is printed from its own page."""
        folder, on = self.file.folder, self.file.on
        held = [(talk, talk.held_on) for talk in folder.talks if talk.held_on is not None]
        if not held:
            return
        yield heading(text("talks_list.title"))
        for talk, day in sorted(held, key=lambda pair: (pair[1], pair[0].id), reverse=True):
            kind = text(f"word.talk.{talk.kind}")
            who = safe(folder.name_of(talk.with_id), "$text-muted")
            state = status(_LOCKS[LockStatus(talk.status)])
            name = kind[:1].upper() + kind[1:]
            yield Row(f"talk:{talk.id}", (name, short(day, on), who, state))

    def _certificate(self, placement: Placement) -> Row:
        folder, on = self.file.folder, self.file.on
        section = text(f"word.section_short.{placement.section}")
        days = period(placement.start, placement.end, on)
        id = f"certificate:{placement.id}"
        state: Content = safe(text("trainee.not_over"), "$text-muted")
        if placement.end <= on:
            state = status(Status.DRAFT, text("trainee.uncertified"))
        for certificate in folder.certificates:
            if certificate.placement_id == placement.id and certificate.status == LockStatus.SIGNED:
                issued = short(certificate.issued_on, on)
                state = status(Status.SIGNED, text("trainee.issued", day=issued))
                self._documents[id] = Document("certificate", placement.id, section)
        unit = safe(folder.unit_of(placement), "$text-muted")
        return Row(id, (text("trainee.certificate", section=section), days, unit, state))

    def _final(self) -> Row:
        folder, on = self.file.folder, self.file.on
        state: Content = safe(text("trainee.training_not_over"), "$text-muted")
        last = max((p.end for p in folder.placements), default=None)
        if last is not None and last <= on:
            state = status(Status.DRAFT, text("trainee.uncertified"))
        for certificate in folder.certificates:
            final = certificate.kind == CertificateKind.TRAINING
            if final and certificate.status == LockStatus.SIGNED:
                issued = short(certificate.issued_on, on)
                state = status(Status.SIGNED, text("trainee.issued", day=issued))
                self._documents["final"] = Document("final", "", text("trainee.whole"))
        return Row("final", (text("trainee.final"), "", "", state))

    def _logs(self) -> Iterator[Row]:
        folder, on = self.file.folder, self.file.on
        if not folder.supervisions:
            yield remark(text("trainee.no_sessions"))
            return
        for placement in reversed(folder.placements):
            count = sum(placement.start <= s.day <= placement.end for s in folder.supervisions)
            if count:
                section = text(f"word.section_short.{placement.section}")
                id = f"log:{placement.id}"
                self._documents[id] = Document("log", placement.id, section)
                days = period(placement.start, placement.end, on)
                yield self._log(id, text("trainee.log", section=section), days, count)
        self._documents["log:"] = Document("log", "", text("trainee.whole"))
        whole = text("trainee.log_whole")
        yield self._log("log:", whole, "", len(folder.supervisions))

    def _log(self, id: str, name: str, days: str, count: int) -> Row:
        words = safe(text("trainee.log_count", count=count), "$text-muted")
        return Row(id, (name, days, "", words))

    # Printing

    def open(self, row_id: str) -> None:
        """Ask where to, and print; an uncertified placement leads to its certificate."""
        document = self._documents.get(row_id)
        training = self.file.folder.training.id
        if document is None:
            sort, _, id = row_id.partition(":")
            if sort == "talk":
                self.go(lambda: _talk(training, id))
                return
            pages = {"final": ways.final_certificate, "archive": ways.archive}
            if row_id in pages:
                self.go(lambda: pages[row_id](training))
                return
            placement = row_id.partition(":")[2]
            self.go(lambda: ways.certificate(training, placement))
            return
        title = text(f"trainee.print.{document.kind}", what=document.words)
        self.app.push_screen(
            PrintDialog(title, notes=document.kind == "log"),
            lambda choice: self._print(document, choice),
        )

    def _print(self, document: Document, choice: PrintChoice | None) -> None:
        if choice is None:
            return
        file = self.file
        owner, store = self.desk.author, self.desk.store

        def work() -> None:
            # reportlab takes 0.3 s to import: the page must not stand still meanwhile.
            try:
                printed = make(
                    file, document, choice.folder, notes=choice.notes, owner=owner, store=store
                )
            except Fault as fault:
                self.app.call_from_thread(self.desk.say, say(fault), "error")
            else:
                said = text("trainee.printed", path=printed.path)
                self.app.call_from_thread(self.desk.say, said)
                if printed.remark:
                    self.app.call_from_thread(self.desk.say, printed.remark, "warning")

        self.run_worker(work, thread=True, name="print")
