"""`at-tui certificate TRAINEE PLACEMENT`: a placement certificate as PDF."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from at_tui.cli import documents, naming, opening
from at_tui.cli.parser import Parser
from at_tui.language import text
from schema.fault import Fault

if TYPE_CHECKING:
    from schema.content.programme import ServedRules
    from schema.tables import Training


def arguments(parser: Parser) -> None:
    """Add what the command takes."""
    parser.option("trainee", metavar="AT-LÄKARE")
    parser.option("placement", metavar="PLACERING")
    documents.add_output(parser)
    parser.option("--final", action="store_true")


def run(options: Namespace) -> int:
    """Write the certificate: as it was issued, else a draft that says what is missing."""
    from at_tui.content_in_use import used_without_signature
    from at_tui.documents.certificate import certificate_pdf
    from at_tui.documents.gather import certificate_of, in_force
    from data.find import folder

    with opening.opened(options) as store, store.read() as work:
        who, training = naming.training(work, options.trainee)
        everything = folder(work, training.id)
        owner = work.fact("owner_id")
    placement = naming.placement(everything, options.placement)
    page = certificate_of(
        everything,
        placement.id,
        on=documents.day_of(options),
        owner_id=owner,
        curriculum=documents.curriculum_of(training),
        served=_served(training),
        unsigned=[*used_without_signature()],
        region=documents.region_of(training),
    )
    final = in_force(everything, placement.id) is not None
    if options.final and not final:
        raise Fault("cli.certificate.not_issued", exit_code=4)
    section = text(f"word.section_short.{placement.section}")
    name = (text("cli.certificate.file"), who.name, section, placement.start.isoformat())
    documents.deliver(options, certificate_pdf(page), *name)
    if not final:
        print(text("cli.certificate.draft"), file=sys.stderr)
        for reason in page.missing:
            print(f"  {reason}", file=sys.stderr)
    return 0


def _served(training: Training) -> ServedRules | None:
    from at_tui.programmes import programme

    try:
        return programme(training.programme_id, training.programme_version).served
    except Fault:
        return None
