"""`at-tui import FILE`: a start group, a list of education, or what `export` wrote; and the imports
that were made, which `--list` shows and `--undo` takes back."""

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
    from at_tui.interchange.everything import Bundle
    from at_tui.interchange.plan import EducationRow, PreviewRow
    from at_tui.interchange.preview import Preview, Unseal
    from at_tui.interchange.rows import Reading, Sheet

AUTHOR = "import"
MOST_SHOWN = 60
"""Rows and faults shown at once; the rest is told by its number."""


def arguments(parser: Parser) -> None:
    """Add what the command takes."""
    parser.option("file", metavar="FIL", type=Path, nargs="?")
    parser.option("--column", metavar="RUBRIK=KOLUMN", action="append", default=[])
    parser.option("--list", action="store_true")
    parser.option("--undo", metavar="ID")
    parser.option("--dry-run", action="store_true")
    parser.option("--yes", "-y", action="store_true")
    parser.option("--json", action="store_true")


def run(options: Namespace) -> int:
    """Do one of the three."""
    asked = sum((options.file is not None, options.list, options.undo is not None))
    if asked != 1:
        raise Fault("imports.one_of_three", exit_code=2)
    if options.list:
        return _list(options)
    if options.undo is not None:
        return _undo(options)
    return _import(options)


def _list(options: Namespace) -> int:
    """Print the imports, latest first."""
    from at_tui.interchange.undoing import imports_of

    with opening.opened(options) as store, store.read() as work:
        found = imports_of(work)
    if options.json:
        printing.print_json([one.as_json() for one in found])
        return 0
    if not found:
        print(text("imports.none"))
    for one in found:
        state = text("imports.undone_word") if one.undone_at else ""
        print(f"{one.id}  {one.when}  {one.name:<28} {_counts(one.added)}  {state}".rstrip())
    return 0


def _undo(options: Namespace) -> int:
    """Take an import back, or say what stands in the way."""
    from at_tui.interchange.undoing import hindrances_of, undo
    from data.imports import named

    with opening.opened(options) as store:
        with store.read() as work:
            batch = named(work, options.undo)
            hindered = [] if batch.undone_at else hindrances_of(work, batch)
        for one in hindered[:MOST_SHOWN]:
            print(one.sentence, file=sys.stderr)
        if hindered:
            raise Fault("imports.hindered", exit_code=4, name=batch.name, count=len(hindered))
        if batch.undone_at:
            raise Fault("imports.undone", exit_code=4, name=batch.name)
        if options.dry_run:
            print(text("imports.can_be_undone", name=batch.name, counts=_counts(batch.added)))
            return 0
        if not options.yes and not _agreed(text("imports.ask", name=batch.name)):
            print(text("imports.not_undone"))
            return 4
        count = undo(store, batch.id, AUTHOR)
        print(text("imports.undone_now", name=batch.name, count=count))
    return 0


def _import(options: Namespace) -> int:
    """Show what the file would add, and add it when nothing is wrong and the user agrees."""
    from at_tui.interchange.preview import apply, preview, read_source

    chosen = _chosen(options.column)
    with opening.opened(options) as store:
        unseal = _unsealing(store.key, options.file)
        today = date.today()  # noqa: DTZ011 - users' own day
        source = read_source(options.file, on=today, unseal=unseal) if chosen else None
        with store.read() as work:
            found = preview(
                options.file, work, on=today, reading=_reading(source, chosen), unseal=unseal
            )
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
        if not options.yes and not options.json and not _agreed(text("cli.import.ask")):
            print(text("cli.import.not_saved"))
            return 4
        result = apply(store, found, AUTHOR, on=today)
        if not options.json:
            print(text("cli.import.saved", counts=_counts(result.added)))
            print(text("imports.how_to_undo", id=result.batch))
    return 0


def _chosen(given: list[str]) -> dict[str, str]:
    """Return field by plain heading of `RUBRIK=KOLUMN`; the empty string is not to be read."""
    from at_tui.interchange.columns import BY_FIELD, plain

    fields = {plain(word): one.field for one in BY_FIELD.values()
              for word in (one.field, one.heading)}  # fmt: skip
    found: dict[str, str] = {}
    for each in given:
        head, sign, meant = each.rpartition("=")
        field = fields.get(plain(meant), "") if meant.strip() else ""
        if not sign or not plain(head) or (meant.strip() and not field):
            raise Fault("imports.no_column", exit_code=2, given=each[:60])
        found[plain(head)] = field
    return found


def _reading(source: Sheet | Bundle | None, chosen: dict[str, str]) -> Reading:
    """Return how a file is read whose columns were named; each name must be one of its headings."""
    from at_tui.interchange.columns import SETS, plain
    from at_tui.interchange.rows import GUESSED, Reading, Sheet

    if not chosen:
        return GUESSED
    headings = source.table.headings if isinstance(source, Sheet) and source.table else ()
    places = {plain(words): place for place, words in enumerate(headings)}
    for name in chosen:
        if name not in places:
            raise Fault("imports.no_heading", exit_code=2, name=name)
    columns = {places[name]: field for name, field in chosen.items()}

    def lacks(name: str) -> tuple[int, int]:
        matched = SETS[name].match(headings, columns)
        return len(matched.missing), -len(matched.columns)

    return Reading(min(SETS, key=lacks), columns)


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


def _agreed(question: str) -> bool:
    """Ask at a terminal; a script has said what it wants by running the command."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return True
    try:
        answer = input(question)
    except EOFError:
        return False
    return answer.strip().lower() in text("import.word.yes").split("|")


def _show(found: Preview) -> None:
    shown = [*map(_line, found.rows), *map(_lesson, found.lessons)]
    for line in shown[:MOST_SHOWN]:
        print(line.rstrip())
    _more(len(shown))
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


def _line(row: PreviewRow) -> str:
    section = text(f"word.section_short.{row.section}") if row.section else ""
    days = f"{row.start or '?'}–{row.end or '?'}" if row.start or row.end else ""
    if row.percent != 100:
        days += f" {row.percent} %"
    return f"{_head(row)} {section:<14} {row.unit:<28} {days}"


def _lesson(row: EducationRow) -> str:
    kind = text(f"word.education.{row.kind}") if row.kind else ""
    length = f"{row.minutes} min" if row.minutes else f"{row.days:g} d"
    there = text(f"import.there.{row.presence}")
    day = str(row.day or "?")
    return f"{_head(row)} {day:<11} {kind:<18} {row.title:<28} {length:<8} {there}"


def _head(row: PreviewRow | EducationRow) -> str:
    return f"{row.number:>4}  {text(f'import.state.{row.state}'):<6} {row.name:<24}"


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
        "rows": [*map(asdict, found.rows), *map(asdict, found.lessons)],
        "problems": [{**asdict(one), "sentence": one.sentence} for one in found.problems],
        "notes": [{**asdict(one), "sentence": one.sentence} for one in found.notes],
        "added": dict(found.added),
        "known": dict(found.known),
    }
