"""`at-tui export FILE.json`: everything recorded; or lists and dates in forms that others read."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from at_tui.cli import naming, opening, printing
from at_tui.cli.parser import Parser, day
from at_tui.language import text
from schema.fault import Fault

if TYPE_CHECKING:
    from at_tui.interchange.lists import ExportList
    from data.store import Store


def arguments(parser: Parser) -> None:
    """Add what the command takes."""
    parser.option("file", metavar="FIL", nargs="?")
    parser.option("--readable", action="store_true")
    parser.option("--csv", metavar="MAPP", type=Path)
    parser.option("--xlsx", metavar="FIL", type=Path)
    parser.option("--json", metavar="FIL", type=Path)
    parser.option("--ics", metavar="FIL", type=Path)
    parser.option("--list", metavar="LISTA", action="append", default=[])
    parser.option("--trainee", metavar="NAMN")
    parser.option("--notes", action="store_true")
    parser.option("--on", metavar="DATUM", type=day)


def run(options: Namespace) -> int:
    """Write what was asked for."""
    lists = [options.csv, options.xlsx, options.json]
    if not (options.file or options.ics or any(lists)):
        raise Fault("export.one_at_least", exit_code=2)
    names = _names(options.list)
    if options.csv is not None and options.csv.expanduser().is_file():
        raise Fault("export.not_a_folder", exit_code=2, path=str(options.csv))
    with opening.opened(options) as store:
        if any(lists):
            _lists(store, options, names)
        if options.ics is not None:
            _dates(store, options)
        if options.file:
            _everything(store, options)
    return 0


def _everything(store: Store, options: Namespace) -> None:
    """Write the file, sealed like the records it comes from unless it is to be readable; or print
    it when its name is "-"."""
    from at_tui.interchange.exporting import export
    from data import places, sealed

    with store.read() as work:
        content, key = export(work), store.key
        key_file = places.key_file(store.path)
    if options.file == "-":
        printing.print_bytes(content)
        return
    if key is not None and not options.readable:
        content = sealed.seal(content, key_file, key)
    printing.write_file(Path(options.file).expanduser(), content)
    print(text("cli.export.sealed" if sealed.is_sealed(content) else "cli.export.not_encrypted"))


def _names(asked: list[str]) -> tuple[str, ...]:
    """Return the lists asked for, by their names in code or on screen; all when none is."""
    from at_tui.interchange.lists import NAMES
    from schema.text import sort_key

    by_word = {sort_key(word): name for name in NAMES
               for word in (name, text(f"export.list.{name}"))}  # fmt: skip
    found = []
    for word in (part for each in asked for part in each.split(",")):
        name = by_word.get(sort_key(word))
        if name is None:
            choices = ", ".join(NAMES)
            raise Fault("export.unknown_list", exit_code=2, name=word[:40], choices=choices)
        found.append(name)
    return tuple(found) or NAMES


def _trainings(store: Store, options: Namespace) -> set[str] | None:
    """Return the trainings of the one who is named; None for everybody's."""
    if not options.trainee:
        return None
    from data.find import trainings_of

    with store.read() as work:
        who = naming.trainee(work, options.trainee)
        return {one.id for one in trainings_of(work, who.id)}


def _lists(store: Store, options: Namespace, names: tuple[str, ...]) -> None:
    from at_tui.interchange import list_files
    from at_tui.interchange.lists import lists_of
    from at_tui.printing import file_name

    wanted = _trainings(store, options)
    with store.read() as work:
        found = lists_of(work, names=names, training_ids=wanted, notes=options.notes)
    if options.csv is not None:
        folder = _folder(options.csv)
        for one in found:
            name = file_name(one.title, ending="csv")
            printing.write_file(folder / name, list_files.csv_of(one))
        _warn(folder / "x")
    if options.xlsx is not None:
        path = options.xlsx.expanduser()
        printing.write_file(path, list_files.xlsx_of(found))
        _warn(path)
    if options.json is not None:
        path = options.json.expanduser()
        printing.write_file(path, list_files.json_of(found, on=_day(options)))
        _warn(path)
    _count(found)


def _folder(given: Path) -> Path:
    from data.places import private_folder

    folder = given.expanduser()
    try:
        return private_folder(folder)
    except OSError:
        raise Fault("cli.cannot_write", exit_code=4, path=str(folder)) from None


def _count(found: list[ExportList]) -> None:
    for one in found:
        print(text("export.rows", name=one.title, count=len(one.rows)))


def _dates(store: Store, options: Namespace) -> None:
    from at_tui.interchange.calendar_dates import entries
    from at_tui.interchange.calendar_file import calendar_of

    wanted = _trainings(store, options)
    with store.read() as work:
        found = entries(work, on=_day(options), training_ids=wanted)
    name = text("calendar.name")
    content = calendar_of(found, stamp=datetime.now(UTC).replace(microsecond=0), name=name)
    path = options.ics.expanduser()
    printing.write_file(path, content)
    print(text("calendar.written", count=len(found), path=path))
    _warn(path)


def _day(options: Namespace) -> date:
    on: date = options.on or date.today()  # noqa: DTZ011 - the day of the user's own wall
    return on


def _warn(path: Path) -> None:
    """Say what whoever writes readable personal data there should know."""
    from at_tui.interchange.landing import warnings

    for sentence in warnings(path):
        print(sentence, file=sys.stderr)
