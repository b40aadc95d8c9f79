"""`at-tui restore [COPY]`: list the copies, or put one in the place of the records."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from at_tui.cli import opening, printing
from at_tui.cli.parser import Parser
from at_tui.copies import second_place
from at_tui.language import has, text
from schema.fault import Fault

if TYPE_CHECKING:
    from data.backup import Backup


def arguments(parser: Parser) -> None:
    """Add what the command takes."""
    parser.option("copy", metavar="KOPIA", nargs="?")
    parser.option("--folder", metavar="MAPP", type=Path)
    parser.option("--yes", "-y", action="store_true")
    parser.option("--json", action="store_true")


def run(options: Namespace) -> int:
    """List what there is, or put the chosen copy back; what lay there is copied first."""
    from data import backup, window

    path = opening.path_of(options)
    folder = options.folder.expanduser() if options.folder else None
    found = backup.found_in(folder) if folder else backup.everywhere(path, second=second_place())
    if options.copy is None:
        return _list(found, path, folder, as_json=options.json)
    chosen = _chosen(options.copy, found)
    if window.status(path) is not None:
        raise Fault("backup.open_elsewhere", path=str(path))
    key = _key(chosen.path, path)
    if not options.yes and not _agreed(path, chosen):
        print(text("backup.not_restored"))
        return 4
    kept = backup.restore(path, chosen.path, key)
    if options.json:
        where = {"database": str(path), "restored": str(chosen.path)}
        printing.print_json({**where, "kept": str(kept.path) if kept else None})
        return 0
    print(text("backup.restored", at=_local(chosen), path=path))
    if kept is not None:
        print(text("backup.kept", path=kept.path))
    return 0


def _list(found: list[Backup], path: Path, folder: Path | None, *, as_json: bool) -> int:
    if as_json:
        rows = [
            {"number": n, "path": str(b.path), "at": b.at.isoformat(), "why": b.why, "size": b.size}
            for n, b in enumerate(found, start=1)
        ]
        printing.print_json(rows)
        return 0
    if not found:
        print(text("backup.none", path=path))
        return 0
    from data.backup import folder_of

    print(text("backup.header"))
    for number, copy in enumerate(found, start=1):
        key = f"backup.why.{copy.why}"
        here = copy.path.parent == folder_of(path)
        line = text(
            "backup.line",
            number=number,
            at=_local(copy),
            why=text(key) if has(key) else copy.why,
            size=-(-copy.size // 1000),
            place=text("backup.here") if here else str(copy.path.parent),
        )
        print(line)
    print(text("backup.how_folder", folder=folder) if folder else text("backup.how"))
    return 0


def _chosen(wanted: str, found: list[Backup]) -> Backup:
    """Return the copy that a number of the list or a path names.

    Raises:
        Fault: `backup.no_such` (exit code 2).
    """
    from data.backup import named

    if wanted.isdecimal() and len(wanted) < 6:
        if 0 < int(wanted) <= len(found):
            return found[int(wanted) - 1]
    else:
        copy = named(Path(wanted).expanduser())
        if copy is not None:
            return copy
    raise Fault("backup.no_such", exit_code=2, wanted=wanted)


def _key(copy: Path, database: Path) -> bytes | None:
    """Return the key of a copy; by today's passphrase, where that opens the same data key."""
    from data import driver, keys, places

    if driver.file_state(copy) is driver.FileState.PLAIN:
        return None
    mine, its = places.key_file(database), places.key_file(copy)
    known = mine if keys.same(mine, its) or not its.exists() else its
    given = opening.passphrase()
    if given is None:
        raise Fault("keys.passphrase_needed", exit_code=3)
    try:
        return keys.unlock(known, passphrase=given)
    except Fault as fault:
        if fault.code != "keys.wrong_passphrase" or known == its:
            raise
        return keys.unlock(its, passphrase=given)


def _agreed(path: Path, chosen: Backup) -> bool:
    """Ask at a terminal; a script has said what it wants by running the command."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return True
    print(text("backup.what_happens", path=path, at=_local(chosen)))
    try:
        answer = input(text("backup.confirm"))
    except EOFError:
        return False
    return answer.strip().lower() in text("import.word.yes").split("|")


def _local(copy: Backup) -> str:
    return f"{copy.at.astimezone():%Y-%m-%d %H:%M}"
