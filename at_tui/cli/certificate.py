"""`at-tui certificate TRAINEE PLACEMENT`, or `--final` for the whole training, as PDF."""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from at_tui.cli import documents, naming, opening
from at_tui.cli.parser import Parser
from at_tui.language import text
from schema.fault import Fault

if TYPE_CHECKING:
    from at_tui.documents.certificate_parts import PrintedCertificate
    from schema.content.programme import ServedRules
    from schema.tables import Training

C = TypeVar("C", bound="PrintedCertificate")


def arguments(parser: Parser) -> None:
    """Add what the command takes."""
    parser.option("trainee", metavar="LÄKARE")
    parser.option("placement", metavar="PLACERING", nargs="?")
    parser.option("--final", action="store_true")
    parser.option("--issued", action="store_true")
    documents.add_output(parser)


def run(options: Namespace) -> int:
    """Write the certificate: as it was issued, else a draft that says what is missing.

    Raises:
        Fault: `cli.certificate.which` (exit code 2), `cli.certificate.not_issued` (4).
    """
    if bool(options.placement) is options.final:
        raise Fault("cli.certificate.which", exit_code=2)
    return _final(options) if options.final else _placement(options)


def _final(options: Namespace) -> int:
    from at_tui.certifying_final import final_in_force
    from at_tui.content_in_use import used_without_signature
    from at_tui.documents.final_certificate import final_certificate_pdf
    from at_tui.documents.gather_final import final_certificate_of
    from data.find import folder

    with opening.opened(options) as store, store.read() as work:
        who, training = naming.training(work, options.trainee)
        everything = folder(work, training.id)
        owner = work.fact("owner_id")
    page = final_certificate_of(
        everything,
        on=documents.day_of(options),
        owner_id=owner,
        curriculum=documents.curriculum_of(training),
        served=_served(training),
        unsigned=[*used_without_signature()],
        region=documents.region_of(training),
    )
    issued = final_in_force(everything) is not None
    if not issued:
        page = _unsigned(page)
    _refuse_draft(options, issued)
    name = (text("cli.certificate.final_file"), who.name, page.imprint.issued_on.isoformat())
    documents.deliver(options, final_certificate_pdf(page), *name)
    _tell(issued, page.missing)
    return 0


def _unsigned(page: C) -> C:
    """Return a certificate as the draft it is, green as it may be: nobody has signed it."""
    missing = (*page.missing, text("certify.not_issued"))
    return replace(page, missing=missing, override=None)


def _refuse_draft(options: Namespace, issued: bool) -> None:
    if options.issued and not issued:
        raise Fault("cli.certificate.not_issued", exit_code=4)


def _tell(issued: bool, missing: tuple[str, ...]) -> None:
    """Say what a draft lacks."""
    if not issued:
        print(text("cli.certificate.draft"), file=sys.stderr)
        for reason in missing:
            print(f"  {reason}", file=sys.stderr)


def _placement(options: Namespace) -> int:
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
    issued = in_force(everything, placement.id) is not None
    if not issued:
        page = _unsigned(page)
    _refuse_draft(options, issued)
    section = text(f"word.section_short.{placement.section}")
    name = (text("cli.certificate.file"), who.name, section, placement.start.isoformat())
    documents.deliver(options, certificate_pdf(page), *name)
    _tell(issued, page.missing)
    return 0


def _served(training: Training) -> ServedRules | None:
    from at_tui.programmes import programme

    try:
        return programme(training.programme_id, training.programme_version).served
    except Fault:
        return None
