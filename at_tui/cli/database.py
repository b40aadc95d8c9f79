"""`at-tui database`: where the files lie."""

from __future__ import annotations

from argparse import Namespace

from at_tui.cli import opening, printing
from at_tui.cli.parser import Parser
from at_tui.language import text


def arguments(parser: Parser) -> None:
    """Add what the command takes."""
    parser.option("--json", action="store_true")


def run(options: Namespace) -> int:
    """Print where records, keys, settings, own content and crash reports lie."""
    from data import driver, places

    path = opening.path_of(options)
    state = driver.file_state(path)
    where = {
        "database": path,
        "key_file": places.key_file(path),
        "data_folder": places.data_folder(),
        "config_folder": places.config_folder(),
        "content_folder": places.content_folder(),
        "crash_folder": places.crash_folder(),
    }
    if options.json:
        printing.print_json({**{k: str(v) for k, v in where.items()}, "state": state.value})
        return 0
    print(f"{text('cli.database.database'):<20} {path}  ({text(f'cli.state.{state.value}')})")
    for name in list(where)[1:]:
        print(f"{text(f'cli.database.{name}'):<20} {where[name]}")
    return 0
