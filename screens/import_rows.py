"""What a file would add, as rows and counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.content import Content

from at_tui.language import has, text
from schema.words import EducationKind
from screens.dates import with_weekday
from screens.education.words import length
from screens.text import safe
from screens.widgets.rows import Column, Row
from screens.widgets.status import Status, status

if TYPE_CHECKING:
    from at_tui.interchange.plan import EducationRow, PreviewRow
    from at_tui.interchange.preview import Preview

START_GROUP = "start_group"
# What a start group is about; the roles and trainings that come with it go without saying.
_COUNTED = ("Trainee", "Placement", "Person", "Unit")


def counted(preview: Preview) -> str:
    """Return what would be added, e.g. `16 läkare, 16 placeringar`."""
    return counts(preview.form, preview.added)


def counts(form: str, added: Mapping[str, int]) -> str:
    """Return what was or would be added, e.g. `16 läkare, 16 placeringar`."""
    parts = []
    for kind in _COUNTED if form == START_GROUP else tuple(added):
        if count := added.get(kind, 0):
            key = f"import.count.{kind}"
            one, _, many = (text(key) if has(key) else kind).partition("|")
            what = one if count == 1 or not many else many
            parts.append(text("import_group.count", count=count, what=what))
    return ", ".join(parts)


def line(id_: str, words: str, sign: str, style: str) -> Row:
    """Return a sentence as a row of its own, with a sign before it."""
    return Row(id_, (Content.assemble((sign, style), " ", safe(words)),), wraps=True)


_SIGNS = {"new": Status.MET, "known": Status.NONE, "problem": Status.MISSING}


def columns_of(form: str) -> list[Column]:
    """Return the columns that show a file's rows."""
    if form == "education":
        return [
            Column(text("import_group.row"), width=4, right=True),
            Column(text("import_group.name"), width=18, grow=2, most=30),
            Column(text("import_group.day"), width=14, wide=16),
            Column(text("import_group.what"), width=14, grow=3, most=40),
            Column(text("import_group.kind"), width=14, wide_only=True, most=24, grow=1),
            Column(text("import_group.length"), width=10),
            Column(text("import_group.there"), width=7),
        ]
    return [
        Column(text("import_group.row"), width=4, right=True),
        Column(text("import_group.name"), width=19, grow=2, most=30),
        Column(text("import_group.section"), width=13),
        Column(text("import_group.unit"), width=14, grow=2, most=30),
        Column(text("import_group.supervisor"), width=14, grow=2, most=26, wide_only=True),
        Column(text("import_group.period"), width=17),
    ]


def education_row(number: int, row: EducationRow) -> Row:
    """Return one row of a list of education."""
    sign = status(_SIGNS[row.state], " ").truncate(2)
    kind = text(f"word.education.{EducationKind(row.kind)}") if row.kind else ""
    there = text(f"import.there.{row.presence}")
    return Row(
        f"row:{number}",
        (
            safe(row.number, "$text-muted"),
            Content.assemble(sign, safe(row.name)),
            with_weekday(row.day) if row.day else "",
            row.title,
            safe(kind, "$text-muted"),
            length(row.minutes, row.days),
            safe(there, "$warning" if row.presence == "no" else ""),
        ),
    )


def placement_row(number: int, row: PreviewRow) -> Row:
    """Return one row of a start group."""
    sign = status(_SIGNS[row.state], " ").truncate(2)
    section = text(f"word.section_short.{row.section}") if row.section else ""
    # As in the file, and with the year: a block's placements lie in several.
    period = f"{row.start:%y-%m-%d}–{row.end:%y-%m-%d}" if row.start and row.end else ""
    return Row(
        f"row:{number}",
        (
            safe(row.number, "$text-muted"),
            Content.assemble(sign, safe(row.name)),
            section,
            row.unit,
            safe(row.supervisor, "$text-muted"),
            safe(period, "$text-muted"),
        ),
    )
