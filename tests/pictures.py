"""Draws the pictures of the documentation from demo data: `make pictures`.

The day, the people and the size are fixed, so that a picture changes only when the screen does.
"""

from __future__ import annotations

import asyncio
import html
import re
import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from at_tui.ahead import Ahead
from screens.app import ATApp
from screens.menu_entries import MENU
from tests.screens.settling import settle

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
NOW = datetime(2026, 11, 24, 14, 2)  # noqa: DTZ001 - local time, as the screen shows it
SIZE = (100, 30)


@dataclass(frozen=True)
class Picture:
    """One screen, and the keys that lead to it from the first page."""

    name: str
    title: str
    keys: tuple[str, ...] = ()
    menu: str = ""
    """The page of the menu that it shows, by the name it has there."""


PICTURES = (
    Picture("idag", "Idag"),
    Picture("handledning", "Handledningssamtal", ("s",)),
    Picture("bedomning", "Bedömning", ("b", *"mini", "enter")),
    Picture("mal", "Mål", ("m",)),
    Picture("vem-behover-mig", "Vem behöver mig?", menu="cohort"),
    Picture("tackningskarta", "Täckningskarta", menu="coverage"),
)


async def draw(database: Path, picture: Picture) -> str:
    """Return the picture as SVG."""
    on = NOW.date()
    app = ATApp(database, on=on, clock=lambda: NOW, ahead=Ahead(database, None, on))
    async with app.run_test(size=SIZE) as pilot:
        svg = await _at_rest(app, pilot, picture)
        for key in picture.keys:
            await pilot.press(key)
            svg = await _at_rest(app, pilot, picture)
        if picture.menu:
            make = next(e.make for _, group in MENU for e in group if e.name == picture.menu)
            app.go(make)
            svg = await _at_rest(app, pilot, picture)
        return tidy(svg)


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
    from at_tui.demo.cast import Size
    from at_tui.demo.writing import write_demo

    # A cursor that blinks is never at rest.
    Input.cursor_blink = TextArea.cursor_blink = False  # type: ignore[assignment]
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="at-tui-pictures-") as folder:
        database = Path(folder) / "demo.db"
        write_demo(database, Size("clinic"), seed=1, on=date(2026, 11, 24))
        for picture in PICTURES:
            svg = asyncio.run(draw(database, picture))
            (FOLDER / f"{picture.name}.svg").write_text(svg, encoding="utf-8")
            print(f"docs/pictures/{picture.name}.svg")


if __name__ == "__main__":
    main()
