"""Where a finding leads: to the form that does what it asks for, and to a record that counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from at_tui.today import Act
from screens import ways

if TYPE_CHECKING:
    from at_tui.counted import Counted
    from at_tui.due import Deed
    from screens.desk import Way


def way_of_deed(deed: Deed, training_id: str) -> Way:
    """Return what shows the form that does a deed."""
    placement_id = deed.placement_id or None
    if deed.act is Act.EDUCATION:
        return lambda: _education(training_id, deed)
    ways_of: dict[Act, Way] = {
        Act.SESSION: lambda: ways.session(training_id, None),
        Act.ASSESS: lambda: ways.assessment(training_id, deed.instrument_id or None, None),
        Act.TALK: lambda: ways.talk(training_id, deed.talk or "halvtid", placement_id),
        Act.INTRODUCE: lambda: ways.introductions(training_id),
        Act.EVALUATE: lambda: ways.evaluate(training_id),
    }
    return ways_of.get(deed.act, lambda: ways.certificate(training_id, placement_id))


def way_of_record(one: Counted, training_id: str) -> Way | None:
    """Return what shows a record that counted; None when it has no page of its own."""
    found: dict[str, Way] = {
        "supervision": lambda: ways.session(training_id, one.id),
        "assessment": lambda: ways.assessment(training_id, None, one.id),
        "certificate": lambda: ways.certificate(training_id, one.record.placement_id),
        "placement": lambda: ways.placement(training_id, one.id),
        "education": lambda: _education_record(training_id, one.id),
        "talk": lambda: _talk(training_id, one.id),
        "introduction": lambda: ways.introductions(training_id),
        "absence": lambda: _absence(training_id, one.id),
        "account": lambda: ways.account(training_id),
        "exam": lambda: ways.exam(training_id),
        "person": lambda: _person(one.id),
    }
    return found.get(one.sort)


# Forms are imported when they are opened, as in `screens/ways.py`.


def _education(training_id: str, deed: Deed) -> Screen[Any]:
    from schema.words import EducationKind
    from screens.education.form import EducationForm

    kind = EducationKind(deed.education or EducationKind.LECTURE)
    return EducationForm(training_id, None, kind, deed.course_id)


def _education_record(training_id: str, id: str) -> Screen[Any]:
    from screens.education.form import EducationForm

    return EducationForm(training_id, id)


def _talk(training_id: str, id: str) -> Screen[Any]:
    from screens.talks.opening import TalkOpening

    return TalkOpening(training_id, talk_id=id)


def _absence(training_id: str, id: str) -> Screen[Any]:
    from screens.placements_absence import AbsenceForm

    return AbsenceForm(training_id, id)


def _person(id: str) -> Screen[Any]:
    from screens.person_forms import PersonForm

    return PersonForm(id)
