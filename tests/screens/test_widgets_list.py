"""Lists: columns that fit the window, filter, marks, headings, and never more than 300 rows."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from screens.app import ATApp
from screens.widgets.page import Page
from screens.widgets.picker import MOST, Picker
from screens.widgets.rows import GAP, Column, Row, Rows, heading, remark, widths
from tests.screens.settling import settle

PEOPLE = ["Alva Testsson", "Nils Exempel", "Åsa Öberg", "Örjan Ek", "Björn Övningsson"]


class ListPage(Page[None]):
    """A page with one list."""

    def __init__(self, picker: Picker, rows: Iterable[Row]) -> None:
        super().__init__()
        self.picker, self._given = picker, list(rows)
        self.opened: list[str] = []

    def body(self) -> ComposeResult:
        yield self.picker

    def on_mount(self) -> None:
        self.picker.show(self._given, empty="Här är tomt.")
        self.picker.focus()

    def on_picker_opened(self, event: Picker.Opened) -> None:
        self.opened.append(event.row_id)


def people(*names: str) -> list[Row]:
    return [Row(f"id-{name}", (name, "Vårdcentralen Provet")) for name in names or PEOPLE]


COLUMNS = (Column("Namn", width=16, grow=1), Column("Enhet", width=20))


def play(
    page: ListPage, *keys: str, then: Callable[[Pilot[int]], None] | None = None,
    size: tuple[int, int] = (80, 24),
) -> list[str]:  # fmt: skip
    """Press the keys and return the screen's lines."""

    async def go() -> list[str]:
        app = ATApp(Path("prov.db"), on=date(2026, 11, 24), first=page)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            for key in keys:
                await pilot.press(key)
            await pilot.pause()
            if then is not None:
                then(pilot)
            return [strip.text for strip in app.screen._compositor.render_strips()]

    return asyncio.run(go())


def names(page: ListPage) -> list[str]:
    return [row.id.removeprefix("id-") for row in page.picker.rows.rows]


def test_enter_opens_the_row_under_the_cursor() -> None:
    page = ListPage(Picker(COLUMNS), people())
    play(page, "down", "down", "enter", "up", "enter", "end", "enter")
    assert page.opened == ["id-Åsa Öberg", "id-Nils Exempel", "id-Björn Övningsson"]


def test_typing_filters_as_swedish_readers_expect() -> None:
    page = ListPage(Picker(COLUMNS), people())
    play(page, "ö")
    assert names(page) == ["Åsa Öberg", "Örjan Ek", "Björn Övningsson"]


@pytest.mark.parametrize("type_to_filter", [True, False])
def test_whoever_types_fast_loses_no_letter(type_to_filter: bool) -> None:
    page = ListPage(Picker(COLUMNS, type_to_filter=type_to_filter), people())

    async def go() -> None:
        app = ATApp(Path("prov.db"), on=date(2026, 11, 24), first=page)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            for letter in "nils" if type_to_filter else "/nils":
                key = "slash" if letter == "/" else letter
                app.post_message(events.Key(key, letter))
            await pilot.pause()
            await pilot.pause()
            assert page.picker.filter_text == "nils"
            assert names(page) == ["Nils Exempel"]

    asyncio.run(go())


@pytest.mark.parametrize("seed", range(8))
def test_letters_stay_in_order_however_they_come(seed: int) -> None:
    """Some are on their way to the rows while the focus goes to the filter."""
    page = ListPage(Picker(COLUMNS), people("Utbildningstillfälle"))
    pause = Random(seed)

    async def go() -> None:
        app = ATApp(Path("prov.db"), on=date(2026, 11, 24), first=page)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            for letter in "utbildningst":
                app.post_message(events.Key(letter, letter))
                for _ in range(pause.choice((0, 0, 1, 2, 3, 5, 8))):
                    await asyncio.sleep(0)
            app.post_message(events.Key("enter", "\r"))
            await settle(pilot)
            assert page.picker.filter_text == "utbildningst"
            assert page.opened == ["id-Utbildningstillfälle"]

    asyncio.run(go())


def test_several_words_all_have_to_fit() -> None:
    page = ListPage(Picker(COLUMNS), people())
    play(page, *"bj", "space", "ö")
    assert names(page) == ["Björn Övningsson"]


def test_arrows_and_enter_work_from_within_the_filter() -> None:
    page = ListPage(Picker(COLUMNS), people())
    play(page, "ö", "down", "enter")
    assert page.opened == ["id-Örjan Ek"]


def test_esc_shows_all_again() -> None:
    page = ListPage(Picker(COLUMNS), people())
    play(page, *"alva", "escape")
    assert names(page) == PEOPLE


def test_a_filter_that_fits_nothing_says_so_with_what_was_typed() -> None:
    page = ListPage(Picker(COLUMNS), people())
    lines = play(page, *"zz[b]")
    assert any("Inget stämmer med ”zz[b]”" in line for line in lines)


def test_an_empty_list_says_what_to_do() -> None:
    lines = play(ListPage(Picker(COLUMNS), []))
    assert any("Här är tomt." in line for line in lines)


def test_where_letters_are_keys_only_the_slash_begins_the_filter() -> None:
    page = ListPage(Picker(COLUMNS, type_to_filter=False), people())
    play(page, "a", "n")
    assert names(page) == PEOPLE
    page = ListPage(Picker(COLUMNS, type_to_filter=False), people())
    play(page, "slash", *"nils")
    assert names(page) == ["Nils Exempel"]


def test_j_and_k_move_where_letters_are_keys() -> None:
    page = ListPage(Picker(COLUMNS, type_to_filter=False), people())
    play(page, "j", "j", "k", "enter")
    assert page.opened == ["id-Nils Exempel"]


def test_space_marks_rows_and_the_marks_outlast_a_filter() -> None:
    page = ListPage(Picker(COLUMNS, marks=True), people())
    lines = play(page, "space", "down", "space", *"ö", "escape")
    assert page.picker.marked == {"id-Alva Testsson", "id-Åsa Öberg"}
    assert [line for line in lines if "●" in line and "Åsa" in line]


def test_the_cursor_steps_over_headings() -> None:
    rows = [heading("FÖRST"), *people("Alva Testsson"), heading("SEDAN"), *people("Nils Exempel")]
    page = ListPage(Picker(COLUMNS), [*rows, remark("Slut.")])
    play(page, "enter", "down", "enter", "down", "enter")
    assert page.opened == ["id-Alva Testsson", "id-Nils Exempel", "id-Alva Testsson"]


def test_headings_do_not_answer_a_filter() -> None:
    page = ListPage(Picker(COLUMNS), [heading("Alva"), *people()])
    play(page, *"alva")
    assert names(page) == ["Alva Testsson"]


def test_never_more_than_300_rows_and_the_rest_is_told() -> None:
    page = ListPage(Picker(COLUMNS), people(*(f"Person {n}" for n in range(700))))
    lines = play(page)
    assert len(page.picker.rows.rows) == MOST == 300
    assert any("300 av 700 visas" in line for line in lines)


def test_the_cursor_stays_on_its_row_when_the_list_is_shown_anew() -> None:
    page = ListPage(Picker(COLUMNS), people())

    def again(_: Pilot[int]) -> None:
        page.picker.show([*people("Ada Ny"), *people()])
        assert page.picker.selected == "id-Nils Exempel"

    play(page, "down", then=again)


@pytest.mark.parametrize("count", [3, 100])
def test_titles_stand_over_their_columns_beside_a_scrollbar_too(count: int) -> None:
    page = ListPage(Picker(COLUMNS), people(*(f"Alva {n:03}" for n in range(count))))
    lines = play(page)
    titles = next(line for line in lines if "Enhet" in line)
    first = next(line for line in lines if "Alva 000" in line)
    assert titles.index("Namn") == first.index("Alva")
    assert titles.index("Enhet") == first.index("Vårdcentralen")


def test_a_row_that_is_shown_again_elsewhere_is_drawn_as_it_is_now() -> None:
    page = ListPage(Picker(COLUMNS, marks=True), rows := people("Alva", "Nils", "Tom"))

    def again(_: Pilot[int]) -> None:
        page.picker.show([rows[2], Row("id-Nils", ("Nils Annat", "")), rows[0]])

    lines = [
        line.strip() for line in play(page, "space", then=again) if "Al" in line or "N" in line
    ]
    assert [line.split("  ")[0] for line in lines] == ["Namn", "Nils Annat", "● Alva"]


def test_one_row_is_drawn_anew_without_refilling_the_list() -> None:
    page = ListPage(Picker(COLUMNS), people())

    def change(_: Pilot[int]) -> None:
        page.picker.rows.update_row(Row("id-Nils Exempel", ("Nils Ändrad", "–")))
        assert page.picker.rows.row_at(1).cells[0] == "Nils Ändrad"

    play(page, then=change)


def test_a_source_is_asked_for_what_is_typed() -> None:
    asked: list[str] = []

    def source(typed: str) -> list[Row]:
        asked.append(typed)
        return people("Alva Testsson")

    play(ListPage(Picker(COLUMNS, source=source), people()), *"al")
    assert asked == ["a", "al"]


def test_hostile_names_are_shown_as_letters() -> None:
    page = ListPage(Picker(COLUMNS), people("[b]Åsa[/b] [/x]", "\x1b[2JNils"))
    lines = play(page)
    assert any("[b]Åsa[/b] [/x]" in line for line in lines)
    assert not any("\x1b" in line for line in lines)


def test_a_row_that_wraps_is_shown_whole() -> None:
    words = "ett mycket långt skäl som inte får kapas bort, inte ens i ett smalt fönster " * 3
    page = ListPage(Picker(COLUMNS), [Row("1", (words,), wraps=True), *people("Alva Testsson")])
    lines = play(page, "down", "enter")
    assert sum("skäl" in line for line in lines) >= 3
    assert page.opened == ["id-Alva Testsson"]


def test_wide_windows_show_more_columns() -> None:
    columns = (Column("Namn", width=16), Column("Grupp", width=10, wide_only=True))
    rows = [Row("1", ("Alva Testsson", "HT 2025"))]
    assert not any("HT 2025" in line for line in play(ListPage(Picker(columns), rows)))
    wide = play(ListPage(Picker(columns), rows), size=(120, 40))
    assert any("HT 2025" in line for line in wide)


@given(
    st.lists(
        st.builds(
            Column,
            width=st.integers(4, 30),
            grow=st.integers(0, 3),
            wide_only=st.booleans(),
            most=st.sampled_from([0, 30]),
        ),
        min_size=1,
        max_size=7,
    ),
    st.integers(60, 200),
)
def test_columns_fill_their_window_and_never_leave_it(columns: list[Column], room: int) -> None:
    given_widths = widths(columns, room, room)
    used = sum(given_widths) + GAP * (sum(w > 0 for w in given_widths) - 1)
    shown = [w for w in given_widths if w]
    if all(w > 4 for w in shown) or used <= room:
        assert used <= room
    unlimited = any(c.grow and not c.most and w for c, w in zip(columns, given_widths, strict=True))
    if unlimited and used <= room:
        assert used == room


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_line_of_keys_is_never_wider_than_the_window(size: tuple[int, int]) -> None:
    lines = play(ListPage(Picker(COLUMNS, marks=True), people()), size=size)
    keys = next(line for line in reversed(lines) if line.strip())
    assert len(keys.rstrip()) <= size[0]
    assert "? hjälp" in keys
    assert "Esc tillbaka" in keys


class OnlyRows(App[None]):
    """Nothing but the rows: no other widget makes them lay themselves out again."""

    def compose(self) -> ComposeResult:
        yield Rows(())


def test_a_row_that_wraps_is_shown_whole_beside_a_scrollbar_that_comes() -> None:
    async def lost(length: int) -> bool:
        words = ("ett två tre fyra fem sex sju åtta nio tio elva tolv tretton " * 3)[:length]
        app = OnlyRows()
        async with app.run_test(size=(80, 12)) as pilot:
            shown = [Row(str(n), (f"{words.strip()} slut",), wraps=True) for n in range(20)]
            app.query_one(Rows).show(shown)
            await pilot.pause()
            await pilot.pause()
            lines = [strip.text for strip in app.screen._compositor.render_strips()]
            return not any("slut" in line for line in lines)

    # Around a whole line, where the scrollbar's two cells are a line more.
    assert [n for n in range(62, 70) if asyncio.run(lost(n))] == []
