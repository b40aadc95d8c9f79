"""Mål: how each section stands; Enter opens the map."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.content import Content

from at_tui.goal_map import GoalSection, GoalStatus
from at_tui.language import text
from screens import ways
from screens.text import safe
from screens.trainee.tab import Tab
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row, remark

BAR = 16
"""Cells of a section's bar."""


class GoalsTab(Tab):
    """One row for each section."""

    NAME = "goals"

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        yield Picker(
            [
                Column(text("trainee.column.section"), width=24, most=30, grow=1),
                Column("", width=BAR),
                Column(text("trainee.column.marked"), width=9, right=True),
                Column(text("trainee.column.evidence"), width=9, right=True),
                Column(text("trainee.column.none"), width=9, right=True),
            ],
            type_to_filter=False,
        )

    def fill(self) -> None:
        """Show the sections."""
        self.picker.show(list(self._rows()), empty=safe(text("trainee.no_curriculum")))
        placement = self.file.placement
        if placement is not None:
            self.picker.select(str(placement.section))

    def _rows(self) -> Iterator[Row]:
        sections = self.file.goals
        placement = self.file.placement
        for section in sections:
            here = placement is not None and placement.section == section.section
            yield self._row(section, here=here)
        if sections:
            yield remark("")
            yield remark(text("trainee.goals_legend"))
            curriculum = self.file.curriculum
            if curriculum is not None and not curriculum.is_wholly_verified:
                yield remark(text("trainee.working_text"))

    def _row(self, section: GoalSection, *, here: bool) -> Row:
        marked, evidence, none = (
            section.count(status)
            for status in (GoalStatus.MARKED, GoalStatus.EVIDENCE, GoalStatus.NONE)
        )
        name = text(f"word.section.{section.section}")
        words = safe(name[:1].upper() + name[1:], "bold" if here else "")
        return Row(
            str(section.section),
            (
                words,
                _bar(marked, evidence, len(section.lines)),
                text("trainee.of", count=marked, total=len(section.lines)),
                safe(str(evidence) if evidence else "–", "" if evidence else "$text-muted"),
                safe(str(none) if none else "–", "" if none else "$text-muted"),
            ),
        )

    def open(self, row_id: str) -> None:
        """Open the map."""
        training = self.file.folder.training.id
        self.go(lambda: ways.goals(training))


def _bar(marked: int, evidence: int, total: int) -> Content:
    """Return marked, with evidence, and neither, told apart by sign."""
    if not total:
        return Content("")
    done = BAR * marked // total
    begun = BAR * (marked + evidence) // total - done
    # Something is never drawn as nothing.
    done = max(done, 1) if marked else done
    begun = max(begun, 1) if evidence and done < BAR else begun
    begun = min(begun, BAR - done)
    return Content.assemble(
        ("█" * done, "$success"),
        ("▒" * begun, "$accent"),
        ("·" * (BAR - done - begun), "$text-muted"),
    )
