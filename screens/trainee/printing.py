"""Make a document of the page's records and write it to a folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from at_tui.content_in_use import instrument_for, topics
from at_tui.instrument_names import short_name
from at_tui.language import text
from at_tui.printing import file_name, write_document
from schema.fault import Fault
from screens.trainee.reading import TraineeFile


@dataclass(frozen=True, slots=True)
class Document:
    """What is printed: its kind, the placement or form it is of, and its words in the list."""

    kind: Literal["certificate", "log", "assessment"]
    record_id: str
    words: str


def make(file: TraineeFile, document: Document, folder: Path, *, notes: bool, owner: str) -> Path:
    """Print and return where the file lies. Slow: call it in a thread.

    Args:
        notes: Whether a log holds the sessions' notes.
        owner: Id of the person at the keyboard.

    Raises:
        Fault: `print.not_written`, `content.not_found`, `store.no_record`.
    """
    bytes_of = {"certificate": _certificate, "log": _log, "assessment": _assessment}
    content = bytes_of[document.kind](file, document, notes, owner)
    words = text(f"trainee.file.{document.kind}", what=document.words)
    name = file_name(words, file.folder.trainee.name, file.on.isoformat())
    return write_document(folder, name, content)


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
            served=file.programme.served if file.programme else None,
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


def _assessment(file: TraineeFile, document: Document, notes: bool, owner: str) -> bytes:
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
            return assessment_pdf(
                assessment_of(
                    file.folder, form.id, instrument, on=file.on, curriculum=file.curriculum
                )
            )
    raise Fault("store.no_record", exit_code=1)
