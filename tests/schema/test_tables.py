"""What holds for every kind of record."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError
from sqlmodel import SQLModel

from schema.tables import KINDS, Person, Record, Role, Supervision, Trainee, Training
from schema.words import RoleKind, SupervisionStatus

DAY = date(2026, 3, 2)


def codes(error: pytest.ExceptionInfo[ValidationError]) -> list[str]:
    return [str(e.get("ctx", {}).get("error", e["type"])) for e in error.value.errors()]


def test_every_table_of_records_is_followed_by_the_history() -> None:
    tables = {t.name for t in SQLModel.metadata.tables.values()}
    followed = {str(kind.__tablename__) for kind in KINDS.values()}
    # A sealed evaluation must not be traceable; the rest belong to the file or are the history.
    assert tables - followed == {"version", "head", "meta", "draft", "pin", "evaluation"}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_kind_has_an_id_a_revision_and_an_optimistic_lock(kind: type[Record]) -> None:
    assert kind.__mapper__.version_id_col is not None  # type: ignore[attr-defined]
    assert {"id", "rev"} <= set(kind.model_fields)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_field_of_every_kind_has_a_name_that_a_user_can_read(kind: type[Record]) -> None:
    from at_tui.language import has

    shown = set(kind.model_fields) - {"sort_key"}
    assert [f for f in sorted(shown) if not has(f"field.{f}")] == []


def test_a_name_must_hold_something_that_can_be_seen() -> None:
    for empty in ("", "   ", "\u200b\n"):
        with pytest.raises(ValidationError):
            Trainee.model_validate({"name": empty})


def test_the_key_for_sorting_follows_the_name() -> None:
    assert Trainee.model_validate({"name": "Åsa É"}).sort_key == "z\ue001sa e"
    assert Person.model_validate({"name": "B", "sort_key": "fel"}).sort_key == "b"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("198112189877", "personnummer.checksum"),
        ("198113189876", "personnummer.date"),
        ("811218-9876", "personnummer.form"),
        ("alva", "personnummer.form"),
    ],
)
def test_a_wrong_personnummer_is_refused_with_the_reason(number: str, code: str) -> None:
    with pytest.raises(ValidationError) as error:
        Trainee.model_validate({"name": "Alva Testsson", "personnummer": number})
    assert codes(error) == [code]


def test_personnummer_is_optional_and_kept_as_twelve_digits() -> None:
    kept = Trainee.model_validate({"name": "Alva Testsson", "personnummer": "198112189876"})
    assert kept.personnummer == "198112189876"
    for nothing in (None, ""):
        none = Trainee.model_validate({"name": "Alva Testsson", "personnummer": nothing})
        assert none.personnummer is None


@pytest.mark.parametrize("day", ["2026-02-30", "i går", "1899-12-31", "2201-01-01", 5.5])
def test_a_day_that_does_not_exist_is_refused(day: Any) -> None:
    with pytest.raises(ValidationError):
        Training.model_validate({"trainee_id": "0" * 36, "start": day})


def test_a_role_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValidationError) as error:
        Role.model_validate(
            {
                "person_id": "0" * 36,
                "kind": RoleKind.HANDLEDARE,
                "start": DAY,
                "end": date(2026, 3, 1),
            }
        )
    assert codes(error) == ["invalid.end_before_start"]


@pytest.mark.parametrize(
    ("status", "reason", "fits"),
    [
        (SupervisionStatus.CANCELLED, None, False),
        (SupervisionStatus.CANCELLED, "workload", True),
        (SupervisionStatus.HELD, "workload", False),
        (SupervisionStatus.HELD, None, True),
    ],
)
def test_a_cancelled_session_has_a_reason_and_no_other_has(
    status: SupervisionStatus, reason: str | None, fits: bool
) -> None:
    values = {"training_id": "0" * 36, "day": DAY, "status": status, "cancel_reason": reason}
    if fits:
        assert Supervision.model_validate(values).cancel_reason == reason
        return
    with pytest.raises(ValidationError) as error:
        Supervision.model_validate(values)
    assert codes(error) == ["invalid.cancel_reason"]


@pytest.mark.parametrize(("minutes", "fits"), [(0, False), (1, True), (480, True), (900, False)])
def test_a_session_lasts_between_a_minute_and_eight_hours(minutes: int, fits: bool) -> None:
    values = {"training_id": "0" * 36, "day": DAY, "minutes": minutes}
    if fits:
        assert Supervision.model_validate(values).minutes == minutes
    else:
        with pytest.raises(ValidationError):
            Supervision.model_validate(values)
