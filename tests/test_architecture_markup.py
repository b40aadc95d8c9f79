"""No text from outside reaches a widget as markup.

Textual's widgets read `[markup]` in plain strings: a name like "Åsa [AT] Öst" loses a part,
"[/b]" ends the programme, and "[@click=…]" is a live link. `screens/text.py` is the one way past
that, and `tests/markup_reader.py` finds what goes round it.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.markup_reader import faults_of, functions_of

ROOT = Path(__file__).parent.parent
SCREENS = sorted((ROOT / "screens").rglob("*.py"))
HELPER = ROOT / "screens" / "text.py"
FUNCTIONS = functions_of(ast.parse(path.read_text(encoding="utf-8")) for path in SCREENS)


@pytest.mark.parametrize("path", SCREENS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_screen_hands_a_widget_text_that_may_be_markup(path: Path) -> None:
    if path == HELPER:
        return
    assert faults_of(path.read_text(encoding="utf-8"), FUNCTIONS) == []


@pytest.mark.parametrize(
    "line",
    [
        "Static(person.name)",
        "Static(f'Hej {name}')",
        "Label(text('today.title', name=name))",
        "Button(label=name)",
        "yield Option(row.name)",
        "self.notify(name)",
        "self.table.add_row(cell(name), name)",
        "self.query_one('#x', Static).update(name)",
        "frame.border_title = name",
        "Static('a' + name)",
        "Static(shown)",
        "Static(self.shown)",
        "Static('[b]' if name else name)",
        "Static(safe(name).markup)",
        "row = self.query_one(Row); row.update(name)",
        "self.below = Static(); self.below.update(name)",
        "Static(', '.join([name]))",
    ],
)
def test_text_that_may_be_markup_is_found(line: str) -> None:
    assert len(faults_of(page(line), FUNCTIONS)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "Static()",
        "Static('[b]Idag[/b]')",
        "Static(name, markup=False)",
        "Static(safe(name))",
        "Label(said('today.title', name=name))",
        "Label(text('today.title'))",
        "Static(title)",
        "Static(self.title)",
        "self.notify(name, markup=False)",
        "self.table.add_row(*[cell(part) for part in name])",
        "self.query_one('#x', Static).update(safe(name))",
        "self.values.update(name)",
        "Static(Content.from_markup('Namn: [b]$n[/b]', n=name))",
        "frame.border_title = safe(name)",
        "Checkbox(name)",
        "def notify(message, **more): super().notify(message, **more)",
        "self.below = Static(markup=False); self.below.update(name)",
        "Static(Content(' ').join([safe(name)]))",
    ],
)
def test_text_that_went_through_the_helper_is_left_alone(line: str) -> None:
    assert faults_of(page(line), FUNCTIONS) == []


def page(line: str) -> str:
    """Return a small screen with `line` in one of its methods."""
    return f"""
from textual.widgets import Button, Label, Option, Static

class Page:
    def __init__(self, name: str) -> None:
        self.shown = name
        self.title = safe(name)

    def draw(self, name: str, title: Content) -> None:
        shown = name.upper()
        {line}
"""
