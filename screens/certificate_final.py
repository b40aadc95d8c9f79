"""Slutintyg: the certificate of a whole training."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content

from at_tui import certifying_final
from at_tui.certificate_checks import Check, Fix
from at_tui.certifying_final import (
    FinalFlight,
    final_flight_of,
    final_in_force,
    first_final_entry,
    last_placement,
    uncertified,
)
from at_tui.issuing import CertificateEntry
from at_tui.language import text
from screens.certificate_page import CertificatePage
from screens.certificate_ways import way_to
from screens.certificate_words import final_lines

if TYPE_CHECKING:
    from data.work import Work
    from schema.tables import Certificate, Placement
    from screens.trainee.reading import TraineeFile


class FinalCertificateScreen(CertificatePage):
    """The certificate of a whole training; the last placement's verksamhetschef signs."""

    @property
    def placement(self) -> Placement:
        """The last placement."""
        return last_placement(self.read.folder)

    @property
    def issued(self) -> Certificate | None:
        """The certificate in force, or None."""
        return final_in_force(self.file.folder) if self.file is not None else None

    def checked(self, file: TraineeFile, entry: CertificateEntry) -> FinalFlight:
        """Return what is filled in with every check of it."""
        return final_flight_of(
            file.folder,
            entry,
            curriculum=file.curriculum,
            served=file.served,
            unsigned=tuple(file.unsigned),
        )

    def first_entry(self) -> CertificateEntry:
        """Return what the records can answer for."""
        return first_final_entry(self.read.folder, owner_id=self.author, on=self.today)

    def key_of_draft(self) -> str:
        """Return the name of the page's draft."""
        return f"certificate-final:{self.training_id}"

    def words_of_title(self) -> str:
        """Return whose it is."""
        return text("certify.final_title", name=self.read.folder.trainee.name)

    def help_text(self) -> str:
        """Return what it is used for."""
        return text("certify.final_help")

    def lines(self, flight: FinalFlight) -> list[Content]:
        """Return what will stand on the certificate."""
        return list(final_lines(self.read.folder, flight.facts))

    def says(self, flight: FinalFlight) -> str:
        """Return what the signature says."""
        head = flight.facts.delegated_by
        key = "certify.final_says_delegated" if head else "certify.final_says"
        return text(key, name=self.read.folder.trainee.name, head=head)

    def keep(self, work: Work, flight: FinalFlight) -> Certificate:
        """Save and sign the certificate."""
        return certifying_final.issue_final(work, self.read.folder, flight)

    def print_to(self, folder: Path) -> Path:
        """Write the print and return its path. Slow: called in a thread."""
        # reportlab costs 0.2 to 0.35 s to import, so it is loaded when something is printed.
        from at_tui.documents.final_certificate import final_certificate_pdf
        from at_tui.documents.gather_final import final_certificate_of
        from at_tui.printing import file_name, write_document

        file, issued = self.read, self.issued
        values = final_certificate_of(
            file.folder,
            on=self.today,
            entry=self.entry,
            owner_id=self.author,
            curriculum=file.curriculum,
            served=file.served,
            unsigned=tuple(file.unsigned),
        )
        words = text("certify.final_file" if issued else "certify.final_file_draft")
        number = issued.number if issued else self.today.isoformat()
        name = file_name(words, file.folder.trainee.name, number)
        return write_document(folder, name, final_certificate_pdf(self.as_draft(values)))

    @property
    def asks_consultation(self) -> bool:
        """Whether someone has to say that the huvudhandledare has been consulted."""
        return self.file is not None and (
            self.file.folder.training.main_supervisor_id != self.author
        )

    def lead(self, check: Check) -> None:
        """Open the page on which a check is mended."""
        file, signer = self.read, self.entry.signer_id if self.entry else None
        placement = self.placement
        if check.fix is Fix.CERTIFICATES:
            placement = next(iter(uncertified(file.folder)), placement)
        self.desk.go(lambda: way_to(check.fix, file, placement, signer, whole=True))
