"""The parts documents are put together from: opening, notices, fields, tables, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Spacer, Table, TableStyle

from at_tui.documents import style
from at_tui.language import text

Cell: TypeAlias = "Flowable | Sequence[Flowable]"


_HEADING = 31
"""A heading with the space around it."""
_SPLIT = 40
"""A row higher than a page is split with at least so many points on either side."""
_FIELD_STYLES = (style.LABEL, style.BODY)
_FIELD_RULES = [
    ("LINEBELOW", (0, 0), (-1, -1), 0.4, style.RULE),
    ("TOPPADDING", (0, 0), (-1, -1), 1.3 * mm),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1.6 * mm),
    ("RIGHTPADDING", (0, 0), (-2, -1), 2 * mm),
    # Labels are smaller than their values: this sets both on one base line.
    ("TOPPADDING", (0, 0), (0, -1), 1.3 * mm + 0.9),
    ("TOPPADDING", (-2, 0), (-2, -1), 1.3 * mm + 0.9),
]


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """A signature made in the programme, as it is shown in print."""

    name: str
    title: str
    meaning: str
    """What the signature says, in Swedish: bedömer, intygar, tar del av."""
    at: datetime
    """With time zone; printed in Swedish time."""
    version: str
    """Hash of the version that was signed."""
    delegated_by: str = ""


def opening(title: str, subtitle: str) -> list[Flowable]:
    """Return the title of a document and the line under it."""
    found: list[Flowable] = [style.paragraph(title, style.TITLE)]
    if subtitle:
        found.append(style.paragraph(subtitle, style.SUBTITLE))
    return [*found, Spacer(1, 5 * mm)]


def heading(words: str, over: Flowable | None = None, *, whole: bool = False) -> list[Flowable]:
    """Return a heading that is never left alone at the foot of a page.

    `over` is the table under it, when its first row may be higher than a few lines; with `whole`
    all of the table stands on one page, as a short one that is read as one should.
    """
    # keepWithNext would move a whole long table to the next page along with its heading.
    room = 32 * mm
    if isinstance(over, _Rows):
        room = max(room, _HEADING + over.height(None if whole else over.repeatRows + 1))
    if room > style.TEXT_HEIGHT:
        room = 32 * mm  # the row is split wherever it begins
    return [CondPageBreak(room), style.paragraph(words, style.HEADING)]


def notice(title: str, lines: Sequence[str]) -> list[Flowable]:
    """Return a framed notice that cannot be overlooked, with its lines under its title."""
    inside: list[list[Cell]] = [[style.paragraph(title, style.STRONG)]]
    inside += [[style.paragraph(line)] for line in lines]
    table = _table(inside, [style.TEXT_WIDTH])
    table.setStyle(
        TableStyle(
            [
                ("BACKGROUND", (0, 0), (-1, -1), style.TINT),
                ("LINEBEFORE", (0, 0), (0, -1), 3, style.ACCENT),
                ("LEFTPADDING", (0, 0), (-1, -1), 4 * mm),
                ("RIGHTPADDING", (0, 0), (-1, -1), 4 * mm),
                ("TOPPADDING", (0, 0), (-1, 0), 2.5 * mm),
                ("BOTTOMPADDING", (0, -1), (-1, -1), 2.5 * mm),
            ]
        )
    )
    return [table, Spacer(1, 4 * mm)]


def fields(rows: Sequence[tuple[str, str]]) -> Flowable:
    """Return labelled values, one a row, with a thin rule between."""
    cells: list[list[Cell]] = [
        [style.paragraph(label, style.LABEL), style.paragraph(value)] for label, value in rows
    ]
    width = 52 * mm
    table = _table(cells, [width, style.TEXT_WIDTH - width])
    table.setStyle(TableStyle(_FIELD_RULES))
    return table


def paired_fields(rows: Sequence[tuple[str, str]]) -> list[Flowable]:
    """Return labelled values, two a row where both are short, in the order given."""
    # Wide enough for "Tjänstgöringsställe", which must not break within the word.
    label_width, value_width = 33 * mm, 52 * mm
    widths = [label_width, value_width, label_width, value_width]

    def short(row: tuple[str, str]) -> bool:
        label, value = (style.width(*pair) for pair in zip(row, _FIELD_STYLES, strict=True))
        return bool(label < label_width - 2 * mm and value < value_width - 2 * mm)

    found: list[Flowable] = []
    left = list(rows)
    while left:
        cells = [style.paragraph(left[0][0], style.LABEL), style.paragraph(left[0][1])]
        if len(left) > 1 and short(left[0]) and short(left[1]):
            cells += [style.paragraph(left[1][0], style.LABEL), style.paragraph(left[1][1])]
            table = _table([cells], widths)
            left = left[2:]
        else:
            table = _table([cells], [label_width, style.TEXT_WIDTH - label_width])
            left = left[1:]
        table.setStyle(TableStyle(_FIELD_RULES))
        found.append(table)
    return found


def grid(
    head: Sequence[str],
    rows: Sequence[Sequence[Cell | str]],
    widths: Sequence[float],
    *,
    right: Sequence[int] = (),
) -> Flowable:
    """Return a table whose head is repeated on every page.

    A row longer than a page is split; other rows stay whole. Columns in `right` are set flush
    right.
    """

    def cell(value: Cell | str, column: int, plain: ParagraphStyle, flush: ParagraphStyle) -> Cell:
        if isinstance(value, str):
            return style.paragraph(value, flush if column in right else plain)
        return value

    top = [cell(name, i, style.CELL_HEAD, style.CELL_HEAD_RIGHT) for i, name in enumerate(head)]
    body = [
        [cell(value, i, style.CELL, style.CELL_RIGHT) for i, value in enumerate(row)]
        for row in rows
    ]
    table = _table([top, *body], widths, repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                ("LINEBELOW", (0, 0), (-1, 0), 0.9, style.ACCENT),
                ("LINEBELOW", (0, 1), (-1, -1), 0.4, style.RULE),
                ("TOPPADDING", (0, 0), (-1, -1), 1.2 * mm),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 1.6 * mm),
                ("RIGHTPADDING", (0, 0), (-2, -1), 3 * mm),
            ]
        )
    )
    return table


def signatures(found: Sequence[SignatureLine]) -> list[Flowable]:
    """Return the signatures made in the programme, each with the version it covers."""
    if not found:
        return []
    rows = [
        [
            [
                style.raw(
                    style.bold(line.name) + style.safe(f", {line.title}" if line.title else ""),
                    style.CELL,
                ),
                *(
                    [
                        style.paragraph(
                            text("document.delegated", name=line.delegated_by), style.CELL
                        )
                    ]
                    if line.delegated_by
                    else []
                ),
            ],
            line.meaning,
            swedish_time(line.at),
            line.version[:12],
        ]
        for line in found
    ]
    head = [text(f"document.signature.{part}") for part in ("who", "meaning", "at", "version")]
    widths = [70 * mm, 38 * mm, 33 * mm, 29 * mm]
    return [*heading(text("document.signature.title")), grid(head, rows, widths)]


def ink_lines(labels: Sequence[str]) -> list[Flowable]:
    """Return empty lines to write on, side by side, each with its label under it."""
    gap = 8 * mm
    width = (style.TEXT_WIDTH - gap * (len(labels) - 1)) / len(labels)
    cells: list[Cell] = []
    widths: list[float] = []
    commands: list[Any] = []
    for place, label in enumerate(labels):
        if place:
            cells.append(style.paragraph(""))
            widths.append(gap)
        commands.append(("LINEABOVE", (len(cells), 0), (len(cells), 0), 0.7, style.INK))
        cells.append(style.paragraph(label, style.LABEL))
        widths.append(width)
    table = _table([cells], widths)
    table.setStyle(TableStyle([*commands, ("TOPPADDING", (0, 0), (-1, -1), 1 * mm)]))
    return [Spacer(1, 13 * mm), table]


def swedish_time(moment: datetime) -> str:
    """Return a moment as Swedish date and clock, whatever the machine's own time zone is.

    Summer time by directive 2000/84/EC; the zone database is not on every Windows machine.
    """
    utc = moment.astimezone(UTC)
    begins, ends = (_last_sunday(utc.year, month) for month in (3, 10))
    summer = begins <= utc < ends
    return (utc + timedelta(hours=2 if summer else 1)).strftime("%Y-%m-%d %H.%M")


def _last_sunday(year: int, month: int) -> datetime:
    """Return 01.00 UTC on the last Sunday of a month of 31 days."""
    last = datetime(year, month, 31, 1, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def hours(minutes: int) -> str:
    """Return minutes as "2 h 30 min", without the part that is nothing."""
    whole, rest = divmod(minutes, 60)
    parts = [f"{whole} h"] if whole else []
    if rest or not parts:
        parts.append(f"{rest} min")
    return " ".join(parts)


class _Rows(Table):  # type: ignore[misc]  # reportlab has no types
    """A table that breaks between rows, and inside one only when it is higher than a page.

    reportlab's own `splitInRow` also breaks a row that the next page has room for.
    """

    def height(self, rows: int | None) -> float:
        """Return how high the first `rows` rows are, heads included; all of them when None."""
        self.wrap(style.TEXT_WIDTH, style.TEXT_HEIGHT)
        return float(sum(self._rowHeights[:rows]))

    def split(self, width: float, height: float) -> list[Flowable]:
        self.splitInRow = 0
        parts: list[Flowable] = super().split(width, height)
        head: int = self.repeatRows
        if not parts and sum(self._rowHeights[: head + 1]) > style.TEXT_HEIGHT:
            self.splitInRow = _SPLIT
            parts = super().split(width, height)
        return parts


def _table(cells: Sequence[Sequence[Cell]], widths: Sequence[float], **options: Any) -> Table:
    """Return a table in the house font, flush with the text's edges."""
    table = _Rows([list(row) for row in cells], colWidths=list(widths), hAlign="LEFT", **options)
    # reportlab's default font for a table is one that is not embedded.
    table.setStyle(
        TableStyle(
            [
                ("FONTNAME", (0, 0), (-1, -1), style.REGULAR),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 0.6 * mm),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 0.6 * mm),
            ]
        )
    )
    return table
