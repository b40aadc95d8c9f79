"""What a meeting had before it about one doctor, frozen; and what has become of it since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from at_tui.language import say, text
from schema.fault import Fault
from screens.dates import clock, full, short
from screens.kollegium.evidence_words import (
    content_of,
    day_of,
    kind_words,
    since_words,
    summary,
)
from screens.kollegium.live_picture import SIGNS
from screens.life import words_of
from screens.text import safe, safe_note
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row, heading, remark

if TYPE_CHECKING:
    from at_tui.kollegium.evidence import Explanation, Seen
    from at_tui.life import Change

_COLUMNS = (
    Column(width=12, wide=16),
    Column(width=36, grow=1),
    Column(width=24),
)
_NOT_KEPT = (Column(width=26, wide=34), Column(width=46, grow=1))


class EvidencePage(Page[None]):
    """The frozen evidence: what the rules said, each record as it stood, what came later.

    Args:
        meeting_id: Which meeting.
        training_id: Whose.
        name: The doctor's, for the title.
    """

    AREA = "kollegium_live"

    def __init__(self, meeting_id: str, training_id: str, name: str) -> None:
        super().__init__()
        self._meeting_id, self._training_id, self._name = meeting_id, training_id, name
        self._found: Explanation | None = None
        self._seen: dict[str, Seen] = {}

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Picker(_COLUMNS, type_to_filter=False)

    def on_mount(self) -> None:
        """Read it in a thread: the history of ten years is long."""
        self.set_title(text("kollegium_live.sources_title", name=self._name))
        picker = self.query_one(Picker)
        picker.show([], empty=text("kollegium_live.reading_history"))
        picker.focus()
        self.run_worker(self._read, thread=True, name="evidence")

    def help_text(self) -> str:
        """Return what frozen evidence is."""
        return text("kollegium_live.sources_help")

    def record_of_focus(self) -> str:
        """Return the record under the cursor, whose whole life F8 shows."""
        seen = self._seen.get(self.query_one(Picker).selected or "")
        return seen.record_id if seen else ""

    def _read(self) -> None:
        from at_tui.kollegium.evidence import explain
        from at_tui.kollegium.support import may_see, owner
        from schema.tables import SupportPlan

        try:
            with self.store.read() as work:
                viewer = owner(work, self.today)
                plans = work.all(SupportPlan, SupportPlan.training_id == self._training_id)
                # All or none: the evidence of a plan that one may not see must not show.
                sees = bool(plans) and all(may_see(plan, viewer) for plan in plans)
                found = explain(work, self._meeting_id, self._training_id, with_plans=sees)
        except Fault as fault:
            self.app.call_from_thread(self.desk.say, say(fault), "error")
            return
        self.app.call_from_thread(self._came, found)

    def _came(self, found: Explanation | None) -> None:
        picker = self.query_one(Picker)
        if found is None:
            picker.show([], empty=text("kollegium_live.not_frozen"))
            return
        self._found = found
        self._seen = {seen.version_id: seen for seen in found.seen}
        taken = found.taken_at.astimezone()
        right = text("kollegium_live.frozen_at", day=full(taken.date()), time=clock(taken))
        self.set_title(text("kollegium_live.sources_title", name=self._name), right)
        self._show()

    def _show(self) -> None:
        if self._found is not None:
            self.query_one(Picker).show(list(self._rows(self._found)))

    # Rows

    def _rows(self, found: Explanation) -> Iterator[Row]:
        yield from self._proposal(found)
        changed = [seen for seen in found.seen if seen.since != "same"]
        yield heading(text("kollegium_live.changed_since"), str(len(changed) or ""))
        yield from self._seen_rows(changed, "nothing_changed")
        yield heading(text("kollegium_live.added_head"), str(len(found.added) or ""))
        for kind, record_id, at, author in found.added:
            day = safe(short(at.astimezone().date(), date.min))
            who = safe(self._author(author), "$text-muted")
            yield Row(f"added:{record_id}", (day, kind_words(kind), who))
        if not found.added:
            yield remark(text("kollegium_live.nothing_added"))
        same = [seen for seen in found.seen if seen.since == "same"]
        yield heading(text("kollegium_live.seen_head"), str(len(same) or ""))
        yield from self._seen_rows(same, "nothing_same")
        if found.missing:
            yield remark(text("kollegium_live.missing_versions", count=found.missing))

    def _seen_rows(self, seen: Sequence[Seen], nothing: str) -> Iterator[Row]:
        # By kind, the latest first: the list shows so many only, the rest is found by typing.
        latest = sorted(seen, key=_day, reverse=True)
        for each in sorted(latest, key=lambda each: kind_words(each.kind)):
            yield self._seen_row(each)
        if not seen:
            yield remark(text(f"kollegium_live.{nothing}"))

    def _proposal(self, found: Explanation) -> Iterator[Row]:
        evidence = text("kollegium_live.evidence_to", day=short(found.evidence_on, date.min))
        yield heading(text("kollegium_live.proposed_head"), evidence)
        if found.proposal is not None:
            mark, style = SIGNS[found.proposal]
            group = text(f"kollegium.group.{found.proposal}")
            said = Content.assemble(
                (f"{mark} {group}", f"bold {style}"), "  ",
                safe(text("kollegium_live.by_rules", rules=found.rules), "$text-muted"),
            )  # fmt: skip
            yield Row("proposal", (said,), wraps=True)
        for number, reason in enumerate(found.reasons):
            yield Row(f"reason:{number}", (safe(reason),), wraps=True)
        if found.findings:
            yield heading(text("kollegium_live.not_kept_head"), str(len(found.findings)))
        for number, (requirement, state, sentence) in enumerate(found.findings):
            label = safe(f"{state}", "$text-muted")
            said = Content.assemble(label, "  ", safe(sentence or requirement))
            yield Row(f"finding:{number}", (said,), wraps=True)

    def _seen_row(self, seen: Seen) -> Row:
        content = content_of(seen.payload)
        day = day_of(content)
        kind, words = kind_words(seen.kind), summary(seen.kind, content)
        said = Content.assemble(safe(kind), "  ", safe(words, "$text-muted"))
        cells = (short(day, date.min) if day else "–", said, since_words(seen.since))
        return Row(seen.version_id, cells, search=f"{kind} {words}")

    def _author(self, author: str) -> str:
        from schema.tables import Person  # with the records open, imported already

        with self.store.read() as work:
            person = work.get(Person, author) if len(author) == 36 else None
        return person.name if person else ""

    # Acting

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Show the record as it stood."""
        event.stop()
        seen = self._seen.get(event.row_id)
        if seen is not None:
            self.app.push_screen(EvidenceRecord(seen))


def _day(seen: Seen) -> date:
    return day_of(content_of(seen.payload)) or date.min


class EvidenceRecord(Page[None]):
    """One record as the meeting saw it, and beside each field what stands there now.

    Args:
        seen: The record.
    """

    AREA = "kollegium_live"
    DEFAULT_CSS = """
    EvidenceRecord VerticalScroll { padding: 0 2; }
    EvidenceRecord Static { height: auto; }
    """

    def __init__(self, seen: Seen) -> None:
        super().__init__()
        self._shown = seen

    def body(self) -> ComposeResult:
        """Lay out one text that scrolls."""
        with VerticalScroll():
            yield Static(id="record", markup=False)

    def help_text(self) -> str:
        """Return what is compared."""
        return text("kollegium_live.record_help")

    def record_of_focus(self) -> str:
        """Return the record, whose whole life F8 shows."""
        return self._shown.record_id

    def on_mount(self) -> None:
        """Read what stands there now."""
        seen = self._shown
        at = seen.written_at.astimezone()
        self.set_title(
            text("kollegium_live.record_title", kind=kind_words(seen.kind)),
            text("kollegium_live.written", day=full(at.date()), time=clock(at)),
        )
        self.query_one(VerticalScroll).focus()
        self.query_one("#record", Static).update(Content("\n").join(list(self._lines())))

    def _lines(self) -> Iterator[Content]:
        from at_tui.life import between

        seen = self._shown
        yield since_words(seen.since)
        yield Content("")
        if seen.since == "erased":
            yield safe_note(text("kollegium_live.erased_more"))
            return
        then = content_of(seen.payload)
        with self.store.read() as work:
            version = work.version_of(seen.record_id)
            now = content_of(version.payload) if version is not None else {}
            stood = between(work, seen.kind, {}, then)
            changed = between(work, seen.kind, then, now) if seen.since == "changed" else []
        if changed:
            yield safe(text("kollegium_live.changed_head"), "bold $accent")
            for change in changed:
                yield from _line(change, both=True)
            yield Content("")
        yield safe(text("kollegium_live.stood_head"), "bold $accent")
        for change in stood:
            yield from _line(change, both=False)


def _line(change: Change, *, both: bool) -> Iterator[Content]:
    label = safe(change.label[:1].upper() + change.label[1:], "$text-muted")
    if both:
        yield Content.assemble("  ", label, "  ", safe_note(words_of(change.before), "$text-muted"),
                               " → ", safe_note(words_of(change.after)))  # fmt: skip
        return
    yield Content.assemble("  ", label, "  ", safe_note(words_of(change.after)))
