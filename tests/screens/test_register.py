"""The register of units and supervisors, their pages and forms, and the gap list."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen
from textual.widgets import Input

from data.opening import open_store
from schema.tables import Person, Placement, Role, Training, Unit
from schema.words import RoleKind, SectionCode
from screens.app import ATApp
from screens.person_forms import PersonForm, UnitForm
from screens.register.gap_list import GapsPage
from screens.register.person_page import PersonPage
from screens.register.role_form import RoleForm
from screens.register.supervisors import SupervisorsPage
from screens.register.unit_page import UnitPage
from screens.register.units import UnitsPage
from screens.widgets.choice_field import ChoiceField
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from tests.screens.conftest import TODAY, Records, Show
from tests.screens.settling import flat, settle

SIZES = [(80, 24), (120, 40)]

Step = str | Callable[[ATApp], Any]


class House:
    """The records, with a hospital clinic, its people, and Alva in Dalarna's plan."""

    def __init__(self, records: Records) -> None:
        self.records = records
        records.alva_training.programme_id = "dalarna"
        records.owner.specialty = "allmänmedicin"
        records.owner.supervisor_course_on = date(2018, 4, 9)
        records.owner.presence_percent = 80
        records.unit.approved_on, records.unit.capacity = date(2025, 9, 1), 1
        with records.store.work(records.owner.id) as work:
            records.alva_training = work.save(records.alva_training)
            records.owner = work.save(records.owner)
            records.unit = work.save(records.unit)
        self.clinic = Unit(name="Psykiatriska kliniken", site="Prövköping", capacity=2)
        records.add(self.clinic)
        self.ture = Person(
            name="Ture Testman", title="överläkare", specialty="psykiatri", licensed=True,
            unit_id=self.clinic.id,
        )  # fmt: skip
        records.add(self.ture)
        self.role = Role(
            person_id=self.ture.id, kind=RoleKind.HANDLEDARE, unit_id=self.clinic.id,
            start=date(2024, 1, 15),
        )  # fmt: skip
        records.add(self.role)
        self.ahead = Placement(
            training_id=records.alva_training.id, section=SectionCode.PSYKIATRI,
            unit_id=self.clinic.id, start=date(2027, 1, 4), end=date(2027, 4, 4),
        )  # fmt: skip
        records.add(self.ahead)


@pytest.fixture
def house(records: Records) -> House:
    return House(records)


def play(show: Show, page: Screen[Any], *steps: Step, size: tuple[int, int] = (120, 50)) -> str:
    """Show a page over an empty one, do the steps, and return the screen's text, and after it what
    passing messages have said."""
    heard: list[str] = []

    async def go() -> str:
        app = show(Page())
        monkey = pytest.MonkeyPatch()
        monkey.setattr(app, "notify", lambda message, **_: heard.append(str(message)))
        async with app.run_test(size=size) as pilot:
            app.push_screen(page)
            await settle(pilot)
            for step in steps:
                if isinstance(step, str):
                    await pilot.press(step)
                else:
                    step(app)
                await settle(pilot)
            strips = app.screen._compositor.render_strips()
            return flat("\n".join([*(strip.text for strip in strips), *heard]))

    return asyncio.run(go())


def on_row(words: str) -> Callable[[ATApp], None]:
    """Put the cursor on the row that holds these words."""

    def act(app: ATApp) -> None:
        picker = app.screen.query_one(Picker)
        for row in picker.rows.rows:
            if words in " ".join(str(cell) for cell in row.cells) and not row.heading:
                assert picker.select(row.id)
                return
        raise AssertionError([row.words for row in picker.rows.rows])

    return act


def fill(**values: str) -> Callable[[ATApp], None]:
    """Fill in fields of the form."""

    def act(app: ATApp) -> None:
        for name, value in values.items():
            row = app.screen.query_one(f"#row-{name}")
            for field in (*row.query(ChoiceField), *row.query(Input)):
                field.value = value

    return act


def kept(house: House, kind: type[Any], id: str) -> Any:
    """Return a record read anew: the programme has closed the file."""
    store = open_store(house.records.path, None)
    try:
        with store.read() as work:
            return work.get(kind, id)
    finally:
        store.close()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("make", [UnitsPage, SupervisorsPage, GapsPage])
def test_the_lists_look_as_drawn(
    snap_compare: Any,
    house: House,
    show: Show,
    size: tuple[int, int],
    make: Callable[[], Screen[Any]],
) -> None:
    assert snap_compare(show(make()), terminal_size=size, run_before=settle)


@pytest.mark.parametrize("size", SIZES)
def test_a_unit_looks_as_drawn(
    snap_compare: Any, house: House, show: Show, size: tuple[int, int]
) -> None:
    page = UnitPage(house.records.unit.id)
    assert snap_compare(show(page), terminal_size=size, run_before=settle)


@pytest.mark.parametrize("size", SIZES)
def test_a_supervisor_looks_as_drawn(
    snap_compare: Any, house: House, show: Show, size: tuple[int, int]
) -> None:
    page = PersonPage(house.records.owner.id)
    assert snap_compare(show(page), terminal_size=size, run_before=settle)


def test_the_gap_list_names_every_sort_of_gap(house: House, show: Show) -> None:
    shown = play(show, GapsPage())
    for words in (
        "PLACERINGAR UTAN HANDLEDARE 1",
        "Ingen handledare utsedd: psykiatri, Psykiatriska kliniken, från 4 jan 2027",
        "UPPGIFTER SOM SAKNAS 2",
        "Det är inte ifyllt om Ture Testman är godkänd handledare",
        "skulle ha friskats upp senast 9 april 2025 (inom 7 år)",
        "Godkändes 1 sept 2025; det gällde till 1 sept 2026",
        "2 samtidigt men plats för 1, 24 nov 2026",
    ):
        assert words in shown, words


def test_a_gap_leads_to_where_it_is_mended(house: House, show: Show) -> None:
    shown = play(show, GapsPage(), on_row("friskats upp"), "enter")
    assert "BEHÖRIGHET" in shown
    assert "Siv Prövare" in shown


def test_a_placement_without_a_supervisor_leads_to_its_form(house: House, show: Show) -> None:
    shown = play(show, GapsPage(), on_row("Ingen handledare utsedd"), "enter")
    assert "Alva Testsson" in shown
    assert "Tjänstgöringsgrad" in shown


def test_the_gap_list_is_written_as_pdf_and_csv(house: House, show: Show, home: Path) -> None:
    shown = play(show, GapsPage(), "f9", "enter")
    assert "Bristlistan ligger i" in shown
    (paper,) = home.rglob("Bristlista 2026-11-24.pdf")
    (table,) = home.rglob("Bristlista 2026-11-24.csv")
    assert paper.read_bytes().startswith(b"%PDF")
    assert "Alva Testsson" in table.read_text(encoding="utf-8-sig")


def test_without_gaps_the_list_says_so(records: Records, show: Show) -> None:
    records.owner.specialty = "allmänmedicin"
    records.owner.supervisor_course_on = date(2025, 4, 9)
    with records.store.work(records.owner.id) as work:
        work.save(records.owner)
    assert "Inga brister" in play(show, GapsPage())


def test_a_course_that_is_entered_closes_the_gap(house: House, show: Show) -> None:
    form = PersonForm(house.records.owner.id)
    play(show, form, fill(supervisor_refresher_on="2026-11-20"), "f2")
    assert kept(house, Person, house.records.owner.id).supervisor_refresher_on == date(2026, 11, 20)


def test_the_gap_is_gone_when_the_refresher_is_in(house: House, show: Show) -> None:
    house.records.owner.supervisor_refresher_on = date(2026, 11, 20)
    with house.records.store.work(house.records.owner.id) as work:
        work.save(house.records.owner)
    assert "friskats upp" not in play(show, GapsPage())


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2026-11-25", "Dagen har inte varit än"),
        ("2018-04-08", "ligger före handledarutbildningen"),
    ],
)
def test_a_refresher_from_the_future_or_before_the_course_is_refused(
    house: House, show: Show, day: str, code: str
) -> None:
    form = PersonForm(house.records.owner.id)
    assert code in play(show, form, fill(supervisor_refresher_on=day), "f2")


def test_an_approval_and_room_are_entered_and_an_approval_to_come_is_refused(
    house: House, show: Show
) -> None:
    unit = house.records.unit.id
    shown = play(show, UnitForm(unit), fill(approved_on="2026-11-25"), "f2")
    assert "Skriv dagen då enheten godkändes" in shown


def test_an_approval_and_room_are_saved(house: House, show: Show) -> None:
    unit = house.records.unit.id
    play(show, UnitForm(unit), fill(approved_on="2026-11-24", capacity="3"), "f2")
    saved = kept(house, Unit, unit)
    assert (saved.approved_on, saved.capacity) == (TODAY, 3)


def test_late_st_is_entered_and_taken_away(house: House, show: Show) -> None:
    play(show, PersonForm(house.ture.id), fill(late_st="1"), "f2")
    assert kept(house, Person, house.ture.id).late_st is True


def test_a_role_is_added(house: House, show: Show) -> None:
    page = PersonPage(house.ture.id)
    steps = (fill(kind="examinator", start="2026-11-01"), "f2")
    shown = play(show, page, "l", *steps)
    assert "examinator" in shown
    assert "från 1 nov" in shown


def test_a_role_that_ends_before_it_starts_is_refused(house: House, show: Show) -> None:
    form = RoleForm(house.ture.id, house.role.id)
    assert "före startdatum" in play(show, form, fill(end="2024-01-14"), "f2")


def test_a_role_is_ended_and_stays_to_be_read(house: House, show: Show) -> None:
    play(show, RoleForm(house.ture.id, house.role.id), fill(end="2026-06-30"), "f2")
    assert kept(house, Role, house.role.id).end == date(2026, 6, 30)


def test_a_role_entered_by_mistake_is_removed(house: House, show: Show) -> None:
    play(show, RoleForm(house.ture.id, house.role.id), "f9", "j")
    assert kept(house, Role, house.role.id) is None


def test_one_who_supervises_is_not_retired(house: House, show: Show) -> None:
    shown = play(show, PersonPage(house.records.owner.id), "u", "j")
    assert "är handledare för Alva Testsson och Nils Exempel" in shown
    assert kept(house, Person, house.records.owner.id).active is True


def test_one_who_supervises_nobody_is_retired(house: House, show: Show) -> None:
    shown = play(show, PersonPage(house.ture.id), "u", "j")
    assert "AVSLUTAD" in shown
    assert kept(house, Person, house.ture.id).active is False


def test_one_who_is_retired_is_taken_back_without_a_question(house: House, show: Show) -> None:
    house.ture.active = False
    with house.records.store.work(house.records.owner.id) as work:
        work.save(house.ture)
    play(show, PersonPage(house.ture.id), "u")
    assert kept(house, Person, house.ture.id).active is True


def test_those_retired_are_shown_only_when_asked(house: House, show: Show) -> None:
    house.ture.active = False
    with house.records.store.work(house.records.owner.id) as work:
        work.save(house.ture)
    assert "Ture Testman" not in play(show, SupervisorsPage())


def test_those_retired_are_one_key_away(house: House, show: Show) -> None:
    house.ture.active = False
    with house.records.store.work(house.records.owner.id) as work:
        work.save(house.ture)
    shown = play(show, SupervisorsPage(), "f6")
    assert "Ture Testman" in shown
    assert "avslutad" in shown


def test_a_unit_with_people_to_come_is_not_retired(house: House, show: Show) -> None:
    shown = play(show, UnitPage(house.clinic.id), "u", "j")
    assert "Där är eller kommer Alva Testsson" in shown
    assert kept(house, Unit, house.clinic.id).active is True


def test_a_unit_where_someone_works_is_not_retired(house: House, show: Show) -> None:
    with house.records.store.work(house.records.owner.id) as work:
        work.remove(house.ahead)
    shown = play(show, UnitPage(house.clinic.id), "u", "j")
    assert "1 handledare har enheten som sin: Ture Testman" in shown


def test_an_empty_unit_is_retired(house: House, show: Show) -> None:
    empty = Unit(name="Vårdcentralen Tom")
    house.records.add(empty)
    play(show, UnitPage(empty.id), "u", "j")
    assert kept(house, Unit, empty.id).active is False


def test_a_units_weeks_are_held_against_its_room(house: House, show: Show) -> None:
    shown = play(show, UnitPage(house.records.unit.id))
    assert "2 av 1 ! 1 för många Alva Testsson, Nils Exempel" in shown
    assert "1 av 1 ✓ fullt Nils Exempel" in shown


def test_the_registers_are_written_as_files(house: House, show: Show, home: Path) -> None:
    play(show, SupervisorsPage(), "f9", "enter")
    (path,) = home.rglob("Handledare 2026-11-24.csv")
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert lines[1].startswith("Siv Prövare;distriktsläkare;Vårdcentralen Provet;handledare;ja;")
    assert lines[1].endswith(";ja;2")


def test_the_units_are_written_as_a_file(house: House, show: Show, home: Path) -> None:
    play(show, UnitsPage(), "f9", "enter")
    (path,) = home.rglob("Enheter 2026-11-24.csv")
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert "Vårdcentralen Provet;Prövköping;;;2025-09-01;1;2;1" in lines


def test_a_new_training_in_the_file_changes_what_is_shown(house: House, show: Show) -> None:
    training = Training(trainee_id=house.records.nils.id, start=TODAY)
    house.records.add(training)
    house.records.add(Placement(training_id=training.id, section=SectionCode.PSYKIATRI,
                                unit_id=house.clinic.id, start=TODAY, end=date(2027, 1, 31),
                                supervisor_id=house.ture.id))  # fmt: skip
    shown = play(show, PersonPage(house.ture.id))
    assert "HANDLEDER 1" in shown
    assert "Nils Exempel" in shown
