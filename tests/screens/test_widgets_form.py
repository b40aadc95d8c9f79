"""Forms: every fault at once under its field, days typed as one likes, drafts that are kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import pytest
from textual.app import ComposeResult
from textual.screen import Screen

from schema.fault import Fault, Invalid
from screens.widgets.choice_field import ChoiceDialog, ChoiceField, Option
from screens.widgets.confirm import Confirm
from screens.widgets.date_field import DateField
from screens.widgets.form import Field, Form, Kind
from screens.widgets.form_page import FormPage
from screens.widgets.letters import Letters
from screens.widgets.page import Page
from tests.screens.conftest import Records, Show
from tests.screens.settling import settle

SECTIONS = (
    Option("opererande", "kirurgi"),
    Option("invartes", "medicin"),
    Option("psykiatri", "psykiatri"),
)


class TryForm(FormPage[str]):
    """A form of each kind of field."""

    draft_key = "try"

    def __init__(self, fault: Exception | None = None) -> None:
        super().__init__()
        self.saved_values: dict[str, Any] | None = None
        self._fault = fault

    def fields(self) -> Sequence[Field]:
        return [
            Field("name", required=True),
            Field("start", kind=Kind.DATE, required=True),
            Field("section", kind=Kind.CHOICE, options=SECTIONS),
            Field("percent", kind=Kind.NUMBER, least=50, most=100, unit="%"),
            Field("note", kind=Kind.NOTE),
            Field("secret", "Lösenfras", Kind.SECRET),
        ]

    def values(self) -> Mapping[str, Any]:
        return {"percent": 100}

    def save(self, values: dict[str, Any]) -> str:
        if self._fault is not None:
            raise self._fault
        self.saved_values = values
        return "klart"


def play(show: Show, page: Screen[Any], *keys: str) -> list[str]:
    """Show the page over an empty one, press the keys, and return the lines."""

    async def go() -> list[str]:
        app = show(Page())
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            app.push_screen(page)
            await settle(pilot)
            for key in keys:
                await pilot.press(key)
            await settle(pilot)
            return [strip.text for strip in app.screen._compositor.render_strips()]

    return asyncio.run(go())


def test_every_fault_is_shown_at_once_under_its_own_field(show: Show) -> None:
    page = TryForm()
    lines = play(show, page, "tab", *"31/4", "tab", "tab", "4", "0", "ctrl+s")
    said = {line[:22].strip(): lines[n + 1].strip() for n, line in enumerate(lines[:-1])}
    assert said["Namn *"] == "✗ Fyll i."
    assert said["Från och med *"] == "✗ Dagen 31/4 finns inte."
    assert said["Tjänstgöringsgrad"] == "✗ Minst 50."
    assert page.saved_values is None
    assert any("3 fält att se över" in line for line in lines)


def test_the_first_fault_has_the_focus_and_mending_it_takes_its_words_away(show: Show) -> None:
    lines = play(show, TryForm(), "tab", *"idag", "ctrl+s", *"Alva")
    assert not any("Fyll i." in line for line in lines)
    assert any("Alva" in line for line in lines)


def test_what_is_longer_than_its_field_is_still_seen(show: Show) -> None:
    lines = play(show, TryForm(), *["tab"] * 3, *"12345678901234567890")
    assert any("567890" in line for line in lines)


@pytest.mark.parametrize("key", ["ctrl+s", "f2"])
def test_a_form_is_saved_by_either_key(show: Show, key: str) -> None:
    page = TryForm()
    play(show, page, *"Alva", "tab", *"tors", "tab", "m", key)
    assert page.saved_values == {
        "name": "Alva", "start": date(2026, 11, 26), "section": "invartes", "percent": 100,
        "note": "", "secret": "",
    }  # fmt: skip


def test_a_form_is_saved_by_its_button(show: Show) -> None:
    page = TryForm()
    play(show, page, *"Alva", "tab", *"idag", *["tab"] * 5, "enter")
    assert page.saved_values is not None


def test_what_a_record_refuses_is_shown_under_its_field(show: Show) -> None:
    fault = Invalid("Trainee", [("name", "invalid.string_too_long", {"max_length": 200})])
    lines = play(show, TryForm(fault), *"Alva", "tab", *"idag", "ctrl+s")
    assert any("✗ för långt, högst 200 tecken" in line for line in lines)


def test_a_fault_of_no_field_is_shown_over_the_form(show: Show) -> None:
    fault = Invalid("Trainee", [("elsewhere", "invalid.end_before_start", {})])
    lines = play(show, TryForm(fault), *"Alva", "tab", *"idag", "ctrl+s")
    assert any("slutdatum ligger före startdatum" in line for line in lines)


def test_a_fault_of_the_file_is_told_and_the_form_stays(show: Show) -> None:
    page = TryForm(Fault("store.disk_full"))
    lines = play(show, page, *"Alva", "tab", *"idag", "ctrl+s")
    assert any("Disken är full" in line for line in lines)
    assert any("Alva" in line for line in lines)


def test_what_is_typed_is_a_draft_until_it_is_saved(show: Show, records: Records) -> None:
    play(show, TryForm(), *"Alva", "tab", *"26/11", "tab", "m", "escape")
    with records.store.read() as work:
        draft = work.draft("try")
    assert draft is not None
    assert (draft["name"], draft["start"], draft["section"]) == ("Alva", "2026-11-26", "invartes")
    again = TryForm()
    lines = play(show, again, "ctrl+s")
    assert again.saved_values is not None
    assert again.saved_values["name"] == "Alva"
    assert any("Utkastet från" in line for line in lines)
    with records.store.read() as work:
        assert work.draft("try") is None


def test_a_secret_is_never_in_a_draft(show: Show, records: Records) -> None:
    play(show, TryForm(), *"A", *["tab"] * 5, *"hemlig fras", "escape")
    with records.store.read() as work:
        assert "secret" not in (work.draft("try") or {"secret": ""})


def test_a_form_that_was_only_looked_at_leaves_no_draft(show: Show, records: Records) -> None:
    play(show, TryForm(), "tab", "tab", "escape")
    with records.store.read() as work:
        assert work.drafts() == []


def test_a_draft_is_kept_when_the_programme_is_left(show: Show, records: Records) -> None:
    async def go() -> None:
        app = show(TryForm())
        async with app.run_test() as pilot:
            await settle(pilot)
            await pilot.press(*"Alva", "ctrl+q")

    records_store = records.store
    kept: list[dict[str, Any]] = []
    close = records_store.close

    def look_first() -> None:
        with records_store.read() as work:
            kept.append(work.draft("try") or {})
        close()

    records_store.close = look_first  # type: ignore[method-assign]
    asyncio.run(go())
    assert kept[0]["name"] == "Alva"


def test_a_day_is_written_out_beside_its_field(show: Show) -> None:
    lines = play(show, TryForm(), "tab", *"+7")
    assert any("tis 1 dec 2026" in line for line in lines)


class OneField(Page[None]):
    """A page with few widgets, made when the programme runs."""

    def __init__(self, *makers: Callable[[], Any]) -> None:
        super().__init__()
        self.makers = makers

    def body(self) -> ComposeResult:
        self.widgets = [make() for make in self.makers]
        yield from self.widgets

    def on_mount(self) -> None:
        self.widgets[0].focus()


def test_arrows_step_a_day_and_an_empty_day_becomes_today(show: Show) -> None:
    page = OneField(DateField)
    play(show, page, "up", "up", "pageup", "down")
    assert page.widgets[0].value == "2026-12-01"


def test_leaving_a_day_writes_it_out(show: Show) -> None:
    page = OneField(DateField, lambda: Letters([("a", "något")]))
    play(show, page, *"to", "tab")
    assert page.widgets[0].value == "2026-11-26"


def test_what_is_no_day_stays_as_it_was_typed(show: Show) -> None:
    page = OneField(DateField, lambda: Letters([("a", "något")]))
    play(show, page, *"hej", "tab")
    assert page.widgets[0].value == "hej"


def test_a_choice_answers_to_arrows_letters_and_backspace(show: Show) -> None:
    field = ChoiceField(SECTIONS)
    seen: list[str] = []

    class Watch(OneField):
        def on_choice_field_changed(self, event: ChoiceField.Changed) -> None:
            seen.append(event.value)

    play(show, Watch(lambda: field), "right", "right", "left", "p", "backspace")
    assert seen == ["opererande", "invartes", "opererande", "psykiatri", ""]


def test_enter_opens_the_choices_as_a_list_that_is_filtered_by_typing(show: Show) -> None:
    field = ChoiceField(SECTIONS, title="Avsnitt")
    play(show, OneField(lambda: field), "enter", *"med", "enter")
    assert field.value == "invartes"


def test_esc_in_the_list_of_choices_changes_nothing(show: Show) -> None:
    field = ChoiceField(SECTIONS, "psykiatri")
    play(show, OneField(lambda: field), "enter", "escape")
    assert field.value == "psykiatri"


def test_something_new_can_be_added_from_the_list_and_is_then_chosen(show: Show) -> None:
    class Add(Page[Option]):
        def on_mount(self) -> None:
            self.dismiss(Option("ny", "Ny klinik"))

    field = ChoiceField(SECTIONS, add=Add)
    play(show, OneField(lambda: field), "enter", "end", "enter")
    assert field.value == "ny"
    assert field.chosen == Option("ny", "Ny klinik")


def test_hostile_words_in_a_choice_are_letters(show: Show) -> None:
    hostile = (Option("1", "[b]x[/b] [/y]"), Option("2", "\x1b[2J[@click=quit]z[/]"))
    lines = play(show, OneField(lambda: ChoiceField(hostile, "1", title="[/b]")), "enter")
    assert any("[b]x[/b] [/y]" in line for line in lines)


def test_letters_are_chosen_by_their_key(show: Show) -> None:
    letters = Letters([("a", "belastning"), ("j", "journaler"), ("k", "konsultation")], ["k"])
    lines = play(show, OneField(lambda: letters), "j", "a", "k")
    assert letters.chosen == ["a", "j"]
    assert any("● a belastning" in line for line in lines)


def test_letters_may_be_walked_to_instead(show: Show) -> None:
    letters = Letters([("a", "belastning"), ("j", "journaler")])
    play(show, OneField(lambda: letters), "right", "space")
    assert letters.chosen == ["j"]


def test_of_single_letters_only_one_is_chosen(show: Show) -> None:
    letters = Letters([("a", "belastning"), ("j", "journaler")], single=True)
    play(show, OneField(lambda: letters), "a", "j")
    assert letters.chosen == ["j"]


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (["j"], True),
        (["n"], False),
        (["escape"], False),
        (["tab", "enter"], True),
        (["enter"], False),
    ],
)
def test_a_question_has_two_answers_and_no_is_the_safe_one(
    show: Show, keys: list[str], answer: bool
) -> None:
    answers: list[bool | None] = []

    class Ask(Page[None]):
        def on_mount(self) -> None:
            question = Confirm("Ta bort [b]placeringen[/b]?", "Kirurgi 1 sept – 28 feb.")
            self.app.push_screen(question, answers.append)

    lines = play(show, Ask(), *keys)
    assert answers == [answer]
    assert lines


def test_a_question_names_the_thing(show: Show) -> None:
    class Ask(Page[None]):
        def on_mount(self) -> None:
            self.app.push_screen(Confirm("Ta bort [b]placeringen[/b]?", "Kirurgi [/x]"))

    lines = play(show, Ask())
    assert any("Ta bort [b]placeringen[/b]?" in line for line in lines)
    assert any("Kirurgi [/x]" in line for line in lines)


def test_a_form_takes_values_of_every_kind_and_gives_them_back(show: Show) -> None:
    fields = [Field("name"), Field("start", kind=Kind.DATE), Field("note", kind=Kind.NOTE)]
    values = {"name": "Alva", "start": date(2026, 1, 2), "note": "rad ett\nrad två"}
    read: list[Any] = []

    class Both(OneField):
        def on_unmount(self) -> None:
            read.append(self.widgets[0].read())

    play(show, Both(lambda: Form(fields, values)))
    assert read == [(values, [])]


def test_the_list_of_choices_closes_without_a_choice(show: Show) -> None:
    chosen: list[str | None] = []

    class Ask(Page[None]):
        def on_mount(self) -> None:
            self.app.push_screen(ChoiceDialog("Avsnitt", SECTIONS), chosen.append)

    play(show, Ask(), "escape")
    assert chosen == [None]
