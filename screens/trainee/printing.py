"""Make a document of the page's records and write it to a folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from at_tui.content_in_use import instrument_for, topics
from at_tui.instrument_names import short_name
from at_tui.language import text
from at_tui.printing import file_name, write_document
from schema.fault import Fault
from screens.trainee.reading import TraineeFile

if TYPE_CHECKING:
    from data.store import Store


@dataclass(frozen=True, slots=True)
class Document:
    """What is printed: its kind, the placement or form it is of, and its words in the list."""

    kind: Literal["certificate", "final", "log", "progress", "assessment"]
    record_id: str
    words: str


@dataclass(frozen=True, slots=True)
class Printed:
    """Where a print lies, and what ought to be known of it (a sentence, or nothing)."""

    path: Path
    remark: str = ""


def make(
    file: TraineeFile,
    document: Document,
    folder: Path,
    *,
    notes: bool,
    owner: str,
    store: Store | None = None,
) -> Printed:
    """Print and return where the file lies. Slow: call it in a thread.

    Args:
        notes: Whether a log holds the sessions' notes.
        owner: Id of the person at the keyboard.
        store: The open records; a progress report is judged from them.

    Raises:
        Fault: `print.not_written`, `content.not_found`, `store.no_record`, `programme.*`.
    """
    remark = ""
    if document.kind == "assessment":
        content, remark = _assessment(file, document)
    elif document.kind == "progress":
        content = _progress(file, store)
    else:
        bytes_of = {"certificate": _certificate, "final": _final, "log": _log}
        content = bytes_of[document.kind](file, document, notes, owner)
    words = text(f"trainee.file.{document.kind}", what=document.words)
    name = file_name(words, file.folder.trainee.name, file.on.isoformat())
    return Printed(write_document(folder, name, content), remark)


def _certificate(file: TraineeFile, document: Document, notes: bool, owner: str) -> bytes:
    from at_tui.documents.certificate import certificate_pdf
    from at_tui.documents.gather import certificate_of

    return certificate_pdf(
        certificate_of(
            file.folder,
            document.record_id,
            on=file.on,
            owner_id=owner,
            curriculum=file.curriculum,
            served=file.served,
            unsigned=tuple(file.unsigned),
        )
    )


def _log(file: TraineeFile, document: Document, notes: bool, owner: str) -> bytes:
    from at_tui.documents.gather import log_of
    from at_tui.documents.supervision_log import supervision_log_pdf

    return supervision_log_pdf(
        log_of(
            file.folder,
            on=file.on,
            placement_id=document.record_id or None,
            prompts=topics(),
            curriculum=file.curriculum,
            notes=notes,
        )
    )


def _final(file: TraineeFile, document: Document, notes: bool, owner: str) -> bytes:
    from at_tui.documents.final_certificate import final_certificate_pdf
    from at_tui.documents.gather_final import final_certificate_of

    return final_certificate_pdf(
        final_certificate_of(
            file.folder,
            on=file.on,
            owner_id=owner,
            curriculum=file.curriculum,
            served=file.served,
            unsigned=tuple(file.unsigned),
        )
    )


def _progress(file: TraineeFile, store: Store | None) -> bytes:
    from at_tui.documents.gather_progress import progress_report
    from at_tui.documents.progress import progress_pdf
    from at_tui.standing import standing

    if store is None:
        raise Fault("store.no_record", exit_code=1)
    found = standing(store, file.folder.training.id, file.on)
    return progress_pdf(progress_report(file.folder, found.findings, found.programme, on=file.on))


def _assessment(file: TraineeFile, document: Document) -> tuple[bytes, str]:
    """Return the print, and what is to be known when the form's own version is gone."""
    from at_tui.documents.assessment import assessment_pdf
    from at_tui.documents.gather import assessment_of

    for form in file.folder.assessments:
        if form.id == document.record_id:
            instrument = instrument_for(form.instrument_id, form.instrument_version)
            if instrument is None:
                name = short_name(form.instrument_id)
                raise Fault(
                    "content.not_found", kind="bedömningsmall", id=name,
                    version=form.instrument_version,
                )  # fmt: skip
            page = assessment_of(
                file.folder, form.id, instrument, on=file.on, curriculum=file.curriculum
            )
            old = page.filled_in_version
            remark = text("trainee.other_version", old=old, new=instrument.version) if old else ""
            return assessment_pdf(page), remark
    raise Fault("store.no_record", exit_code=1)
