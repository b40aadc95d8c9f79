"""What is written for the outside world comes back as it was, and nothing else gets in."""

from __future__ import annotations

import json
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from at_tui.interchange import kinds, schemas
from at_tui.interchange.columns import COLUMNS
from at_tui.interchange.exporting import export
from at_tui.interchange.preview import apply, preview
from at_tui.language import text
from data.opening import create, open_store
from data.store import Store
from data.verify import verify
from schema.fault import Fault
from schema.identity import new_id
from schema.tables import (
    Agreement,
    Assessment,
    Evaluation,
    GoalMark,
    Person,
    Placement,
    Signature,
    Supervision,
    Trainee,
    Training,
    Unit,
)
from schema.text import clean
from schema.words import CancelReason, LockStatus, Meaning, SectionCode, SupervisionStatus
from tests.at_tui.interchange.conftest import ON, Look

SCHEMAS = Path(__file__).parents[3] / "schema"
EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"


def is_good(document: Any, name: str) -> bool:
    schema = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    return bool(jsonschema.Draft202012Validator(schema).is_valid(document))


@pytest.mark.parametrize("name", schemas.FILES)
def test_the_schema_file_says_what_the_tables_say(name: str) -> None:
    made = schemas.FILES[name]()
    assert (SCHEMAS / name).read_text(encoding="utf-8") == schemas.written(made), (
        "run python -m at_tui.interchange.schemas"
    )
    jsonschema.Draft202012Validator.check_schema(made)


def test_every_kind_of_record_is_in_the_interchange() -> None:
    from sqlmodel import SQLModel

    of_this_file_alone = {"meta", "draft", "pin", "version", "head"}
    tables = {
        mapper.class_.__tablename__
        for mapper in SQLModel._sa_registry.mappers  # every table there is
        if mapper.class_.__module__.startswith("schema.tables")
    }
    assert set(kinds.LISTS) == tables - of_this_file_alone


def test_every_kind_and_column_has_its_swedish_word() -> None:
    for kind in kinds.LISTS.values():
        assert text(f"import.count.{kind.__name__}")
    for column in COLUMNS:
        assert column.heading


def test_the_sample_follows_its_schema() -> None:
    document = json.loads((EXAMPLES / "startgrupp.json").read_text(encoding="utf-8"))
    assert is_good(document, "start_group.schema.json")
    document["rows"][0]["percent"] = 30
    assert not is_good(document, "start_group.schema.json")


words = st.text(max_size=60)
names = words.map(lambda one: clean(one, one_line=True)).filter(bool)
days = st.dates(date(2000, 1, 1), date(2090, 1, 1))
values = st.none() | st.booleans() | st.integers(-9, 9) | words.map(clean)
answers = st.dictionaries(names, values, max_size=4)


@st.composite
def a_life(draw: st.DrawFn) -> list[Any]:
    """Some records that refer to each other, of kinds with text, lists, objects and locks."""
    unit = Unit(name=draw(names), site=draw(words))
    person = Person(name=draw(names), unit_id=unit.id, licensed=draw(st.none() | st.booleans()))
    unit.head_id = person.id
    trainee = Trainee(name=draw(names), degree_on=draw(st.none() | days))
    training = Training(trainee_id=trainee.id, start=draw(days), main_supervisor_id=person.id)
    records: list[Any] = [unit, person, trainee, training]
    for _ in range(draw(st.integers(0, 3))):
        start, end = sorted((draw(days), draw(days)))
        stay = Placement(
            training_id=training.id, section=draw(st.sampled_from(SectionCode)), unit_id=unit.id,
            start=start, end=end, percent=draw(st.integers(50, 100)), supervisor_id=person.id,
        )  # fmt: skip
        status = draw(st.sampled_from(SupervisionStatus))
        reason = CancelReason.COURSE if status is SupervisionStatus.CANCELLED else None
        session = Supervision(
            training_id=training.id, placement_id=stay.id, day=start, status=status,
            cancel_reason=reason, note=draw(words), goals=draw(st.lists(names, max_size=3)),
        )  # fmt: skip
        agreed = Agreement(
            training_id=training.id, origin_id=session.id, text=draw(names), agreed_on=start
        )
        form = Assessment(
            training_id=training.id, placement_id=stay.id, instrument_id="mini-cex",
            instrument_version="1", day=end, assessor_id=person.id, context=draw(answers),
            answers=draw(answers), status=draw(st.sampled_from(LockStatus)),
        )  # fmt: skip
        mark = GoalMark(
            training_id=training.id, curriculum_id="c", goal_id="5:2:4", day=end,
            evidence=[session.id, form.id],
        )  # fmt: skip
        signature = Signature(
            record_kind="Assessment", record_id=form.id, version_id="0" * 64,
            signer_id=person.id, signer_name=draw(names), meaning=Meaning.ASSESSES,
            at=datetime(2026, 1, 1, 12, 30, 15, 123000, tzinfo=UTC),
        )  # fmt: skip
        seal = Evaluation(
            unit_id=unit.id, section=SectionCode.PSYKIATRI, period="2026-1",
            instrument_id="placeringsutvardering", instrument_version="1", answers=draw(answers),
        )  # fmt: skip
        records += [stay, session, agreed, form, mark, signature, seal]
    return records


def fresh(folder: Path, name: str) -> Store:
    create(folder / name, passphrase=None)
    return open_store(folder / name, None)


def written(store: Store) -> bytes:
    with store.read() as work:
        return export(work)


@settings(max_examples=20)
@given(a_life())
def test_an_export_comes_back_as_the_same_export(records: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first, second = fresh(folder, "a.db"), fresh(folder, "b.db")
        try:
            with first.work("test") as work:
                work.add_all(records)
            content = written(first)
            assert is_good(json.loads(content), "interchange.schema.json")
            path = folder / "all.json"
            path.write_bytes(content)
            with second.read() as work:
                found = preview(path, work, on=ON)
            assert not found.problems
            apply(second, found, "import")
            assert written(second) == content
            assert verify(second) == []
            with second.read() as work:
                again = preview(path, work, on=ON)
            assert (dict(again.added), again.notes) == ({}, ())
        finally:
            first.close()
            second.close()


def document(**lists: Any) -> bytes:
    return json.dumps({"format": kinds.FORMAT, "version": kinds.VERSION, **lists}).encode()


TRAINEE = {"id": new_id(), "name": "Alva Testsson"}
TRAINING = {"id": new_id(), "trainee_id": TRAINEE["id"], "start": "2026-01-01"}

ANSWERED: dict[str, tuple[bytes, str]] = {
    "an unknown list": (document(shoes=[]), "listan ”shoes” känns inte igen"),
    "a list that is none": (document(trainee={}), "”trainee” ska vara en lista"),
    "a record that is none": (document(trainee=[1]), "trainee, post 1: ska vara ett objekt"),
    "an unknown field": (document(trainee=[{**TRAINEE, "rev": 9}]), "rev: fältet hör inte hemma"),
    "no id": (document(trainee=[{"name": "Alva"}]), "trainee, post 1, id: id är inget giltigt"),
    "an id that is none": (document(trainee=[{**TRAINEE, "id": "x" * 36}]), "inget giltigt UUID"),
    "no name": (document(trainee=[{"id": TRAINEE["id"]}]), "trainee, post 1, namn: saknas"),
    "a wrong digit": (
        document(trainee=[{**TRAINEE, "personnummer": "198112189877"}]), "Sista siffran"),
    "30 February": (
        document(trainee=[TRAINEE], training=[{**TRAINING, "start": "2026-02-30"}]),
        "training, post 1, från och med: är inget datum"),
    "a word outside its set": (
        document(trainee=[TRAINEE], training=[{**TRAINING, "kind": "ST"}]), "training, post 1"),
    "someone who is not there": (
        document(training=[TRAINING]), f"hänvisar till trainee {TRAINEE['id']}"),
    "an id twice": (document(trainee=[TRAINEE, TRAINEE]), "post 2, id: samma id finns"),
    "an id of two kinds": (
        document(trainee=[TRAINEE], unit=[{"id": TRAINEE["id"], "name": "X"}]), "samma id"),
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERED)
def test_an_interchange_file_is_answered_when_it_has(name: str, look: Look, store: Store) -> None:
    content, says = ANSWERED[name]
    found = look(content)
    assert [one.sentence for one in found.problems if says in one.sentence], found.problems
    with pytest.raises(Fault, match=r"import\.faults"):
        apply(store, found, "import")
    with store.read() as work:
        assert not work.all(Trainee)


def test_a_newer_version_is_refused(look: Look) -> None:
    with pytest.raises(Fault, match=r"import\.newer"):
        look(json.dumps({"format": kinds.FORMAT, "version": 99}).encode())


def test_what_is_here_with_other_content_is_kept_and_told(look: Look, store: Store) -> None:
    apply(store, look(document(trainee=[TRAINEE])), "import")
    found = look(document(trainee=[{**TRAINEE, "name": "Någon Annan"}]))
    assert found.ok
    assert "den som finns behålls" in found.notes[0].sentence
    apply(store, found, "import")
    with store.read() as work:
        assert [one.name for one in work.all(Trainee)] == ["Alva Testsson"]


def test_records_that_changed_meanwhile_stop_the_whole_import(look: Look, store: Store) -> None:
    apply(store, look(document(trainee=[TRAINEE])), "import")
    found = look(document(training=[TRAINING]))
    assert found.ok
    with store.work("test") as work:
        work.remove(work.need(Trainee, TRAINEE["id"]))
    with pytest.raises(Fault, match=r"import\.changed"):
        apply(store, found, "import")
    with store.read() as work:
        assert not work.all(Training)


def test_the_page_about_files_names_every_column() -> None:
    page = (EXAMPLES.parent / "interchange.md").read_text(encoding="utf-8")
    for column in COLUMNS:
        heading = f"**{column.heading}**" if column.required else column.heading
        assert f"| {heading} | `{column.field}` |" in page
