"""What the handbook says is so: its keys, names, quotations, commands and pictures are there.

Its way of writing makes this possible: keys and commands in code style, names from the screen in
bold, words from the screen between »guillemets«.
"""

from __future__ import annotations

import asyncio
import html
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from at_tui.cli.parser import WORDS
from at_tui.language import has, text
from data import places
from screens.key_settings import known_keys
from screens.menu_entries import MENU, MORE
from screens.trainee.page import TABS
from screens.widgets.keyline import key_name
from tests import handbook_keys, pictures

ROOT = Path(__file__).parent.parent
HANDBOOK = ROOT / "docs" / "handbok"
PAGES = sorted(HANDBOOK.glob("*.md"))
WRITTEN = [page for page in PAGES if page != handbook_keys.PAGE]
"""The pages that are written by hand."""
DRAWN = {picture.name for picture in pictures.PICTURES}
FILES = {places.DATABASE, places.key_file(Path(places.DATABASE)).name, ".keys.json"}
"""What the files of records are called."""
EDITING = {"Tab", "Ctrl", "Fn", "⌫", "⇧"}
"""Keys that the programme gives no meaning of its own."""


def name(value: Any) -> str:
    return value.stem if isinstance(value, Path) else str(value)


def said(page: Path) -> str:
    """Return the page without its comments and pictures, on one line."""
    words = re.sub(r"<!--.*?-->|!\[[^]]*\]\([^)]*\)", "", page.read_text("utf-8"), flags=re.DOTALL)
    return re.sub(r"\s+", " ", words)


def strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for part in value.values():
                yield from strings(part)
        case list():
            for part in value:
                yield from strings(part)


@cache
def on_screen() -> tuple[str, ...]:
    """Return everything the catalogue and the content files can show."""
    found: set[str] = set()
    for folder in (ROOT / "at_tui" / "language" / "sv", ROOT / "data"):
        for path in folder.rglob("*.toml"):
            found.update(strings(tomllib.loads(path.read_text(encoding="utf-8"))))
    return tuple(sorted(re.sub(r"\s+", " ", words).strip() for words in found))


def may_show(words: str) -> bool:
    """Whether `words` can stand on a screen: whole words of a text, its gaps filled in anyhow."""
    inside = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    return any(inside.search(one) or _filled(one).fullmatch(words) for one in on_screen())


@cache
def _filled(one: str) -> re.Pattern[str]:
    parts = re.split(r"\{\w+\}", one)
    # A text that is nearly nothing but gaps would fit anything.
    if sum(len(part) for part in parts) < 8:
        return re.compile(re.escape(one))
    return re.compile(".+?".join(re.escape(part) for part in parts))


@cache
def key_pairs() -> frozenset[tuple[str, str]]:
    """Return (key, word) as the line of keys shows them."""
    pairs = set()
    for known in known_keys():
        names = {*known.keys.split(",")}
        keys = {key_name(key) for key in names} | {*handbook_keys.keys_of(known)}
        if several := handbook_keys.shown_as().get(known.id):
            keys.add(several)
        pairs |= {(key, handbook_keys.label_of(known)) for key in keys}
    # What Enter does stands on the row.
    acts = tomllib.loads((ROOT / "at_tui/language/sv/today.toml").read_text("utf-8"))["act"]
    return frozenset(pairs | {("↵", words) for words in acts.values()})


def is_there(code: str) -> bool:
    """Whether what stands in code style is a key, a key with its word, or a command."""
    if code in FILES | {"at-tui"}:
        return True
    if code.startswith("at-tui "):
        word, *more = code.removeprefix("at-tui ").split()
        return word in WORDS and all(_of_command(word, rest) for rest in more)
    if code in EDITING | {key for key, _ in key_pairs()}:
        return True
    return any(code == f"{key} {words}" for key, words in key_pairs())


def _of_command(word: str, rest: str) -> bool:
    """Whether a command takes an option, or a word of its own."""
    if rest.startswith("--"):
        return has(f"cli.{word}.{rest[2:]}")
    return f"`{word} {rest}" in (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", WRITTEN, ids=name)
def test_every_key_and_command_of_the_handbook_is_there(page: Path) -> None:
    wrong = [code for code in re.findall(r"`([^`]+)`", said(page)) if not is_there(code)]
    assert wrong == []


@pytest.mark.parametrize("page", WRITTEN, ids=name)
def test_every_name_in_bold_stands_on_a_screen(page: Path) -> None:
    names = re.findall(r"\*\*([^*]+)\*\*", said(page))
    assert [one for one in names if one not in on_screen()] == []


@pytest.mark.parametrize("page", WRITTEN, ids=name)
def test_every_quotation_can_stand_on_a_screen(page: Path) -> None:
    wrong = [words for words in re.findall(r"»([^»«]+)«", said(page)) if not may_show(words)]
    assert wrong == []


def test_a_word_that_no_screen_shows_is_found_out() -> None:
    """The checks above can fail."""
    assert not is_there("s sammanträde")
    assert not is_there("at-tui handbok")
    assert not is_there("at-tui curriculum export")
    assert not is_there("at-tui restore --mapp")
    assert not may_show("Allt är förlorat.")
    assert not may_show("ingen handledare uts")


def test_every_page_of_the_menu_and_of_a_person_is_in_the_handbook() -> None:
    told = {one for page in WRITTEN for one in re.findall(r"\*\*([^*]+)\*\*", said(page))}
    entries = {text(f"menu.{entry.name}") for _, group in MENU for entry in group}
    entries |= {text(f"more.{entry.name}") for entry in MORE}
    entries |= {text(f"trainee.tab.{tab.NAME}") for tab in TABS}
    assert entries - told == set()


def test_the_handbook_leads_to_all_its_pages_and_the_readme_to_it() -> None:
    first = HANDBOOK / "README.md"
    linked = set(re.findall(r"\]\(([\w-]+\.md)\)", first.read_text(encoding="utf-8")))
    assert linked == {page.name for page in PAGES if page != first}
    assert "](docs/handbok/README.md)" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_programme_says_where_the_handbook_is() -> None:
    where = (HANDBOOK / "README.md").relative_to(ROOT).as_posix()
    assert where in text("menu.help")
    assert where in text("cli.front.example")


def test_the_table_of_keys_is_what_the_programme_has() -> None:
    written = handbook_keys.PAGE.read_text(encoding="utf-8")
    assert written == handbook_keys.page(), "make pictures writes it anew"


def test_every_picture_is_drawn_and_shown_somewhere() -> None:
    assert {path.stem for path in pictures.FOLDER.iterdir()} == DRAWN
    shown = {
        Path(found).stem
        for page in (ROOT / "README.md", *PAGES)
        for found in re.findall(r"!?\[[^]]+\]\(([^)]+\.svg)\)", page.read_text(encoding="utf-8"))
    }
    assert shown == DRAWN


@pytest.mark.parametrize("picture", sorted(DRAWN))
def test_the_keys_in_a_picture_are_those_of_today(picture: str) -> None:
    svg = (pictures.FOLDER / f"{picture}.svg").read_text(encoding="utf-8")
    texts = re.findall(r'<text [^>]*class="([^"]+)" x="[^"]+" y="([^"]+)"[^>]*>([^<]*)<', svg)
    lowest = max(float(y) for _, y, _ in texts)
    line = [(kind, html.unescape(words)) for kind, y, words in texts if float(y) == lowest]
    of_keys = line[0][0]
    pairs = [
        (key.replace("\xa0", " "), words.replace("\xa0", " "))
        for (kind, key), (_, words) in pairwise(line)
        if kind == of_keys
    ]
    assert pairs, "the picture has no line of keys"
    assert [pair for pair in pairs if pair not in key_pairs()] == []


def test_a_picture_drawn_twice_is_the_same() -> None:
    one = next(picture for picture in pictures.PICTURES if picture.name == "valkommen")
    first, second = (asyncio.run(pictures.draw(pictures.NOWHERE, one)) for _ in range(2))
    assert first == second
    assert "Välkommen" in first
