"""`at-tui erase PERSON`: lawful erasure, and the report of what is past its time."""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from at_tui.cli import naming, opening, printing
from at_tui.cli.parser import Parser
from at_tui.copies import second_place
from at_tui.language import text
from schema.fault import Fault

if TYPE_CHECKING:
    from at_tui.retention import Past
    from data.store import Store
    from schema.tables import Person, Trainee

AUTHOR = "erase"


def arguments(parser: Parser) -> None:
    """Add what the command takes."""
    parser.option("who", metavar="PERSON", nargs="?")
    parser.option("--person", action="store_true")
    parser.option("--past", action="store_true")
    parser.option("--copies", action="store_true")
    parser.option("--report", action="store_true")
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
    from at_tui.disclosure import counted
    from data import backup, erase

    with store.read() as work:
        who = (naming.person if options.person else naming.trainee)(work, options.who)
        records = erase.records_of(work, who.id)
        author = work.fact("owner_id") or AUTHOR
    kinds = _past_kinds(store, who.id) if options.past else None
    if kinds is not None:
        records = {i: kind for i, kind in records.items() if kind in kinds}
    if not records:
        print(text("retention.none"))
        return 0
    if not options.json:
        print(text("erase.about_to", name=who.name, counts=counted(records.values())))
    if not options.yes and not _named(who):
        print(text("erase.not_erased"))
        return 4
    second = second_place()
    copies = backup.everywhere(store.path, second=second)
    folders = {copy.path.parent for copy in copies}
    erased = erase.erase(store, who.id, author, kinds=kinds, copies=sorted(folders))
    left = []
    if options.copies:
        left = erase.erase_in_copies(store, copies, erased.records)
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


def _past_kinds(store: Store, person_id: str) -> set[str]:
    return {kind for one in _past(store) if one.trainee_id == person_id for kind in one.kinds}


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
    return 0
