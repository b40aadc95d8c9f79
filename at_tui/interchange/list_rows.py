"""The rows of each exported list, by the names of its columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from at_tui.instrument_names import short_name
from at_tui.interchange.book import Book, Row
from at_tui.kind_words import of_kind
from at_tui.language import has, text
from schema.text import sort_key


def _each(table: str, day: str, cells: Callable[[Book, Any], Row]) -> Callable[[Book], list[Row]]:
    """Return what lists the records of a table by doctor and day, each with whose it is."""

    def rows(book: Book) -> list[Row]:
        found = book.of(getattr(book.tables, table), day)
        return [{**whose, **cells(book, one)} for one, whose in found]

    return rows


def _word(table: str, value: Any) -> str:
    if value is None:
        return ""
    key = f"word.{table}.{value}"
    return text(key) if has(key) else str(value)


def _masked(number: str | None) -> str:
    """Return a personnummer as lists show it: the day, not who of those born on it."""
    return f"{number[:8]}-••••" if number else ""


def _trainees(book: Book) -> list[Row]:
    return [
        {
            "name": who.name,
            "personnummer": _masked(who.personnummer),
            "kind": str(training.kind),
            "start_group": who.start_group,
            "email": who.email,
            "phone": who.phone,
            "degree_on": who.degree_on,
            "degree_place": who.degree_place,
            "programme": training.programme_id,
            "training_start": training.start,
            "training_end": training.end,
            "norm_months": training.norm_months,
            "main_supervisor": book.person(training.main_supervisor_id),
            "ended_on": training.ended_on,
        }
        for training in book.trainings.values()
        if (who := book.trainees.get(training.trainee_id)) is not None
    ]


def _placement(book: Book, one: Any) -> Row:
    unit = book.units.get(one.unit_id or "")
    return {
        "section": _word("section", one.section),
        "specialty": one.specialty,
        "unit": unit.name if unit else "",
        "site": unit.site if unit else "",
        "start": one.start,
        "end": one.end,
        "percent": one.percent,
        "supervisor": book.person(one.supervisor_id),
    }


def _absence(book: Book, one: Any) -> Row:
    return {
        "kind": _word("absence", one.kind),
        "start": one.start,
        "end": one.end,
        "percent": one.percent,
        "applied": one.applied_on,
        "approved": one.approved_on,
    }


def _supervision(book: Book, one: Any) -> Row:
    return {
        "day": one.day,
        "minutes": one.minutes,
        "status": _word("supervision", one.status),
        "form": _word("form", one.form),
        "cancel_reason": _word("cancel", one.cancel_reason),
        "supervisor": book.person(one.supervisor_id),
        "unit": book.unit_at(one.placement_id),
        "topics": " ".join(one.topics),
        "goals": len(one.goals),
        "note": one.note,
    }


def _agreement(book: Book, one: Any) -> Row:
    return {
        "agreed_on": one.agreed_on,
        "text": one.text,
        "owner": book.person(one.owner_id)
        or of_kind(_word("owner", one.owner), book.trainings[one.training_id].kind),
        "due": one.due,
        "done": one.done_on,
        "dropped": one.dropped_on,
    }


def _assessment(book: Book, one: Any) -> Row:
    return {
        "day": one.day,
        "instrument": short_name(one.instrument_id),
        "status": _word("lock", one.status),
        "assessor": book.person(one.assessor_id) or one.assessor_name,
        "unit": book.unit_at(one.placement_id),
        "goals": len(one.goals),
    }


def _goals(book: Book) -> list[Row]:
    texts = _GoalTexts()
    return [
        {
            **whose,
            "goal": one.goal_id,
            "goal_text": texts.of(book.trainings[one.training_id], one.goal_id),
            "day": one.day,
            "marked_by": book.person(one.marked_by_id),
            "evidence": len(one.evidence),
            "withdrawn": one.withdrawn_on,
            "note": one.note,
        }
        for one, whose in book.of(book.tables.GoalMark, "day")
    ]


class _GoalTexts:
    """The short text of each goal, each målbeskrivning read once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, str], dict[str, str]] = {}

    def of(self, training: Any, goal_id: str) -> str:
        from at_tui.content_in_use import curriculum_for  # pydantic, 0.1 s

        key = (training.curriculum_id, training.curriculum_version, str(training.kind))
        if key not in self._known:
            found = curriculum_for(*key)
            self._known[key] = {goal.id: goal.text for goal in found.goals} if found else {}
        return self._known[key].get(goal_id, "")


def _education(book: Book, one: Any) -> Row:
    return {
        "day": one.day,
        "education_kind": _word("education", one.kind),
        "title": one.title,
        "course": one.course_id,
        "minutes": one.minutes or None,
        "days": (int(one.days) if one.days.is_integer() else one.days) or None,
        "planned": one.planned,
        "attended": None if one.planned else one.attended,
        "absence_notified": one.absence_notified,
        "absence_reason": one.absence_reason,
        "compulsory": one.compulsory,
    }


def _talk(book: Book, one: Any) -> Row:
    return {
        "kind": _word("talk", one.kind),
        "booked": one.booked_on,
        "held": one.held_on,
        "status": _word("lock", one.status),
        "with": book.person(one.with_id),
        "note": one.note,
    }


def _introduction(book: Book, one: Any) -> Row:
    return {
        "kind": _word("introduction", one.kind),
        "held": one.held_on,
        "letter": one.letter_on,
        "points": len(one.points),
        "unit": book.unit_at(one.placement_id),
    }


def _purchase(book: Book, one: Any) -> Row:
    return {
        "title": one.title,
        "amount": one.amount_ore / 100,
        "approved": one.approved_on,
        "receipt": one.receipt_on,
        "paid": one.paid_on,
    }


def _sitting(book: Book, one: Any) -> Row:
    return {
        "day": one.day,
        "registered": one.registered_on,
        "oral": one.oral,
        "passed": one.passed,
    }


def _certificate(book: Book, one: Any) -> Row:
    return {
        "kind": _word("certificate", one.kind),
        "number": one.number,
        "issued": one.issued_on,
        "status": _word("lock", one.status),
        "signer": book.person(one.signer_id),
        "delegated": one.delegated,
        "unit": book.unit_at(one.placement_id),
    }


def _decisions(book: Book) -> list[Row]:
    meetings = {one.id: one for one in book.work.all(book.tables.Kollegium)}
    return [
        {
            **whose,
            "kollegium": meeting.title if meeting else "",
            "day": meeting.day if meeting else None,
            "outcome": _word("outcome", one.outcome),
            "status": _word("lock", one.status),
            "note": one.text,
        }
        for one, whose in book.of(book.tables.Decision, "kollegium_id")
        for meeting in (meetings.get(one.kollegium_id),)
    ]


def _people(book: Book) -> list[Row]:
    roles: dict[str, list[str]] = {}
    for role in book.work.all(book.tables.Role):
        roles.setdefault(role.person_id, []).append(_word("role", role.kind))
    return [
        {
            "name": one.name,
            "job": one.title,
            "roles": ", ".join(sorted(set(roles.get(one.id, [])), key=sort_key)),
            "unit": book.unit(one.unit_id),
            "email": one.email,
            "phone": one.phone,
            "licensed": one.licensed,
            "specialty": one.specialty,
            "permanent": one.permanent,
            "supervisor_course": one.supervisor_course_on,
            "supervisor_refresher": one.supervisor_refresher_on,
            "consultation_course": one.consultation_course_on,
            "presence": one.presence_percent,
            "active": one.active,
        }
        for one in sorted(book.people.values(), key=lambda p: (p.sort_key, p.id))
    ]


def _units(book: Book) -> list[Row]:
    return [
        {
            "unit": one.name,
            "site": one.site,
            "region": one.region,
            "phone": one.phone,
            "head": book.person(one.head_id),
            "approved": one.approved_on,
            "capacity": one.capacity,
            "active": one.active,
        }
        for one in sorted(book.units.values(), key=lambda u: (u.sort_key, u.id))
    ]


ROWS: dict[str, Callable[[Book], list[Row]]] = {
    "trainees": _trainees,
    "placements": _each("Placement", "start", _placement),
    "absences": _each("Absence", "start", _absence),
    "supervisions": _each("Supervision", "day", _supervision),
    "agreements": _each("Agreement", "agreed_on", _agreement),
    "assessments": _each("Assessment", "day", _assessment),
    "goals": _goals,
    "education": _each("Education", "day", _education),
    "talks": _each("Talk", "booked_on", _talk),
    "introductions": _each("Introduction", "held_on", _introduction),
    "account": _each("AccountEntry", "receipt_on", _purchase),
    "exams": _each("ExamSitting", "day", _sitting),
    "certificates": _each("Certificate", "issued_on", _certificate),
    "decisions": _decisions,
    "people": _people,
    "units": _units,
}
"""What makes the rows of each list."""
