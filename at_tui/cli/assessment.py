"""`at-tui assessment ID`: a filled-in form as PDF."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from at_tui.cli import documents, naming, opening
from at_tui.cli.parser import Parser
from at_tui.language import text
from schema.fault import Fault

if TYPE_CHECKING:
    from data.find import Folder
    from data.work import Work
    from schema.tables import Assessment


def arguments(parser: Parser) -> None:
    """Add what the command takes."""
    parser.option("id", metavar="ID")
    documents.add_output(parser)


def run(options: Namespace) -> int:
    """Write the form as it stands: draft, signed, corrected or voided."""
    from at_tui.content_in_use import instrument_for
    from at_tui.documents.assessment import assessment_pdf
    from at_tui.documents.gather import assessment_of

    with opening.opened(options) as store, store.read() as work:
        form, everything = _the_form(work, options.id)
    instrument = instrument_for(form.instrument_id, form.instrument_version)
    if instrument is None:
        raise Fault("cli.no_instrument", exit_code=1, id=form.instrument_id)
    page = assessment_of(
        everything,
        form.id,
        instrument,
        on=documents.day_of(options),
        curriculum=documents.curriculum_of(everything.training),
        region=documents.region_of(everything.training),
    )
    if page.filled_in_version:
        print(
            text(
                "cli.assessment.other_version", old=page.filled_in_version, new=instrument.version
            ),
            file=sys.stderr,
        )
    name = (instrument.short_title, everything.trainee.name, form.day.isoformat())
    documents.deliver(options, assessment_pdf(page), *name)
    return 0


def _the_form(work: Work, wanted: str) -> tuple[Assessment, Folder]:
    from data.find import folder

    form = naming.assessment(work, wanted)
    return form, folder(work, form.training_id)
