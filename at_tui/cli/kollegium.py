"""`at-tui kollegium`: the pack, the cohort and the meetings, minutes and what else is printed."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from at_tui.cli import documents, opening, printing
from at_tui.cli.parser import Parser
from at_tui.language import text
from schema.fault import Fault
from schema.text import clean, sort_key

# SQLModel takes 0.6 to 1.2 s to import: tables only for typing here.
if TYPE_CHECKING:
    from at_tui.kollegium.case import Case
    from at_tui.kollegium.cohort import Row
    from at_tui.kollegium.meetings import MeetingLine
    from data.kollegium_shelf import Shelf
    from data.work import Work
    from schema.tables import Kollegium

MEETINGS_SHOWN = 6
MOST_CHOICES = 6


def arguments(parser: Parser) -> None:
    """Add what the command takes."""
    parser.option("act", metavar="VAD", choices=[*_ACTS])
    parser.option("meeting", metavar="MÖTE", nargs="?", default="")
    parser.option("--unit", metavar="ENHET", default="")
    parser.option("--discuss", action="store_true")
    parser.option("--masked", action="store_true")
    parser.option("--with-plans", action="store_true")
    parser.option("--json", action="store_true")
    documents.add_output(parser)


def run(options: Namespace) -> int:
    """Do what was asked for."""
    if options.with_plans and options.masked:
        raise Fault("kollegium.masked_plans", exit_code=2)
    code: int = _ACTS[options.act](options)
    return code


@dataclass(frozen=True)
class _Read:
    """What most of them need, read in one go."""

    shelf: Shelf
    cases: list[Case]
    meeting: Kollegium | None
    lines: list[MeetingLine]
    author: str
    region: str
    unit_ids: frozenset[str]


def _read(options: Namespace) -> _Read:
    from at_tui.kollegium.cohort import cases_of
    from at_tui.kollegium.judging import judge_all
    from at_tui.kollegium.meetings import meetings
    from at_tui.kollegium.sources import Sources
    from at_tui.kollegium.support import owner, seen_by
    from data.kollegium import read_shelf
    from schema.tables import Person

    on = documents.day_of(options)
    with opening.opened(options) as store, store.read() as work:
        meeting = _meeting(work, options.meeting) if options.meeting else None
        order = list(meeting.training_ids) if meeting and meeting.training_ids else None
        sees = seen_by(owner(work, on)) if options.with_plans else None
        shelf = read_shelf(work, on=on, training_ids=order, may_see=sees)
        lines = meetings(work)
        author = work.get(Person, work.fact("owner_id"))
    if meeting is None:
        # The next meeting's own decisions, of a rehearsal, are no earlier ones.
        ahead = [line.id for line in lines if line.closed_on is None and line.day >= on]
        meeting_id = ahead[-1] if ahead else ""
    else:
        meeting_id = meeting.id
    sources = Sources()
    findings = judge_all(shelf, sources, _progress("kollegium.progress.judge"))
    return _Read(
        shelf,
        cases_of(shelf, sources, findings, meeting_id),
        meeting,
        lines,
        author.name if author else "",
        _region(shelf),
        _units(shelf, options.unit),
    )


def _pack(options: Namespace) -> int:
    from at_tui.documents.gather import number_of
    from at_tui.documents.kollegium_pack import kollegium_pack_pdf
    from at_tui.kollegium.pack import PackOptions, Scope, make_pack

    found = _read(options)
    on = found.shelf.on
    settled = found.meeting is not None and bool(found.meeting.training_ids)
    whole = Scope.MEETING if settled else Scope.ALL
    scope = Scope.UNIT if found.unit_ids else Scope.DISCUSS if options.discuss else whole
    made = make_pack(
        found.cases,
        found.shelf,
        options=PackOptions(scope, found.unit_ids, options.masked, options.with_plans),
        title=text("kollegium.pack.title"),
        number=number_of(found.meeting.id) if found.meeting else f"K-{on}",
        day=found.meeting.day if found.meeting else on,
        issued_on=on,
        region=found.region,
        author=found.author,
        salt=found.meeting.id if found.meeting else on.isoformat(),
    )
    content = kollegium_pack_pdf(made, _progress("kollegium.progress.draw"))
    documents.deliver(options, content, text("kollegium.file.pack"), on.isoformat())
    return 0


def _list(options: Namespace) -> int:
    from at_tui.kollegium.cohort import rows_of

    found = _read(options)
    rows = [
        row for row in rows_of(found.cases) if not found.unit_ids or row.unit_id in found.unit_ids
    ]
    if options.json:
        printing.print_json(
            {
                "on": found.shelf.on.isoformat(),
                "meetings": [_meeting_json(line) for line in found.lines],
                "cohort": [_row_json(row) for row in rows],
            }
        )
        return 0
    for line in found.lines[:MEETINGS_SHOWN]:
        print(_meeting_words(line))
    print()
    for row in rows:
        print(_row_words(row).rstrip())
    return 0


def _minutes(options: Namespace) -> int:
    from at_tui.documents.minutes import minutes_pdf
    from at_tui.kollegium.minutes import minutes_of

    on = documents.day_of(options)
    with opening.opened(options) as store, store.read() as work:
        meeting = _meeting(work, options.meeting)
        found = minutes_of(work, meeting.id, on)
    content = minutes_pdf(found, issued_on=on)
    documents.deliver(options, content, text("kollegium.file.minutes"), found.day.isoformat())
    return 0


def _slips(options: Namespace) -> int:
    from at_tui.documents.gather import number_of
    from at_tui.documents.slip import slips_pdf
    from at_tui.kollegium.minutes import doctor_slips, minutes_of, supervisor_slips

    on = documents.day_of(options)
    with opening.opened(options) as store, store.read() as work:
        meeting = _meeting(work, options.meeting)
        found = minutes_of(work, meeting.id, on)
    content = slips_pdf(
        [*supervisor_slips(found), *doctor_slips(found)],
        number=number_of(meeting.id),
        issued_on=on,
        author=found.chair,
        history=found.history,
    )
    documents.deliver(options, content, text("kollegium.file.slips"), found.day.isoformat())
    return 0


def _chase(options: Namespace) -> int:
    from at_tui.documents.chase_page import chase_pdf
    from at_tui.kollegium.chase import chase_list, chase_texts, needed_by

    found = _read(options)
    on = found.shelf.on
    day = found.meeting.day if found.meeting else _next_day(found.lines, on)
    debtors = [
        debtor
        for debtor in chase_list(
            found.cases, found.shelf, found.meeting.id if found.meeting else ""
        )
        if not found.unit_ids or debtor.unit_id in found.unit_ids
    ]
    if not options.output:
        until = needed_by(on, day)
        print(chase_texts(debtors, meeting_day=day, until=until, sender=found.author))
        return 0
    content = chase_pdf(
        debtors, meeting_day=day, evidence_on=on, issued_on=on, number=f"K-{day or on}",
        region=found.region, author=found.author, history=found.shelf.history,
    )  # fmt: skip
    documents.deliver(options, content, text("kollegium.file.chase"), on.isoformat())
    return 0


def _coverage(options: Namespace) -> int:
    from at_tui.documents.coverage_page import coverage_pdf
    from at_tui.kollegium.coverage import coverage

    found = _read(options)
    on = found.shelf.on
    content = coverage_pdf(
        coverage(found.cases, found.shelf), number=f"K-{on}", issued_on=on, region=found.region,
        author=found.author, history=found.shelf.history,
        unit_ids=sorted(found.unit_ids) if found.unit_ids else None,
        overview=not found.unit_ids,
    )  # fmt: skip
    documents.deliver(options, content, text("kollegium.file.coverage"), on.isoformat())
    return 0


_ACTS: dict[str, Callable[[Namespace], int]] = {
    "pack": _pack,
    "list": _list,
    "minutes": _minutes,
    "slips": _slips,
    "chase": _chase,
    "coverage": _coverage,
}


def _meeting(work: Work, wanted: str) -> Kollegium:
    """Return the meeting that `wanted` names: its day, an id, or the start of one.

    Raises:
        Fault: `kollegium.no_meeting`, `kollegium.several_meetings` (exit code 1);
            `kollegium.which_meeting` (exit code 2), when none is named.
    """
    from schema.tables import Kollegium

    every = sorted(work.all(Kollegium), key=lambda m: (m.day, m.id), reverse=True)
    shown = clean(wanted, one_line=True)[:80]
    choices = _listed([f"{m.day} ({m.id[:13]})" for m in every]) or "–"
    if not shown:
        raise Fault("kollegium.which_meeting", exit_code=2, choices=choices)
    found = [m for m in every if m.day.isoformat() == shown]
    if not found and len(shown) >= 4:
        found = [m for m in every if m.id.startswith(shown.lower())]
    if not found:
        raise Fault("kollegium.no_meeting", exit_code=1, wanted=shown, choices=choices)
    if len(found) > 1:
        several = _listed([f"{m.day} ({m.id[:13]})" for m in found])
        raise Fault("kollegium.several_meetings", exit_code=1, wanted=shown, choices=several)
    return found[0]


def _listed(choices: list[str]) -> str:
    more = len(choices) - MOST_CHOICES
    listed = ", ".join(choices[:MOST_CHOICES])
    return text("cli.and_more", listed=listed, count=more) if more > 0 else listed


def _units(shelf: Shelf, wanted: str) -> frozenset[str]:
    """Return the units that `wanted` names: words of name and town, or an id.

    Raises:
        Fault: `kollegium.no_unit` (exit code 1).
    """
    words = sort_key(wanted).split()
    if not words:
        return frozenset()
    found = frozenset(
        unit.id
        for unit in shelf.units.values()
        if unit.id == wanted or all(w in sort_key(f"{unit.name} {unit.site}") for w in words)
    )
    if not found:
        raise Fault("kollegium.no_unit", exit_code=1, wanted=clean(wanted, one_line=True)[:80])
    return found


def _region(shelf: Shelf) -> str:
    from at_tui.kollegium.minutes import region_of

    return region_of(shelf)


def _next_day(lines: list[MeetingLine], on: date) -> date | None:
    return min((m.day for m in lines if m.closed_on is None and m.day >= on), default=None)


def _progress(key: str) -> Callable[[int, int], None] | None:
    if not sys.stderr.isatty():
        return None

    def show(done: int, count: int) -> None:
        end = "\r\033[K" if done >= count else "\r"
        print(text(key, done=done, count=count), end=end, file=sys.stderr, flush=True)

    return show


def _meeting_json(line: MeetingLine) -> dict[str, Any]:
    return {
        "id": line.id,
        "title": line.title,
        "day": line.day,
        "opened": line.opened,
        "closed_on": line.closed_on,
        "doctors": line.doctors,
        "decided": line.decided,
        "open_actions": line.open_actions,
    }


def _row_json(row: Row) -> dict[str, Any]:
    return {
        "training_id": row.training_id,
        "name": row.name,
        "kind": row.kind,
        "start_group": row.start_group,
        "programme": row.programme_id,
        "section": row.section,
        "unit": row.unit,
        "supervisor": row.supervisor,
        "week": row.week[0] if row.week else None,
        "weeks": row.week[1] if row.week else None,
        "supervision_held": row.held,
        "supervision_due": row.due,
        "weeks_met": row.weeks_met,
        "weeks_begun": row.weeks_begun,
        "latest": row.latest,
        "latest_day": row.latest_day,
        "goals_marked": row.goals_marked,
        "goals": row.goals,
        "deadline": row.deadline.day if row.deadline else None,
        "deadline_what": row.deadline.sentence if row.deadline else "",
        "group": row.group,
        "reasons": [{"rule": r.rule_id, "sentence": r.sentence} for r in row.reasons],
        "flags": [{"code": f.code, "sentence": f.sentence} for f in row.flags],
    }


def _meeting_words(line: MeetingLine) -> str:
    state = "closed" if line.closed_on else "opened" if line.opened else "ahead"
    said = text(
        f"kollegium.list.{state}",
        decided=line.decided,
        doctors=line.doctors,
        actions=line.open_actions,
    )
    return f"{line.day}  {line.title:<24}  {line.id[:13]}  {said}"


def _row_words(row: Row) -> str:
    week = "{}/{}".format(*row.week) if row.week else "–"
    section = text(f"word.section_short.{row.section}") if row.section else "–"
    group = text(f"kollegium.group.{row.group}")
    why = "; ".join(reason.short for reason in row.reasons if reason.group is row.group)
    return (
        f"{row.name:<28} {group:<15} {section:<14} v {week:<6} "
        f"{row.weeks_met:>2} av {row.weeks_begun:<3} {why}"
    )
