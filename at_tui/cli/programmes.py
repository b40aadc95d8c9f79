"""`at-tui programmes`: the plans in use; `programmes diff A B`: what differs between two."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

from at_tui.cli import printing
from at_tui.cli.parser import Parser
from at_tui.language import text
from schema.fault import Fault

if TYPE_CHECKING:
    from at_tui.programme_diff import Difference


def arguments(parser: Parser) -> None:
    """Add what the command takes."""
    parser.option("act", metavar="diff", nargs="?", choices=["diff"])
    parser.option("programme", metavar="PROGRAM", nargs="*")
    parser.option("--json", action="store_true")


def run(options: Namespace) -> int:
    """List the programmes, or tell what differs; 1 when a file of one's own is broken."""
    if options.act == "diff":
        return _diff(options)
    from at_tui.content_faults import sentence
    from at_tui.programmes import choices
    from data.content import own_faults
    from data.places import content_folder

    folder = content_folder()
    found = choices(folder)
    faults = [sentence(fault) for fault in own_faults(folder)]
    if options.json:
        printing.print_json([asdict(one) for one in found])
    else:
        for one in found:
            ends = text("cli.programmes.ends", day=one.valid_to) if one.valid_to else ""
            own = text("cli.programmes.own") if one.own else ""
            count = text("cli.programmes.count", count=one.requirements)
            print(f"{one.id:<22} {one.title:<44} {count}{ends}{own}")
    for fault in faults:
        printing.tell(fault)
    return 1 if faults else 0


def _diff(options: Namespace) -> int:
    from at_tui.programme_diff import diff
    from at_tui.programmes import programme
    from data.places import content_folder

    if len(options.programme) != 2:
        raise Fault("cli.programmes.two", exit_code=2)
    before, after = (programme(name, folder=content_folder()) for name in options.programme)
    found = diff(before, after)
    if options.json:
        printing.print_json([_as_json(one) for one in found])
        return 0
    print(text("cli.programmes.diff", before=before.title, after=after.title))
    for one in found:
        print(f"  {text(f'cli.programmes.{one.change}'):<10} {one.title}")
        for field in one.fields:
            print(f"  {'':<10}   {field.label}: {field.before} → {field.after}")
    if not found:
        print(text("cli.programmes.alike"))
    return 0


def _as_json(one: Difference) -> dict[str, object]:
    return {
        "change": one.change,
        "kind": one.kind,
        "before": one.before.id if one.before else None,
        "after": one.after.id if one.after else None,
        "title": one.title,
        "fields": [asdict(field) for field in one.fields],
    }
