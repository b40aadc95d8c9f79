"""Find chapters, paragraphs and points in the plain text of a regulation.

People paste from a web page or a PDF: lines are wrapped anywhere, a line may begin with a number
that is no point ("inom / 24 timmar") or with a reference that is no heading ("2 kap. 3 §"), and
page numbers and footnotes stand in between. Numbers in a regulation rise by one, and that is
what tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from schema.text import clean


@dataclass(frozen=True)
class TextProblem:
    """Something in the text that a person should look at. `code` is in the catalogue `content`,
    under `paste`; `lossy` when part of the text did not come along."""

    line: int
    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    lossy: bool = False


@dataclass
class Point:
    """A numbered point; `number` as in the text, with its letter if it has one."""

    line: int
    number: str
    text: str


@dataclass
class Paragraph:
    """A §: what it says before its points, and the points."""

    line: int
    number: str
    lead: str = ""
    points: list[Point] = field(default_factory=list)


@dataclass
class TextChapter:
    """A chapter and its paragraphs."""

    line: int
    number: int
    title: str = ""
    paragraphs: list[Paragraph] = field(default_factory=list)


_CHAPTER = re.compile(r"(\d{1,2})\s?kap(?:\.|itlet)?(?:\s+(.*))?$", re.IGNORECASE)
_PARAGRAPH = re.compile(r"(\d{1,3})\s?([a-z])?\s?§(?!§)\s*(.*)$")
_POINT = re.compile(r"(\d{1,3})(?:\s?([a-e])(?=[\s.)])|([a-e])(?=[\s.)]))?([.)])?(?:\s+(.*))?$")
_DELMAL = re.compile(r"(?:delmål\s+)?BT\s?(\d{1,2})(?!\d)\s?[.:–-]?\s*(.*)$", re.IGNORECASE)
_DASH = re.compile(r"[-–—•·*]\s+(.*)$")
_ADVICE = re.compile(r"allmänna råd\b", re.IGNORECASE)
_FURNITURE = re.compile(
    r"(?:(?:SOSFS|HSLF-FS) \d{4}:\d+|\d{1,3}|sid(?:a|an)? \d+(?: ?(?:av|/|\() ?\d+\)?)?)$",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(r"\d{1,2}\s*(?:Senaste lydelse|Ändringen innebär|Jfr\b|Upphävd genom)")
_LATEST = re.compile(r"\s*\((?:SOSFS|HSLF-FS) \d{4}:\d+\)\.?$")
_DANGLING = re.compile(
    r"(?:^|\s)(?:inom|över|under|till|av|efter|minst|högst|ca|cirka|vid|på|i|från|med|än|om|§|kap\.)$"
)
_SENTENCE_END = (".", ":", "!", "?")


class Structure:
    """The structure of a regulation's text, in `chapters`, with what was odd in `problems`."""

    def __init__(self, text: str) -> None:
        self.chapters: list[TextChapter] = []
        self.problems: list[TextProblem] = []
        self.delmal: list[Point] = []
        self._style = ""
        self._advice = False
        self._point: Point | None = None
        self._blank = True
        self._before = ""
        rows = [clean(row, one_line=True).lstrip("#").strip() for row in _rows(text)]
        for number, row in enumerate(rows, start=1):
            if row:
                self._read(number, row, _next_filled(rows, number))
                self._before = row
            self._blank = not row

    @property
    def _paragraph(self) -> Paragraph | None:
        if self.chapters and self.chapters[-1].paragraphs:
            return self.chapters[-1].paragraphs[-1]
        return None

    def _read(self, line: int, row: str, following: str) -> None:
        if _FOOTNOTE.match(row) or (_FURNITURE.match(row) and not self._is_lone_number(row)):
            return
        if self._chapter(line, row) or self._section_sign(line, row) or self._delmal(line, row):
            return
        if self._advice:
            return
        if _ADVICE.match(row) and (self._blank or self._ends_sentence()):
            self._advice = True
            self._problem(line, "advice_skipped")
            return
        if self._numbered(line, row) or self._dash(line, row):
            return
        self._continuation(line, row, following)

    def _chapter(self, line: int, row: str) -> bool:
        match = _CHAPTER.match(row)
        if not match or _DANGLING.search(self._before):
            return False
        number, title = int(match.group(1)), match.group(2) or ""
        if title and not title[0].isupper():
            return False
        if not title and not self._blank and not self._ends_sentence():
            return False
        if self.chapters and number <= self.chapters[-1].number:
            self._problem(line, "chapter_order", chapter=number)
            return False
        self.chapters.append(TextChapter(line, number, title))
        self._begin()
        return True

    def _section_sign(self, line: int, row: str) -> bool:
        match = _PARAGRAPH.match(row)
        if not match or not self.chapters or _DANGLING.search(self._before):
            return False
        digits, letter, rest = match.group(1), match.group(2) or "", match.group(3)
        if rest and not rest[0].isupper():
            return False
        chapter = self.chapters[-1]
        last = _order(self._paragraph.number) if self._paragraph else (0, "")
        key = (int(digits), letter)
        follows = key[0] == last[0] + 1 or (key[0] == last[0] and letter > last[1])
        starts = follows or not chapter.paragraphs or self._blank or self._ends_sentence()
        if key <= last or not starts:
            return False
        if not follows:
            self._problem(line, "paragraph_gap", paragraph=digits + letter, chapter=chapter.number)
        chapter.paragraphs.append(Paragraph(line, digits + letter, rest))
        self._begin()
        return True

    def _delmal(self, line: int, row: str) -> bool:
        match = _DELMAL.match(row)
        if not match or self.chapters or int(match.group(1)) <= len(self.delmal) - 1:
            return False
        self._point = Point(line, match.group(1), match.group(2))
        self.delmal.append(self._point)
        return True

    def _numbered(self, line: int, row: str) -> bool:
        match = _POINT.match(row)
        paragraph = self._paragraph
        if not match or paragraph is None:
            return False
        letter = match.group(2) or match.group(3) or ""
        number, style = int(match.group(1)), match.group(4) or "bare"
        last = _order(paragraph.points[-1].number) if paragraph.points else (0, "")
        follows = number == last[0] + 1 or (number == last[0] and letter > last[1])
        if paragraph.points and style != self._style:
            return False
        if style == "bare" and not follows:
            return False
        # "inom / 2 timmar" is no point, but "kännedom om / 1 …" is the first.
        if style == "bare" and number > 1 and not self._blank and _DANGLING.search(self._before):
            return False
        if not follows and not (self._blank or self._ends_clause()):
            return False
        if (number, letter) <= last:
            self._problem(
                line, "repeated_point", lossy=True, point=number, paragraph=paragraph.number
            )
            self._point = None
            return True
        if not follows:
            self._problem(line, "point_gap", point=number, paragraph=paragraph.number)
        self._style = style
        self._add(line, f"{number}{letter}", match.group(5) or "")
        return True

    def _dash(self, line: int, row: str) -> bool:
        match = _DASH.match(row)
        paragraph = self._paragraph
        if not match or paragraph is None:
            return False
        if paragraph.points and self._style != "dash":
            return False  # a list within a point: it goes with the point's text
        if not paragraph.points:
            self._style = "dash"
            self._problem(line, "dashes_numbered", paragraph=paragraph.number)
        self._add(line, str(len(paragraph.points) + 1), match.group(1))
        return True

    def _continuation(self, line: int, row: str, following: str) -> None:
        looks_like_heading = self._blank and row[0].isupper() and not row.endswith(_SENTENCE_END)
        if looks_like_heading and (_CHAPTER.match(following) or _PARAGRAPH.match(following)):
            return  # a heading between paragraphs
        if self._point is not None:
            if self._blank and row[0].isupper():
                self._problem(line, "stray_line", lossy=True, text=row[:60])
                self._point = None
                return
            self._point.text = _joined(self._point.text, row)
        elif self._paragraph is not None and not self._paragraph.points:
            self._paragraph.lead = _joined(self._paragraph.lead, row)
        elif self.chapters and not self.chapters[-1].paragraphs and not self.chapters[-1].title:
            self.chapters[-1].title = row
        elif self._paragraph is not None and self._blank:
            self._problem(line, "stray_line", lossy=True, text=row[:60])

    def _add(self, line: int, number: str, text: str) -> None:
        assert self._paragraph is not None  # noqa: S101 - both callers have looked
        self._point = Point(line, number, text)
        self._paragraph.points.append(self._point)

    def _begin(self) -> None:
        self._style, self._advice, self._point = "", False, None

    def _is_lone_number(self, row: str) -> bool:
        """A point's number alone on its line ("3."), its text on the next; not a page's number."""
        return row.endswith((".", ")"))

    def _ends_sentence(self) -> bool:
        return self._before.endswith(_SENTENCE_END)

    def _ends_clause(self) -> bool:
        return self._before.endswith((*_SENTENCE_END, ",", ";", " och", " samt", " eller"))

    def _problem(self, line: int, code: str, *, lossy: bool = False, **values: object) -> None:
        self.problems.append(TextProblem(line, code, values, lossy))


def tidy(text: str) -> str:
    """Return a point's text without what only ties it to the next one in the regulation."""
    text = _LATEST.sub("", text.strip())
    text = re.sub(r"[,;]\s*(?:och|samt|eller)?$", "", text)
    return text.strip()


def _rows(text: str) -> list[str]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for blank in ("\f", "\v", "\x85", "\u2028", "\u2029"):
        text = text.replace(blank, " ")
    return text.split("\n")


def _next_filled(rows: list[str], start: int) -> str:
    return next((row for row in rows[start : start + 5] if row), "")


def _order(number: str) -> tuple[int, str]:
    digits = number.rstrip("abcdefghijklmnopqrstuvwxyz")
    return int(digits), number[len(digits) :]


def _joined(text: str, row: str) -> str:
    """Join a wrapped line to what stands before it, mending a word broken at the line's end."""
    if not text:
        return row
    broken = re.search(r"(\w)-$", text)
    if broken and row[0].isalpha():
        if row.startswith(("och ", "eller ", "samt ", "respektive ")):
            return f"{text} {row}"  # hälso- / och sjukvård
        if broken.group(1).isupper():
            return text + row  # AT- / läkaren
        return text[:-1] + row if row[0].islower() else text + row
    return f"{text} {row}"
