"""`at-tui log TRAINEE`: the supervision log as PDF."""

from __future__ import annotations

from argparse import Namespace

from at_tui.cli import documents, naming, opening
from at_tui.cli.parser import Parser
from at_tui.language import text


def arguments(parser: Parser) -> None:
    """Add what the command takes."""
    parser.option("trainee", metavar="LÄKARE")
    parser.option("--placement", metavar="PLACERING")
    parser.option("--without-notes", action="store_true")
    documents.add_output(parser)


def run(options: Namespace) -> int:
    """Write the log of the whole training, or of one placement."""
    from at_tui.content_in_use import topics
    from at_tui.documents.gather import log_of
    from at_tui.documents.supervision_log import supervision_log_pdf
    from data.find import folder

    with opening.opened(options) as store, store.read() as work:
        who, training = naming.training(work, options.trainee)
        everything = folder(work, training.id)
    placement = naming.placement(everything, options.placement) if options.placement else None
    on = documents.day_of(options)
    page = log_of(
        everything,
        on=on,
        placement_id=placement.id if placement else None,
        prompts=topics(),
        curriculum=documents.curriculum_of(training),
        notes=not options.without_notes,
        region=documents.region_of(training),
    )
    name = (text("cli.log.file"), who.name, on.isoformat())
    documents.deliver(options, supervision_log_pdf(page), *name)
    return 0
