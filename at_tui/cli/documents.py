"""What the commands that print share: where the bytes go, and the day they are printed."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from at_tui.cli import printing
from at_tui.cli.parser import Parser, day

if TYPE_CHECKING:
    from at_tui.documents.gather import Region
    from schema.content.curriculum import Curriculum
    from schema.tables import Training


def add_output(parser: Parser) -> None:
    """Add -o and --on."""
    parser.option("-o", "--output", metavar="FIL")
    parser.option("--on", metavar="DATUM", type=day)


def day_of(options: Namespace) -> date:
    """Return the day of printing: the one asked for, else today."""
    on: date = options.on or date.today()  # noqa: DTZ011 - the day of the clinic's own wall
    return on


def deliver(options: Namespace, content: bytes, *name: str) -> None:
    """Write a document to the file asked for, to the screen's pipe for "-", or under its own name.

    Raises:
        Fault: `cli.cannot_write`, `cli.is_folder` (exit code 4).
    """
    if options.output == "-":
        printing.print_bytes(content)
        return
    from at_tui.printing import file_name

    printing.write_file(Path(options.output or file_name(*name)).expanduser(), content)


def curriculum_of(training: Training) -> Curriculum | None:
    """Return the målbeskrivning that a training began under."""
    from at_tui.content_in_use import curriculum_for

    return curriculum_for(training.curriculum_id, training.curriculum_version, str(training.kind))


def region_of(training: Training) -> Region:
    """Return what stands in a document's head: the region of the training's programme."""
    from at_tui.documents.gather import Region
    from at_tui.programmes import programme
    from schema.fault import Fault

    try:
        return Region(name=programme(training.programme_id, training.programme_version).region)
    except Fault:
        return Region()
