"""Reading a talk that is signed, replaced or voided: locked, with what both saw and agreed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.content import Content
from textual.screen import Screen

from at_tui.correcting import newer_of, older_of
from at_tui.filled_form import FilledForm
from at_tui.kind_words import content_of_kind, of_kind
from at_tui.language import text
from at_tui.talks.basis import from_json
from at_tui.talks.guides import guide_of
from at_tui.talks.records import ORIGIN, replacement_of, void_talk
from schema.words import LockStatus
from screens.assessment_reading import reading
from screens.dates import full, short
from screens.signed_view import STANDING, SignedView
from screens.talks.words import basis_lines, room_for
from screens.text import safe
from screens.widgets.keys import bind
from screens.widgets.reason import Reason
from screens.widgets.status import Status, status

if TYPE_CHECKING:
    from data.work import Work
    from schema.content.talk_guide import TalkGuide
    from schema.tables import Talk

_CHECKED = ("confirm", "correct", "void", "other")


class TalkView(SignedView["Talk"]):
    """One talk, as it was signed.

    Args:
        training_id: Whose it is.
        record_id: Which talk.
    """

    AREA = "talks_view"
    BINDINGS: ClassVar[list[Any]] = [
        bind("b", "confirm", "talks_view.confirm"),
        bind("r", "correct", "talks_view.correct"),
        bind("v", "void", "talks_view.void"),
        bind("p", "print", "talks_view.print"),
        bind("g", "other", "talks_view.other"),
    ]

    MEANINGS = "talks_view.meaning"
    CONFIRMED = "talks.signed_toast"

    @property
    def versions(self) -> Sequence[Talk]:
        """The training's talks."""
        return self.folder.talks

    @property
    def named(self) -> str:
        """What the talk is called."""
        return text(f"word.talk.{self.record.kind}")

    @property
    def waits(self) -> bool:
        """Whether it waits for the trainee's confirmation."""
        return self.unconfirmed

    @property
    def _guide(self) -> TalkGuide | None:
        guide = guide_of(str(self.record.kind), self.record.guide_version)
        return content_of_kind(guide, self.folder.training.kind) if guide else None

    @property
    def _revised(self) -> bool:
        guide = self._guide
        return guide is not None and guide.revised

    # What it shows

    def heading(self) -> tuple[str, Content]:
        """Return what the talk was and with whom, and how it stands."""
        record, kind = self.record, self.named
        state = STANDING[LockStatus(record.status)]
        words = text("talks_view.revised") if self._revised and state is Status.CORRECTED else ""
        day = full(record.held_on) if record.held_on else ""
        right = Content.assemble(status(state, words), f"  {day}")
        return f"{kind[:1].upper()}{kind[1:]} · {self.folder.trainee.name}", right

    def standing(self) -> Iterator[Content]:
        """Yield who signed, and what it replaces or is replaced by."""
        record, others = self.record, self.versions
        name = self.folder.name_of(record.with_id)
        yield from self.signatures(
            safe(text("talks_view.with", name=name) if record.with_id else "")
        )
        revised = "revises" if self._revised else "corrects"
        if (older := older_of(record, others)) is not None:
            when = short(older.held_on or self.today, self.today)
            reason = record.correction_reason
            yield safe(text(f"talks_view.{revised}", when=when, reason=reason))
        newer = newer_of(record, others)
        if newer is not None and newer.status != LockStatus.DRAFT:
            when = short(newer.held_on or self.today, self.today)
            reason = newer.correction_reason
            yield safe(text(f"talks_view.{revised}_by", when=when, reason=reason), "$warning")

    def lines(self) -> Sequence[Content]:
        """Return what was said and agreed, and what the records said."""
        return list(self._lines(self.record, room_for(self.app.size.width)))

    def _lines(self, record: Talk, width: int) -> Iterator[Content]:
        guide = self._guide
        if guide is not None and record.answers:
            form = FilledForm(
                training_id=record.training_id, instrument_id=guide.id,
                instrument_version=guide.version, day=record.held_on or self.today,
                answers=dict(record.answers),
            )  # fmt: skip
            yield from reading(
                guide, form, of_kind(text("talks_view.together"), self.folder.training.kind), width
            )
        if record.note:
            yield safe(text("talks_view.note"), "bold")
            yield safe(record.note)
        yield Content("")
        yield from self._agreed(record)
        basis = from_json(record.basis)
        if basis is not None:
            yield Content("")
            yield safe(text("talks_view.basis"), "bold $accent")
            yield from basis_lines(basis, width)

    def _agreed(self, record: Talk) -> Iterator[Content]:
        yield safe(text("talks.agreed"), "bold $accent")
        some = [a for a in self.folder.agreements
                if a.origin_kind == ORIGIN and a.origin_id == record.id]  # fmt: skip
        for one in some:
            sign = "☑" if one.done_on else "☒" if one.dropped_on else "☐"
            owner = self.folder.name_of(one.owner_id) or of_kind(
                text(f"word.owner.{one.owner}"), self.folder.training.kind
            )
            due = text("talks.basis.due", day=short(one.due, self.today)) if one.due else ""
            tail = ", ".join(filter(None, (owner, due)))
            yield Content.assemble(f"{sign} ", safe(one.text), "  ", safe(tail, "$text-muted"))
        if not some:
            yield safe(text("talks_view.nothing_agreed"), "$text-muted")

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done with the talk as it stands."""
        if not self.is_read or action not in _CHECKED:
            return True
        return {
            "confirm": self.waits,
            "correct": self.signed,
            "void": self.signed,
            "other": self.other is not None,
        }[action]

    async def confirm(self) -> bool:
        """Let the trainee confirm; return whether that was done."""
        from screens.talks.sign import confirm_now

        return await confirm_now(self, self.folder, self.record_id, self.named)

    def action_correct(self) -> None:
        """Begin a new version: a rättelse, or a revision of a plan."""
        part = "revise" if self._revised else "correct"
        title, more = text(f"talks_view.{part}_title"), text(f"talks_view.{part}_more")
        self.app.push_screen(Reason(title, more), self.replace)

    def replacement(self, reason: str) -> Screen[str]:
        """Return the page of a new version."""
        from screens.talks.page import TalkPage

        form = replacement_of(
            self.folder, self.record, reason, on=self.today, revised=self._revised
        )
        return TalkPage(self.folder, form)

    def void(self, work: Work, reason: str) -> object:
        """Void the talk."""
        return void_talk(work, self.record_id, reason, on=self.today)

    def write(self) -> Path:
        """Write the talk as a PDF and return where it lies. Slow: called in a thread."""
        # reportlab costs 0.2 to 0.35 s to import, so it is loaded when something is printed.
        from at_tui import settings
        from at_tui.documents.gather_talk import talk_of
        from at_tui.documents.talk import talk_pdf
        from at_tui.printing import file_name, write_document

        folder, record = self.folder, self.record
        page = talk_of(folder, record, self._guide, on=self.today)
        day = (record.held_on or self.today).isoformat()
        name = file_name(page.title, folder.trainee.name, day)
        return write_document(settings.documents_folder(), name, talk_pdf(page))
