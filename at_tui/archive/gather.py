"""From the records of one training to the files of its archive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from at_tui.archive.own_records import own_records
from at_tui.archive.page import Link, index_page
from at_tui.content_in_use import curriculum_for, instrument_for, topics, used_without_signature
from at_tui.language import text
from at_tui.printing import file_name
from schema.fault import Fault
from schema.words import LockStatus

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from at_tui.judge.finding import Finding
    from data.disclose import Disclosure
    from data.find import Folder
    from data.store import Store
    from schema.content.curriculum import Curriculum
    from schema.content.programme import Programme
    from schema.tables import Assessment

PDF, DATA = "pdf", "json"
"""Folders of the archive."""


@dataclass
class ArchiveParts:
    """What an archive is made of, read at once: the records as they stood at one moment."""

    folder: Folder
    on: date
    curriculum: Curriculum | None
    programme: Programme | None
    findings: list[Finding]
    disclosure: Disclosure
    records: bytes
    """The interchange file of the doctor's own records."""

    @property
    def count(self) -> int:
        """How many files there will be, about: for a line of progress."""
        return len(self.folder.assessments) + len(self.folder.certificates) + 6


def read_parts(store: Store, training_id: str, on: date) -> ArchiveParts:
    """Read what the archive is made of.

    Raises:
        Fault: `store.no_record`, and other `store.*`.
    """
    from at_tui.judge import judge
    from at_tui.judged import records_of
    from at_tui.progress import by_urgency
    from data.disclose import disclose
    from data.find import folder

    with store.read() as work:
        found = folder(work, training_id)
        records = records_of(work, training_id)
        disclosure = disclose(work, found.trainee.id)
        own = own_records(work, found.trainee.id)
    training = found.training
    plan = _programme(training.programme_id, training.programme_version)
    return ArchiveParts(
        folder=found,
        on=on,
        curriculum=curriculum_for(
            training.curriculum_id, training.curriculum_version, str(training.kind)
        ),
        programme=plan,
        findings=by_urgency(judge(records, plan, on)) if plan else [],
        disclosure=disclosure,
        records=own,
    )


def folder_name(parts: ArchiveParts) -> str:
    """Return a name for the archive's folder that any system takes."""
    words = text("archive.folder", name=parts.folder.trainee.name, day=parts.on)
    return file_name(words, ending="x")[:-2]


def files_of(
    parts: ArchiveParts, *, made: Callable[[int], None] = lambda count: None
) -> dict[str, bytes]:
    """Return every file of the archive by its path. Slow: about 50 ms a document.

    Args:
        made: Told after each document how many there are.
    """
    from at_tui import disclosure

    files: dict[str, bytes] = {}
    links: list[Link] = []
    for link, content in _documents(parts):
        path = _free(files, link.path)
        files[path] = content
        links.append(Link(path, link.words, link.group))
        made(len(files))
    files[f"{DATA}/uppgifter.json"] = parts.records
    files[f"{DATA}/registerutdrag.json"] = disclosure.dumped(parts.disclosure, on=parts.on)
    files["allt.html"] = disclosure.as_html(parts.disclosure, on=parts.on)
    files["index.html"] = index_page(parts.folder, parts.curriculum, links, on=parts.on)
    return dict(sorted(files.items()))


def _free(files: dict[str, bytes], path: str) -> str:
    """Return a path that no file has, whatever the case of its letters."""
    taken = {name.casefold() for name in files}
    stem, _, ending = path.rpartition(".")
    found, number = path, 1
    while found.casefold() in taken:
        number += 1
        found = f"{stem} ({number}).{ending}"
    return found


def _documents(parts: ArchiveParts) -> Iterator[tuple[Link, bytes]]:
    yield from _certificates(parts)
    yield from _log(parts)
    if parts.programme is not None:
        yield _progress(parts, parts.programme)
    yield from _talks(parts)
    yield from _introductions(parts)
    for form in parts.folder.assessments:
        if form.status != LockStatus.DRAFT or form.instrument_id in used_without_signature():
            found = _assessment(parts, form)
            if found is not None:
                yield found


def _link(group: str, words: str, *name: str) -> Link:
    return Link(f"{PDF}/{file_name(*name)}", words, group)


def _certificates(parts: ArchiveParts) -> Iterator[tuple[Link, bytes]]:
    from at_tui.certifying_final import final_in_force
    from at_tui.documents.certificate import certificate_pdf
    from at_tui.documents.final_certificate import final_certificate_pdf
    from at_tui.documents.gather import certificate_of, in_force
    from at_tui.documents.gather_final import final_certificate_of

    folder, served = parts.folder, parts.programme.served if parts.programme else None
    unsigned = tuple(used_without_signature())
    for placement in folder.placements:
        issued = in_force(folder, placement.id)
        if issued is None:
            continue
        section = text(f"word.section_short.{placement.section}")
        words = text("archive.certificate", section=section, number=issued.number)
        page = certificate_of(
            folder,
            placement.id,
            on=parts.on,
            curriculum=parts.curriculum,
            served=served,
            unsigned=unsigned,
        )
        name = (text("archive.file.certificate"), section, issued.number)
        yield _link("certificates", words, *name), certificate_pdf(page)
    final = final_in_force(folder)
    if final is not None:
        page_of_all = final_certificate_of(
            folder, on=parts.on, curriculum=parts.curriculum, served=served, unsigned=unsigned
        )
        words = text("archive.final", number=final.number)
        link = _link("certificates", words, text("archive.file.final"), final.number)
        yield link, final_certificate_pdf(page_of_all)


def _log(parts: ArchiveParts) -> Iterator[tuple[Link, bytes]]:
    from at_tui.documents.gather import log_of
    from at_tui.documents.supervision_log import supervision_log_pdf

    if parts.folder.supervisions:
        page = log_of(
            parts.folder, on=parts.on, prompts=topics(), curriculum=parts.curriculum, notes=True
        )
        link = _link("whole", text("archive.log"), text("archive.file.log"))
        yield link, supervision_log_pdf(page)


def _progress(parts: ArchiveParts, plan: Programme) -> tuple[Link, bytes]:
    from at_tui.documents.gather_progress import progress_report
    from at_tui.documents.progress import progress_pdf

    report = progress_report(parts.folder, parts.findings, plan, on=parts.on)
    link = _link("whole", text("archive.progress"), text("archive.file.progress"))
    return link, progress_pdf(report)


def _talks(parts: ArchiveParts) -> Iterator[tuple[Link, bytes]]:
    from at_tui.documents.gather_talk import talk_of
    from at_tui.documents.talk import talk_pdf
    from at_tui.talks.guides import guide_of

    for talk in parts.folder.talks:
        if talk.held_on is None or talk.status == LockStatus.DRAFT:
            continue
        guide = guide_of(str(talk.kind), talk.guide_version)
        page = talk_of(parts.folder, talk, guide, on=parts.on)
        words = text("archive.assessment", form=page.title, day=talk.held_on)
        link = _link("talks", words, talk.held_on.isoformat(), page.title)
        yield link, talk_pdf(page)


def _introductions(parts: ArchiveParts) -> Iterator[tuple[Link, bytes]]:
    """Yield the letters that were sent, and the check-lists that were gone through."""
    from at_tui.documents.gather_introduction import letter_of, list_of
    from at_tui.documents.introduction import introduction_pdf
    from at_tui.documents.letter import letter_pdf
    from at_tui.introductions.lists import guide_for

    stays = {stay.id: stay for stay in parts.folder.placements}
    for record in parts.folder.introductions:
        guide, stay = guide_for(str(record.kind)), stays.get(record.placement_id or "")
        if record.letter_on is not None and guide is not None and guide.letter and stay:
            letter = letter_of(parts.folder, stay, record, guide, on=parts.on)
            words = text("archive.letter", unit=letter.unit, day=record.letter_on)
            name = (record.letter_on.isoformat(), text("archive.file.letter"), letter.unit)
            yield _link("introductions", words, *name), letter_pdf(letter)
        if record.held_on is not None:
            page = list_of(parts.folder, record, guide, on=parts.on)
            words = text("archive.assessment", form=page.title, day=record.held_on)
            link = _link("introductions", words, record.held_on.isoformat(), page.title)
            yield link, introduction_pdf(page)


def _assessment(parts: ArchiveParts, form: Assessment) -> tuple[Link, bytes] | None:
    from at_tui.documents.assessment import assessment_pdf
    from at_tui.documents.gather import assessment_of

    instrument = instrument_for(form.instrument_id, form.instrument_version)
    if instrument is None:
        # Without its questions a form cannot be printed; the page and the JSON hold its answers.
        return None
    page = assessment_of(
        parts.folder, form.id, instrument, on=parts.on, curriculum=parts.curriculum
    )
    words = text("archive.assessment", form=instrument.short_title, day=form.day)
    name = (form.day.isoformat(), instrument.short_title)
    return _link("assessments", words, *name), assessment_pdf(page)


def _programme(id: str, version: str) -> Programme | None:
    from at_tui.programmes import programme

    for wanted in (version or None, None):
        try:
            return programme(id, wanted)
        except Fault:
            continue
    return None
