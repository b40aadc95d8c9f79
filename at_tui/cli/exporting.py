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


def run(options: Namespace) -> int:
    """Write the file, or print it when its name is "-"."""
    with opening.opened(options) as store, store.read() as work:
        from at_tui.interchange.exporting import export

        content = export(work)
        plain = store.encrypted
    if options.file == "-":
        printing.print_bytes(content)
        return 0
    printing.write_file(Path(options.file).expanduser(), content)
    if plain:
        print(text("cli.export.not_encrypted"))
    return 0
