"""The certificate of one placement."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content

from at_tui import certifying
from at_tui.certificate_checks import Check, Fix
from at_tui.certifying import (
    Preflight,
    certificates_of,
    first_entry,
    placement_of,
    preflight_of,
)
from at_tui.issuing import CertificateEntry
from at_tui.language import text
from schema.fault import Fault
from schema.words import LockStatus
from screens.certificate_page import CertificatePage
from screens.certificate_rows import placement_options
from screens.certificate_words import facts_lines
from screens.widgets.choice_field import ChoiceDialog

if TYPE_CHECKING:
    from data.work import Work
    from schema.tables import Certificate, Placement
    from screens.trainee.reading import TraineeFile


class CertificateScreen(CertificatePage):
    """The certificate of one placement.

    Args:
        training_id: Whose.
        placement_id: Which placement; None asks.
    """

    def __init__(self, training_id: str, *, placement_id: str | None = None) -> None:
        super().__init__(training_id)
        self.placement_id = placement_id or ""

    # Which placement

    def begin(self) -> None:
        """Ask which placement when none is given; what waits for a certificate first."""
        if not self.placement_id:
            dialog = ChoiceDialog(text("certify.choose"), placement_options(self.read))
            self.app.push_screen(dialog, self._placement_chosen)
            return
        try:
            placement_of(self.read.folder, self.placement_id)
        except Fault as fault:
            self.gone(fault)
            return
        super().begin()

    def _placement_chosen(self, placement_id: str | None) -> None:
        if not placement_id:
            self.dismiss()
            return
        self.placement_id = placement_id
        self.begin()

    # What it is

    @property
    def placement(self) -> Placement:
        """The placement."""
        return placement_of(self.read.folder, self.placement_id)

    @property
    def issued(self) -> Certificate | None:
        """The certificate in force, or None."""
        if self.file is None or not self.placement_id:
            return None
        first = next(iter(certificates_of(self.file.folder, self.placement_id)), None)
        return first if first is not None and first.status == LockStatus.SIGNED else None

    def checked(self, file: TraineeFile, entry: CertificateEntry) -> Preflight:
        """Return what is filled in with every check of it."""
        return preflight_of(
            file.folder,
            entry,
            curriculum=file.curriculum,
            served=file.served,
            unsigned=tuple(file.unsigned),
        )

    def first_entry(self) -> CertificateEntry:
        """Return what the records can answer for."""
        folder = self.read.folder
        return first_entry(folder, self.placement, owner_id=self.author, on=self.today)

    def key_of_draft(self) -> str:
        """Return the name of the page's draft."""
        return f"certificate:{self.placement_id}"

    def words_of_title(self) -> str:
        """Return whose it is, and of which section."""
        section = text(f"word.section_short.{self.placement.section}")
        return text("certify.title", name=self.read.folder.trainee.name, section=section)

    def lines(self, flight: Preflight) -> list[Content]:
        """Return what will stand on the certificate."""
        file = self.read
        return list(facts_lines(file.folder, self.placement, flight.facts, file.served))

    # How it is issued

    def says(self, flight: Preflight) -> str:
        """Return what the signature says."""
        section = text(f"word.section.{self.placement.section}")
        head = flight.facts.delegated_by
        key = "certify.says_delegated" if head else "certify.says"
        return text(key, name=self.read.folder.trainee.name, section=section, head=head)

    def keep(self, work: Work, flight: Preflight) -> Certificate:
        """Save and sign the certificate."""
        return certifying.issue(work, self.read.folder, flight)

    def print_to(self, folder: Path) -> Path:
        """Write the print and return its path. Slow: called in a thread."""
        # reportlab costs 0.2 to 0.35 s to import, so it is loaded when something is printed.
        from at_tui.documents.certificate import certificate_pdf
        from at_tui.documents.gather import certificate_of
        from at_tui.printing import file_name, write_document

        file, issued = self.read, self.issued
        values = certificate_of(
            file.folder,
            self.placement_id,
            on=self.today,
            entry=self.entry,
            owner_id=self.author,
            curriculum=file.curriculum,
            served=file.served,
            unsigned=tuple(file.unsigned),
        )
        words = text("certify.file" if issued else "certify.file_draft")
        section = text(f"word.section_short.{self.placement.section}")
        number = issued.number if issued else self.today.isoformat()
        name = file_name(words, file.folder.trainee.name, section, number)
        return write_document(folder, name, certificate_pdf(self.as_draft(values)))

    # What it asks

    @property
    def asks_absence(self) -> bool:
        """Whether someone has to say that there was no absence."""
        flight = self.flight
        return flight is not None and (flight.entry.no_absence or not flight.facts.absence_stated)

    @property
    def asks_consultation(self) -> bool:
        """Whether someone has to say that the supervisor has been consulted."""
        return self.file is not None and self.placement.supervisor_id != self.author

    def answer(self, check: Check) -> bool:
        """Answer for the evaluation, which is anonymous."""
        if check.fix is not Fix.EVALUATION:
            return False
        self.action_evaluated()
        return True
