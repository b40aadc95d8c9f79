"""What the records know around a form: who assesses, whose supervisor that is, whose form it is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from at_tui.completeness import Around
from schema.words import Meaning

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from at_tui.filled_form import FilledForm
    from data.find import Folder
    from schema.tables import Assessment, Placement


def around_of(folder: Folder, form: FilledForm | Assessment, *, on: date) -> Around:
    """Return what the records know around a form, for its completeness."""
    assessor = folder.people.get(form.assessor_id or "")
    placement = placement_of_form(folder, form)
    supervisors = {
        folder.training.main_supervisor_id,
        placement.supervisor_id if placement else None,
    }
    return Around(
        on=on,
        training_start=folder.training.start,
        trainee_name=folder.trainee.name,
        trainee_personnummer=folder.trainee.personnummer,
        trainee_email=folder.trainee.email,
        assessor_name=assessor.name if assessor else form.assessor_name,
        assessor_contact=(assessor.phone or assessor.email) if assessor else "",
        assessor_specialty=assessor.specialty if assessor else "",
        assessor_licensed=assessor.licensed if assessor else None,
        assessor_is_supervisor=form.assessor_id is not None and form.assessor_id in supervisors,
        assessor_signed=any(s.meaning == Meaning.ASSESSES for s in folder.signatures_of(form.id)),
    )


def placement_of_form(folder: Folder, form: FilledForm | Assessment) -> Placement | None:
    """Return the placement that the form names, else the one that covers its day."""
    named = (p for p in folder.placements if p.id == form.placement_id)
    return next(named, None) or folder.placement_on(form.day)
