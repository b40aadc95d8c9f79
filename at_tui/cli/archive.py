"""`at-tui archive TRAINEE FOLDER`: the trainee's own archive; `--check FOLDER` reads one back."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from at_tui.cli import documents, naming, opening
from at_tui.cli.parser import Parser, day
from at_tui.language import text
from schema.fault import Fault


def arguments(parser: Parser) -> None:
    """Add what the command takes."""
    parser.option("trainee", metavar="LÄKARE", nargs="?")
    parser.option("folder", metavar="MAPP", nargs="?", type=Path)
    parser.option("--check", metavar="MAPP", type=Path)
    parser.option("--on", metavar="DATUM", type=day)


def run(options: Namespace) -> int:
    """Write the folder, or check one.

    Raises:
        Fault: `cli.archive.what` (exit code 2), and `archive.*`.
    """
    if bool(options.check) is bool(options.trainee):
        raise Fault("cli.archive.what", exit_code=2)
    return _check(options.check) if options.check else _write(options)


def _write(options: Namespace) -> int:
    from at_tui.archive.folder import write_archive
    from at_tui.archive.gather import files_of, folder_name, read_parts

    with opening.opened(options) as store:
        with store.read() as work:
            _, training = naming.training(work, options.trainee)
        parts = read_parts(store, training.id, documents.day_of(options))
    target = options.folder or Path(folder_name(parts))
    files = files_of(parts)
    written = write_archive(target, files)
    print(text("archive.written", folder=written, count=len(files)))
    print(text("archive.not_encrypted"))
    return 0


def _check(folder: Path) -> int:
    from at_tui.archive.folder import SUMS, check_archive

    found = check_archive(folder)
    for code, path in found:
        print(text(f"archive.{code}", path=path))
    if not found:
        lines = (folder.expanduser() / SUMS).read_text(encoding="utf-8").splitlines()
        print(text("archive.whole", count=len(lines)))
    return 1 if found else 0
