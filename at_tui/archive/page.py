"""The archive's first page: the training at a glance, with links to every file.

No script, no picture and no address outside the folder: it can be opened anywhere, for ever.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote

from at_tui.archive.folder import SUMS
from at_tui.instrument_names import short_name
from at_tui.language import text
from schema.words import SupervisionStatus

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from data.find import Folder
    from schema.content.curriculum import Curriculum

GROUPS = ("certificates", "whole", "introductions", "talks", "assessments")
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:52em;margin:2em auto;padding:0 1em;"
    "color:#1c2426}h1{margin-bottom:0}h2{color:#0f5a61;margin-top:2em;border-bottom:2px solid "
    "#0f5a61}table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;"
    "padding:.3em .6em .3em 0;border-bottom:1px solid #c9d1d2}td{white-space:pre-wrap}"
    ".muted{color:#5a6669}a{color:#0f5a61}"
)


@dataclass(frozen=True, slots=True)
class Link:
    """A file of the archive: its path, what it is, and which group it stands in."""

    path: str
    words: str
    group: str


def index_page(
    folder: Folder, curriculum: Curriculum | None, links: Sequence[Link], *, on: date
) -> bytes:
    """Return the page; everything from the records is escaped."""
    trainee, training = folder.trainee, folder.training
    end = training.ended_on or training.end
    period = text("archive.period", start=training.start, end=end or "–")
    body = [
        f"<h1>{_e(trainee.name)}</h1>",
        f'<p class="muted">{_e(text(f"word.kind.{training.kind}"))} · {_e(period)}</p>',
        f"<p>{_e(text('archive.about', day=on))}</p>",
        *_files(links),
        *_table("placements", _placements(folder)),
        *_table("sessions", _sessions(folder)),
        *_table("forms", _forms(folder)),
        *_table("goals", _goals(folder, curriculum)),
        *_table("education", _education(folder)),
        *_table("talks", _talks(folder)),
        f"<h2>{_e(text('archive.part.check'))}</h2>",
        f"<p>{_e(text('archive.check', list=SUMS))}</p><pre>sha256sum -c {SUMS}</pre>",
    ]
    title = _e(text("archive.title", name=trainee.name))
    return (
        '<!doctype html><html lang="sv"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body>{''.join(body)}</body></html>\n"
    ).encode()


def _e(value: object) -> str:
    return html.escape(str(value))


def _anchor(path: str, words: str) -> str:
    return f'<a href="{_e(quote(path))}">{_e(words)}</a>'


def _files(links: Sequence[Link]) -> Iterator[str]:
    for group in GROUPS:
        mine = [link for link in links if link.group == group]
        if mine:
            yield f"<h2>{_e(text(f'archive.group.{group}'))}</h2><ul>"
            for link in mine:
                yield f"<li>{_anchor(link.path, link.words)}</li>"
            yield "</ul>"
    yield f"<h2>{_e(text('archive.group.all'))}</h2><ul>"
    for path in ("allt.html", "json/uppgifter.json", "json/registerutdrag.json"):
        name = path.rpartition("/")[2].partition(".")[0]
        words = text(f"archive.data.{'page' if path == 'allt.html' else name}")
        yield f"<li>{_anchor(path, words)}</li>"
    yield "</ul>"


def _table(part: str, rows: Iterable[Sequence[object]]) -> Iterator[str]:
    found = list(rows)
    if not found:
        return
    yield f"<h2>{_e(text(f'archive.part.{part}'))} ({len(found)})</h2><table><tr>"
    yield "".join(f"<th>{_e(head)}</th>" for head in text(f"archive.head.{part}").split("|"))
    yield "</tr>"
    for row in found:
        yield "<tr>" + "".join(f"<td>{_e(cell)}</td>" for cell in row) + "</tr>"
    yield "</table>"


def _placements(folder: Folder) -> Iterator[Sequence[object]]:
    for one in folder.placements:
        section = text(f"word.section.{one.section}")
        supervisor = folder.name_of(one.supervisor_id)
        period = f"{one.start} – {one.end}"
        yield section, folder.unit_of(one), period, f"{one.percent} %", supervisor


def _sessions(folder: Folder) -> Iterator[Sequence[object]]:
    for one in folder.supervisions:
        if one.status == SupervisionStatus.HELD:
            agreed = "; ".join(a.text for a in folder.agreements if a.origin_id == one.id)
            who = folder.name_of(one.supervisor_id)
            yield one.day, f"{one.minutes} min", who, one.note, agreed


def _forms(folder: Folder) -> Iterator[Sequence[object]]:
    for one in folder.assessments:
        who = folder.name_of(one.assessor_id) or one.assessor_name
        state = text(f"word.lock.{one.status}")
        yield one.day, short_name(one.instrument_id), who, state


def _goals(folder: Folder, curriculum: Curriculum | None) -> Iterator[Sequence[object]]:
    for one in folder.goal_marks:
        if one.withdrawn_on is None:
            goal = curriculum.goal(one.goal_id) if curriculum else None
            words = f"{goal.reference}: {goal.text}" if goal else one.goal_id
            yield one.day, words, folder.name_of(one.marked_by_id), one.note


def _education(folder: Folder) -> Iterator[Sequence[object]]:
    from at_tui.education.occasions import mark_of

    for one in folder.educations:
        mark = mark_of(one)
        there = text(f"education.presence.{mark.presence}")
        length = f"{one.days:g} d".replace(".", ",") if one.days else f"{one.minutes} min"
        if mark.reason:
            there += f": {mark.reason}"
        yield one.day, text(f"word.education.{one.kind}"), one.title, length, there


def _talks(folder: Folder) -> Iterator[Sequence[object]]:
    for one in folder.talks:
        if one.held_on is not None:
            who = folder.name_of(one.with_id)
            yield one.held_on, text(f"word.talk.{one.kind}"), who, one.note
