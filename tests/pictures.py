"""Draws the pictures of the documentation from demo data: `make pictures`.

The day, the people and the size are fixed, so that a picture changes only when the screen does.
The handbook's table of keys is written with them (`tests/handbook_keys.py`).
"""

from __future__ import annotations

import asyncio
import contextlib
import html
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, TextArea

from at_tui.ahead import Ahead
from screens.app import ATApp
from screens.first_run import FirstRun, NewFile, Recovery
from screens.menu_entries import MENU
from screens.unlock import Unlock
from tests.screens.settling import settle

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "pictures"
NOW = datetime(2026, 11, 24, 14, 2)  # noqa: DTZ001 - local time, as the screen shows it
SIZE = (100, 30)
NOWHERE = Path("/hem/siv/at-tui/at.db")
"""Where a file would be made that no picture makes."""
KEY = "YXNJE-D959J-DLPVC-VLXR3-H8LHD-GGAFT-4UTT"
GROUP = "startgrupp.csv"
"""A sample of a start group, in the folder in which the pictures are drawn."""
ROWS = """\
Namn;Startgrupp;Program;Tjänstgöring från;Blockets månader;Avsnitt;Enhet;Från;Till;Handledare
Tilda Testgren;HT 2026;dalarna;2026-11-30;18;medicin;Medicinkliniken;2026-11-30;2027-05-29;
Otto Övningsberg;HT 2026;dalarna;2026-11-30;18;kirurgi;Kirurgkliniken;2026-11-30;2027-05-32;
Ebba Exempelius;HT 2026;dalarna;2026-11-30;18;psykiatri;Psykiatrins öppenvård;2026-11-30;2027-02-28;
"""
"""Three who are to begin; the second has a day that no month has."""


@dataclass(frozen=True)
class Picture:
    """One screen, and the keys that lead to it from the first page."""

    name: str
    title: str
    keys: tuple[str, ...] = ()
    """Names of keys; what begins with an apostrophe is typed."""
    menu: str = ""
    """The page of the menu that it begins at, by the name it has there."""
    first: Callable[[], Screen[Any]] | None = None
    """A page that needs no records."""


_BJORN = ("down", "down", "down", "o", "8")
"""The last tab of Björn Övningsson's page."""

PICTURES = (
    Picture("idag", "Idag"),
    Picture("handledning", "Handledningssamtal", ("s",)),
    Picture("bedomning", "Bedömning", ("b", *"mini", "enter")),
    Picture("mal", "Mål", ("m",)),
    Picture("vem-behover-mig", "Vem behöver mig?", menu="cohort"),
    Picture("tackningskarta", "Täckningskarta", menu="coverage"),
    # The first time
    Picture("valkommen", "Välkommen", first=FirstRun),
    Picture("ny-fil", "Filen och lösenfrasen", first=NewFile),
    Picture("aterstallningsnyckel", "Återställningsnyckeln", first=lambda: Recovery(KEY)),
    Picture("meny", "Meny", ("f3",)),
    # A supervisor's week
    Picture("personsida", "Personens sida", _BJORN[:4]),
    Picture("saknas", "Det här saknas innan signering", ("b", *"mini", "enter", "f2")),
    Picture("aterkoppling", "Återkopplingsdokument", (*["down"] * 5, "enter")),
    Picture("signera", "Signera", (*["down"] * 5, "enter", "f2")),
    Picture("samtal", "Samtal", (*_BJORN, "down", "enter", "enter")),
    Picture("intyg", "Intyg", ("i",)),
    # A study director's term
    Picture("importera", "Importera", (f"'{GROUP}", "enter"), menu="import_group"),
    Picture("varfor", "Varför", ("enter",), menu="cohort"),
    Picture("regler", "Regler för sorteringen", menu="triage_rules"),
    Picture("paminn", "Underlag som saknas", menu="chase"),
    Picture("motet", "Mötet", ("enter", "f2", "right", "right"), menu="meetings"),
    Picture("bristlista", "Bristlista", menu="gaps"),
    # The year
    Picture("utbildning", "Utbildning", (*_BJORN, "enter")),
    Picture("utvardering", "Utvärdering", (*_BJORN, "down", "down", "down", "enter", "enter")),
    Picture("utvarderingar", "Utvärderingar", ("down", "down", "enter"), menu="evaluations"),
    Picture(
        "tank-om",
        "Tänk om",
        (*_BJORN, *["down"] * 5, "enter", "tab", "'2027-02-01", "tab", "'2027-04-30", "tab"),
    ),
    # Safety
    Picture("lasfras", "Lösenfrasen", first=Unlock),
)


async def draw(database: Path, picture: Picture) -> str:
    """Return the picture as SVG."""
    on = NOW.date()
    if picture.first:
        app = ATApp(NOWHERE, on=on, clock=lambda: NOW, first=picture.first())
    else:
        app = ATApp(database, on=on, clock=lambda: NOW, ahead=Ahead(database, None, on))
    async with app.run_test(size=SIZE) as pilot:
        svg = await _at_rest(app, pilot, picture)
        if picture.menu:
            make = next(e.make for _, group in MENU for e in group if e.name == picture.menu)
            app.go(make)
            svg = await _at_rest(app, pilot, picture)
        for key in picture.keys:
            await pilot.press(*_typed(key))
            svg = await _at_rest(app, pilot, picture)
        return tidy(svg)


def _typed(key: str) -> list[str]:
    return list(key[1:]) if key.startswith("'") else [key]


async def _at_rest(app: ATApp, pilot: Pilot[int], picture: Picture) -> str:
    """Return the picture once two in a row are alike."""
    last, now = "", app.export_screenshot(title=f"at-tui · {picture.title}")
    while now != last:
        await pilot.pause(0.3)
        await settle(pilot)
        last, now = now, app.export_screenshot(title=f"at-tui · {picture.title}")
    return now


def tidy(svg: str) -> str:
    """Return `svg` without addresses of fonts, and with blanks as places instead of letters.

    A picture must not fetch anything, and some viewers drop the blanks that begin a text.
    """
    svg = re.sub(r",\s*url\([^)]*\)\s*format\([^)]*\)", "", svg)
    return re.sub(
        r'(<text [^>]*x=")([\d.]+)("[^>]*textLength=")([\d.]+)("[^>]*>)([^<]*)(</text>)',
        _without_blanks,
        svg,
    )


def _without_blanks(found: re.Match[str]) -> str:
    head, x, middle, length, tail, words, end = found.groups()
    shown = html.unescape(words)
    bare = shown.strip("\xa0 ")
    if not bare:
        return ""
    cell = float(length) / len(shown)
    before = len(shown) - len(shown.lstrip("\xa0 "))
    kept = html.escape(bare, quote=False).replace("\xa0", "&#160;")
    place, width = float(x) + before * cell, len(bare) * cell
    return f"{head}{place:g}{middle}{width:g}{tail}{kept}{end}"


def main() -> None:
    """Make a demo file and draw every picture of it."""
    from tests.handbook_keys import write

    FOLDER.mkdir(parents=True, exist_ok=True)
    with studio() as database:
        for picture in PICTURES:
            (FOLDER / f"{picture.name}.svg").write_text(
                painted(database, picture), encoding="utf-8"
            )
            print(f"docs/pictures/{picture.name}.svg")
    print(write().relative_to(ROOT).as_posix())


@contextlib.contextmanager
def studio() -> Iterator[Path]:
    """Yield the demo file, in a folder and a home that are thrown away afterwards."""
    from at_tui.demo.cast import Size
    from at_tui.demo.writing import write_demo

    # A cursor that blinks is never at rest.
    Input.cursor_blink = TextArea.cursor_blink = False  # type: ignore[assignment]
    home = os.environ.get("AT_TUI_HOME")
    with tempfile.TemporaryDirectory(prefix="at-tui-pictures-") as name:
        folder = Path(name)
        os.environ["AT_TUI_HOME"] = str(folder / "home")
        database = folder / "demo.db"
        write_demo(database, Size("clinic"), seed=1, on=date(2026, 11, 24))
        (folder / GROUP).write_text(ROWS, encoding="utf-8")
        try:
            with contextlib.chdir(folder):
                yield database
        finally:
            del os.environ["AT_TUI_HOME"]
            if home is not None:
                os.environ["AT_TUI_HOME"] = home


def painted(database: Path, picture: Picture) -> str:
    """Return `picture` of a copy of `database`: some pages begin something when they are opened."""
    own = database.with_name("bild.db")
    shutil.copyfile(database, own)
    return asyncio.run(draw(own, picture))


if __name__ == "__main__":
    main()
