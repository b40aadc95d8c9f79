"""`at-tui import FILE`: a start group, or what `export` wrote."""

from __future__ import annotations

import contextlib
import sys
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from at_tui.cli import opening, printing
from at_tui.cli.parser import Parser
from at_tui.language import has, text
from schema.fault import Fault

if TYPE_CHECKING:
    from at_tui.interchange.preview import Preview, Unseal

AUTHOR = "import"
MOST_SHOWN = 60
"""Rows and faults shown at once; the rest is told by its number."""


def arguments(parser: Parser) -> None:
    """Add what the command takes."""
    parser.option("file", metavar="FIL", type=Path)
    parser.option("--dry-run", action="store_true")
    parser.option("--yes", "-y", action="store_true")
    parser.option("--json", action="store_true")


def run(options: Namespace) -> int:
    """Show what the file would add, and add it when nothing is wrong and the user agrees."""
    from at_tui.interchange.preview import apply, preview

    with opening.opened(options) as store:
        unseal = _unsealing(store.key, options.file)
        today = date.today()  # noqa: DTZ011 - users' own day
        with store.read() as work:
            found = preview(options.file, work, on=today, unseal=unseal)
        if options.json:
            printing.print_json(_as_json(found))
        else:
            _show(found)
        if not found.ok:
            if not options.json:
                print(text("import.faults", count=len(found.problems)), file=sys.stderr)
            return 1
        if options.dry_run or not found.added:
            return 0
        if not options.yes and not options.json and not _agreed():
            print(text("cli.import.not_saved"))
            return 4
        result = apply(store, found, AUTHOR)
        if not options.json:
            print(text("cli.import.saved", counts=_counts(result.added)))
    return 0


def _unsealing(key: bytes | None, path: Path) -> Unseal:
    """Return what opens a sealed file: the key of the open records, else its own passphrase."""
    from data import sealed

    def unseal(content: bytes) -> bytes:
        if key is not None:
            with contextlib.suppress(Fault):
                return sealed.unseal(content, data_key=key)
        given = opening.passphrase_from_file()
        if given is None and sys.stdin.isatty():
            given = opening.ask(text("sealed.ask", path=path.name))
        if given is None:
            raise Fault("sealed.other", exit_code=3)
        return sealed.unseal(content, passphrase=given)

    return unseal


def _agreed() -> bool:
    """Ask at a terminal; a script has said what it wants by running the command."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return True
    try:
        answer = input(text("cli.import.ask"))
    except EOFError:
        return False
    return answer.strip().lower() in text("import.word.yes").split("|")


def _show(found: Preview) -> None:
    for row in found.rows[:MOST_SHOWN]:
        section = text(f"word.section_short.{row.section}") if row.section else ""
        days = f"{row.start or '?'}–{row.end or '?'}" if row.start or row.end else ""
        if row.percent != 100:
            days += f" {row.percent} %"
        state = text(f"import.state.{row.state}")
        line = f"{row.number:>4}  {state:<6} {row.name:<24} {section:<14} {row.unit:<28} {days}"
        print(line.rstrip())
    _more(len(found.rows))
    for note in found.notes[:MOST_SHOWN]:
        print(note.sentence)
    _more(len(found.notes))
    for problem in found.problems[:MOST_SHOWN]:
        print(problem.sentence, file=sys.stderr)
    if not found.ok:
        return
    if found.added:
        print(text("cli.import.would_add", counts=_counts(found.added)))
    else:
        print(text("import.nothing"))


def _more(count: int) -> None:
    if count > MOST_SHOWN:
        print(text("cli.import.more", count=count - MOST_SHOWN))


def _counts(added: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {_noun(kind, count)}" for kind, count in added.items())


def _noun(kind: str, count: int) -> str:
    key = f"import.count.{kind}"
    one, _, many = (text(key) if has(key) else kind).partition("|")
    return one if count == 1 or not many else many


def _as_json(found: Preview) -> dict[str, object]:
    return {
        "form": found.form,
        "ok": found.ok,
        "rows": [asdict(row) for row in found.rows],
        "problems": [{**asdict(one), "sentence": one.sentence} for one in found.problems],
        "notes": [{**asdict(one), "sentence": one.sentence} for one in found.notes],
        "added": dict(found.added),
        "known": dict(found.known),
    }
