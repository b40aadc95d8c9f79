"""`at-tui export FILE.json`: everything recorded, as JSON."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from at_tui.cli import opening, printing
from at_tui.cli.parser import Parser
from at_tui.language import text


def arguments(parser: Parser) -> None:
    """Add what the command takes."""
    parser.option("file", metavar="FIL")
    parser.option("--readable", action="store_true")


def run(options: Namespace) -> int:
    """Write the file, sealed like the records it comes from unless it is to be readable; or print
    it when its name is "-"."""
    from data import places, sealed

    with opening.opened(options) as store, store.read() as work:
        from at_tui.interchange.exporting import export

        content, key = export(work), store.key
        key_file = places.key_file(store.path)
    if options.file == "-":
        printing.print_bytes(content)
        return 0
    if key is not None and not options.readable:
        content = sealed.seal(content, key_file, key)
    printing.write_file(Path(options.file).expanduser(), content)
    print(text("cli.export.sealed" if sealed.is_sealed(content) else "cli.export.not_encrypted"))
    return 0
