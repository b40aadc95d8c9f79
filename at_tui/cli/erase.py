"""`at-tui erase PERSON`: lawful erasure, and the report of what is past its time."""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from at_tui.cli import naming, opening, printing
from at_tui.cli.parser import Parser
from at_tui.language import text
from schema.fault import Fault

if TYPE_CHECKING:
    from at_tui.retention import Past
    from data.store import Store
    from schema.tables import Person, Trainee

AUTHOR = "erase"
_WHY = {"frist": "retention", "begäran": "request", "misstag": "mistake"}
"""What is typed for each reason."""


def arguments(parser: Parser) -> None:
    """Add what the command takes."""
    parser.option("who", metavar="PERSON", nargs="?")
    parser.option("--person", action="store_true")
    parser.option("--past", action="store_true")
    parser.option("--copies", action="store_true")
    parser.option("--report", action="store_true")
    parser.option("--reason", metavar="SKÄL", choices=[*_WHY])
    parser.option("--yes", "-y", action="store_true")
    parser.option("--json", action="store_true")


def run(options: Namespace) -> int:
    """Show what would go, ask for the name, and erase; or print the report."""
    if options.report == bool(options.who):
        raise Fault("erase.who_or_report", exit_code=2)
    with opening.opened(options) as store:
        if options.report:
            return _report(store, as_json=options.json)
        return _erase(store, options)


def _erase(store: Store, options: Namespace) -> int:
    from at_tui import erasing
    from at_tui.disclosure import counted

    with store.read() as work:
        who = (naming.person if options.person else naming.trainee)(work, options.who)
        author = work.fact("owner_id") or AUTHOR
    proposal = erasing.propose(store, who.id, on=date.today())  # noqa: DTZ011 - own day
    records = proposal.only_past() if options.past else proposal.records
    if not records:
        print(text("retention.none"))
        return 0
    if not options.json:
        print(text("erase.about_to", name=who.name, counts=counted(records.values())))
    if not options.yes and not _named(who):
        print(text("erase.not_erased"))
        return 4
    why = _WHY[options.reason] if options.reason else "retention" if options.past else ""
    result = erasing.carry_out(
        store, proposal, author, past=options.past, copies=options.copies, why=why
    )
    erased, left, copies = result.erased, result.left, proposal.copies
    if options.json:
        printing.print_json(
            {
                "records": len(erased.records), "versions": erased.versions,
                "drafts": erased.drafts, "copies_left": [str(copy.path) for copy in left],
            }
        )  # fmt: skip
    else:
        print(text("erase.erased", name=who.name, versions=erased.versions))
        if copies:
            key = "erase.copies_emptied" if options.copies else "erase.copies_hold"
            print(text(key, count=len(copies) - len(left)))
        for copy in left:
            print(text("erase.copy_left", path=copy.path))
        print(text("erase.elsewhere"))
    return 1 if left else 0


def _named(who: Trainee | Person) -> bool:
    """Let the user write the name: too much goes to be agreed to by one key."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Fault("erase.not_agreed", exit_code=2)
    try:
        return input(text("erase.confirm")).split() == who.name.split()
    except EOFError:
        return False


def _past(store: Store) -> list[Past]:
    from at_tui import retention

    with store.read() as work:
        return retention.past(work, retention.load(), on=date.today())  # noqa: DTZ011 - own day


def _report(store: Store, *, as_json: bool) -> int:
    from at_tui import retention
    from at_tui.disclosure import counted
    from data.places import content_folder

    found = _past(store)
    if as_json:
        printing.print_json([asdict(one) for one in found])
        return 0
    if retention.load().working:
        print(text("retention.working", path=content_folder() / retention.FILE))
    if not found:
        print(text("retention.none"))
    for one in found:
        kinds = [kind for kind, count in one.kinds.items() for _ in range(count)]
        print(
            text("retention.line", name=one.name, ended=one.ended_on, since=one.since,
                 counts=counted(kinds))
        )  # fmt: skip
    _done(store)
    return 0


def _done(store: Store) -> None:
    """Print what was erased in this file."""
    from data.erase_log import logged
    from schema.tables import Person

    with store.read() as work:
        names = {person.id: person.name for person in work.all(Person)}
        done = logged(work)
    for one in done:
        reason = f"erase.reason.{one.why}" if one.why else "retention.no_reason"
        what = text(
            "retention.done_row",
            count=one.records, reason=text(reason), who=names.get(one.author, one.author),
        )  # fmt: skip
        print(f"{one.at.astimezone():%Y-%m-%d %H:%M}  {what}")
