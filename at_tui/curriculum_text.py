"""Make a målbeskrivning of a regulation's own text, pasted in by a studierektor.

The authority's wording cannot be shipped, but whoever has it can put it in: chapter, §, level
sentence and numbered points become goals with the ids `kap:§:punkt`. A mark is made against an
id, so marks against the same ids stay; goals that the text does not have are kept as retired.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from at_tui.curriculum_lines import Paragraph, Structure, TextChapter, TextProblem, tidy
from at_tui.language import text as say
from schema.content.version import next_version
from schema.fault import Fault
from schema.words import Kind, Level, SectionCode

if TYPE_CHECKING:
    from schema.content.curriculum import Curriculum, Goal

AT_CHAPTERS: Mapping[int, SectionCode] = {
    2: SectionCode.ALLMAN,
    3: SectionCode.OPERERANDE,
    4: SectionCode.INVARTES,
    5: SectionCode.PSYKIATRI,
    6: SectionCode.ALLMANMEDICIN,
}
"""SOSFS 1999:5: 2–6 kap. are the målbeskrivning, 1 kap. holds the rules around it."""

LONGEST_TEXT = 1_000_000
"""Bytes. The whole regulation has about 60 000."""
LONGEST_GOAL = 2000

_LEVELS = (
    (Level.A, re.compile(r"självständigt\s+(?:kunna|kan)|(?:kunna|kan)\s+självständigt", re.I)),
    (Level.B, re.compile(r"god\s+kännedom|viss\s+erfarenhet", re.I)),
    (Level.C, re.compile(r"(?<!god )kännedom", re.I)),
)
_REPEALED = re.compile(r"har upphävts|upphävd", re.I)


@dataclass(frozen=True)
class Parsed:
    """What a pasted text gave: the målbeskrivning, and what a person should look at."""

    curriculum: Curriculum
    problems: list[TextProblem]

    @property
    def is_lossy(self) -> bool:
        """Whether part of the text did not come along."""
        return any(problem.lossy for problem in self.problems)


def problem_text(problem: TextProblem) -> str:
    """Return `problem` as one Swedish line with its line number."""
    reason = say(f"content.paste.{problem.code}", **problem.values)
    return say("content.paste.at", line=problem.line, reason=reason)


def read_text(path: Path) -> str:
    """Return the text of a file that came from anywhere: UTF-8, UTF-16 or latin-1.

    Raises:
        Fault: `content.paste.no_file`, `content.paste.too_large`, `content.paste.not_text`.
    """
    if not path.is_file():
        raise Fault("content.paste.no_file", exit_code=2, file=path.name)
    try:
        with path.open("rb") as file:
            raw = file.read(LONGEST_TEXT + 1)
    except OSError:
        raise Fault("content.paste.no_file", exit_code=2, file=path.name) from None
    if len(raw) > LONGEST_TEXT:
        raise Fault("content.paste.too_large", exit_code=1, file=path.name)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    if b"\0" in raw or raw.startswith((b"%PDF", b"PK\x03\x04", b"{\\rtf")):
        raise Fault("content.paste.not_text", exit_code=1, file=path.name)
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def parse_regulation(
    text: str,
    *,
    base: Curriculum,
    title: str | None = None,
    source: str | None = None,
    version: str | None = None,
    pasted_by: str | None = None,
    pasted_on: date | None = None,
    chapters: Mapping[int, SectionCode] = AT_CHAPTERS,
) -> Parsed:
    """Return the målbeskrivning that `text` holds, taking the place of `base`.

    Chapters that the text has replace those of `base`; others are kept as they are. Goals of a
    replaced chapter whose ids the text lacks become retired. The id is that of `base`, so that a
    training can be moved to it, and the version follows the one of `base`.

    Raises:
        Fault: `content.paste.no_goals` when no goal was found; `content.paste.too_large`.
    """
    if len(text) > LONGEST_TEXT:
        raise Fault("content.paste.too_large", exit_code=1, file="")
    structure = Structure(text)
    problems = list(structure.problems)
    origin = source or base.regulation
    goals = (
        _delmal(structure, origin, problems)
        if base.programme_kind is Kind.BT
        else _goals(structure, origin, chapters, problems)
    )
    if not goals:
        raise Fault("content.paste.no_goals", exit_code=1)
    replaced = {_chapter_of(goal["id"]) for goal in goals}
    kept = [goal for goal in base.goals if _chapter_of(goal.id) not in replaced]
    retired = _retired(base, {goal["id"] for goal in goals}, replaced, problems)
    made = _validated(
        {
            "kind": "curriculum",
            "id": base.id,
            "version": version or next_version(base.version),
            "title": title or base.title,
            "programme_kind": base.programme_kind,
            "regulation": base.regulation,
            "source": source or base.source,
            "note": say("content.paste.note"),
            "pasted_by": pasted_by,
            "pasted_on": pasted_on,
            "chapters": _chapter_data(structure, base, chapters, replaced),
            "goals": sorted(
                [*(goal.model_dump() for goal in kept), *goals], key=_place_in_regulation
            ),
            "retired": retired,
        }
    )
    return Parsed(made, sorted(problems, key=lambda problem: problem.line))


def _goals(
    structure: Structure,
    source: str,
    chapters: Mapping[int, SectionCode],
    problems: list[TextProblem],
) -> list[dict[str, Any]]:
    goals: list[dict[str, Any]] = []
    for chapter in structure.chapters:
        if chapter.number not in chapters:
            problems.append(
                TextProblem(chapter.line, "chapter_skipped", {"chapter": chapter.number})
            )
            continue
        for paragraph in chapter.paragraphs:
            level = _level(chapter, paragraph, problems)
            for number, line, text in _points(chapter, paragraph, level, problems):
                place = {"chapter": chapter.number, "paragraph": paragraph.number, "point": number}
                goals.append(
                    {
                        "id": f"{chapter.number}:{paragraph.number}:{number}",
                        "section": chapters[chapter.number],
                        "level": level,
                        "text": _bounded(text, line, problems),
                        "source": f"{source}, {say('content.paste.place', **place)}",
                        "status": "pasted",
                    }
                )
    return goals


def _points(
    chapter: TextChapter, paragraph: Paragraph, level: Level | None, problems: list[TextProblem]
) -> list[tuple[str, int, str]]:
    """Return (number, line, text) of the goals of one paragraph."""
    place = {"chapter": chapter.number, "paragraph": paragraph.number}
    if not paragraph.points:
        if level is None:
            if paragraph.number != "1" and not _REPEALED.search(paragraph.lead):
                problems.append(TextProblem(paragraph.line, "no_points", place))
            return []
        problems.append(TextProblem(paragraph.line, "single_goal", place))
        return [("1", paragraph.line, tidy(paragraph.lead))]
    found: list[tuple[str, int, str]] = []
    for point in paragraph.points:
        text = tidy(point.text)
        if text:
            found.append((point.number, point.line, text))
        else:
            values = place | {"point": point.number}
            problems.append(TextProblem(point.line, "empty_point", values, lossy=True))
    return found


def _level(chapter: TextChapter, paragraph: Paragraph, problems: list[TextProblem]) -> Level | None:
    """Return the level that the words before the points name, the first where there are two."""
    lead = " ".join(paragraph.lead.split())
    found = sorted(
        (match.start(), level) for level, sign in _LEVELS if (match := sign.search(lead))
    )
    place = {"chapter": chapter.number, "paragraph": paragraph.number}
    if not found and paragraph.points:
        problems.append(TextProblem(paragraph.line, "no_level", place))
    if len(found) > 1:
        problems.append(TextProblem(paragraph.line, "two_levels", place))
    return found[0][1] if found else None


def _delmal(structure: Structure, source: str, problems: list[TextProblem]) -> list[dict[str, Any]]:
    goals: list[dict[str, Any]] = []
    for point in structure.delmal:
        number, text = int(point.number), tidy(point.text)
        known = {goal["id"] for goal in goals}
        if not 1 <= number <= 18 or f"BT{number}" in known or not text:
            problems.append(TextProblem(point.line, "odd_delmal", {"number": number}, lossy=True))
            continue
        goals.append(
            {
                "id": f"BT{number}",
                "section": SectionCode.ALLMAN,
                "level": None,
                "text": _bounded(text, point.line, problems),
                "source": f"{source}, BT{number}",
                "status": "pasted",
            }
        )
    return goals


def _bounded(text: str, line: int, problems: list[TextProblem]) -> str:
    if len(text) <= LONGEST_GOAL:
        return text
    problems.append(TextProblem(line, "goal_too_long", {"maximum": LONGEST_GOAL}, lossy=True))
    return text[: LONGEST_GOAL - 1] + "…"


def _retired(
    base: Curriculum, alive: set[str], replaced: set[str], problems: list[TextProblem]
) -> list[dict[str, Any]]:
    """Return what stays readable only: goals the text has not, and those retired before."""
    gone = [goal for goal in base.goals if _is_gone(goal, alive, replaced)]
    problems += [
        TextProblem(1, "goal_not_in_text", {"goal": goal.reference})
        for goal in gone
        if goal.is_numbered
    ]
    retired = [{"id": goal.id, "text": goal.text, "seen_in": base.version} for goal in gone]
    return retired + [old.model_dump() for old in base.retired if old.id not in alive]


def _is_gone(goal: Goal, alive: set[str], replaced: set[str]) -> bool:
    return _chapter_of(goal.id) in replaced and goal.id not in alive


def _chapter_data(
    structure: Structure,
    base: Curriculum,
    chapters: Mapping[int, SectionCode],
    replaced: set[str],
) -> list[dict[str, Any]]:
    found = {chapter.number: chapter.model_dump() for chapter in base.chapters}
    for chapter in structure.chapters:
        if str(chapter.number) not in replaced:
            continue
        frame = next((p.lead for p in chapter.paragraphs if p.number == "1" and not p.points), "")
        known = found.get(chapter.number, {})
        found[chapter.number] = {
            "number": chapter.number,
            "title": chapter.title[:120] or known.get("title") or f"{chapter.number} kap.",
            "section": chapters[chapter.number],
            "frame": tidy(frame)[:LONGEST_GOAL],
            "note": "",
        }
    return [found[number] for number in sorted(found)]


def _validated(data: dict[str, Any]) -> Curriculum:
    from pydantic import ValidationError  # 0.1 s, and only who pastes a text pays it

    from schema.content.curriculum import Curriculum

    try:
        return Curriculum.model_validate(data)
    except ValidationError:
        raise Fault("content.paste.too_large", exit_code=1, file="") from None


def _chapter_of(id: str) -> str:
    return "BT" if id.startswith("BT") else id.partition(":")[0]


def _place_in_regulation(data: dict[str, Any]) -> tuple[int, int, str, int, str]:
    from schema.content.curriculum import Goal

    return Goal.model_validate(data).order
