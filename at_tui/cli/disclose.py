"""`at-tui disclose PERSON`: everything that is kept about one person, to be handed to them."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import date
from pathlib import Path

from at_tui.cli import naming, opening, printing
from at_tui.cli.parser import Parser
from at_tui.language import text
from schema.fault import Fault

FORMS = {".html": "as_html", ".json": "dumped", ".txt": "as_text"}
"""Function of `at_tui.disclosure` by the ending of the file."""


def arguments(parser: Parser) -> None:
    """Add what the command takes."""
    parser.option("who", metavar="PERSON")
    parser.option("--person", action="store_true")
    parser.option("--output", "-o", metavar="FIL", type=Path)
    parser.option("--json", action="store_true")


def run(options: Namespace) -> int:
    """Write the page, or print it as text or JSON; what needs a look first goes to the user."""
    from at_tui import disclosure
    from data.disclose import disclose

    output = options.output.expanduser() if options.output else None
    if output is not None and output.suffix.lower() not in FORMS:
        raise Fault("disclose.ending", exit_code=2, path=str(output))
    with opening.opened(options) as store, store.read() as work:
        who = (naming.person if options.person else naming.trainee)(work, options.who)
        found = disclose(work, who.id)
    on = date.today()  # noqa: DTZ011 - the day of the user's own wall
    if output is not None:
        content = getattr(disclosure, FORMS[output.suffix.lower()])(found, on=on)
        written = content if isinstance(content, bytes) else content.encode()
        printing.write_file(output, written)
        print(text("disclose.not_encrypted"))
    elif options.json:
        printing.print_json(disclosure.as_json(found, on=on))
    else:
        print(disclosure.as_text(found, on=on), end="")
    for line in disclosure.for_reviewer(found):
        print(line, file=sys.stderr)
    return 0
