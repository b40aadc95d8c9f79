"""The keys: what each does, and another one in its place."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.binding import Binding

import screens
from at_tui import settings
from at_tui.language import say, text
from schema.fault import Fault
from schema.text import sort_key
from screens.settings_fields import KeyDialog
from screens.text import safe
from screens.widgets.keyline import key_name
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row, heading

EVERYWHERE = ("app", "list")
"""Areas whose keys work on several pages."""
_FIRST = (*EVERYWHERE, "today", "trainees", "trainee", "session", "assessment")
"""The pages of every day stand first."""


@dataclass(frozen=True)
class Known:
    """One thing that a key does."""

    id: str
    words: str
    keys: str
    """The programme's own, with commas between."""

    @property
    def area(self) -> str:
        """The pages it works on."""
        return self.id.partition(".")[0]


def known_keys() -> list[Known]:
    """Return what keys do on all pages; imports the pages that have not been opened yet."""
    found: dict[str, Known] = {}
    for module in pkgutil.walk_packages(screens.__path__, "screens."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, type):
                for entry in vars(value).get("BINDINGS", ()):
                    _note(found, entry)
    order = {area: n for n, area in enumerate(_FIRST)}
    return sorted(
        found.values(), key=lambda k: (order.get(k.area, len(order)), sort_key(area_name(k.area)))
    )


def _note(found: dict[str, Known], entry: object) -> None:
    if not isinstance(entry, Binding) or not entry.id or not entry.description:
        return
    before = found[entry.id].keys.split(",") if entry.id in found else []
    keys = ",".join(dict.fromkeys([*before, *entry.key.split(",")]))
    found[entry.id] = Known(entry.id, entry.tooltip or entry.description, keys)


class KeysPage(Page[None]):
    """All keys, by the page they work on; Enter gives one another key."""

    AREA = "settings_page"

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[str, Known] = {}

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Picker([Column(width=10), Column(width=40, grow=1), Column(width=6)])

    def on_mount(self) -> None:
        """Read the keys in a thread: pages that nobody has opened are imported (0.5 s)."""
        self.set_title(text("settings_page.keys_title"))
        self.query_one(Picker).focus()
        self.note(text("settings_page.reading_keys"))
        self.run_worker(self._read, thread=True, name="keys")

    def help_text(self) -> str:
        """Return how a key is moved."""
        return text("settings_page.keys_help")

    def _read(self) -> None:
        found = known_keys()
        self.app.call_from_thread(self._came, found)

    def _came(self, found: list[Known]) -> None:
        self._known = {known.id: known for known in found}
        self.note("")
        self._show()

    def _show(self) -> None:
        own = settings.load()["keys"]
        rows: list[Row] = []
        area = None
        for known in self._known.values():
            name = area_name(known.area)
            if name != area:
                rows.append(heading(name, ""))
                area = name
            keys = " ".join(key_name(k) for k in own.get(known.id, known.keys).split(","))
            mark = safe(text("settings_page.own_key"), "$accent") if known.id in own else ""
            rows.append(Row(known.id, (safe(keys, "bold $accent"), known.words, mark)))
        self.query_one(Picker).show(rows)

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Ask for the new key."""
        event.stop()
        known = self._known[event.row_id]
        own = settings.load()["keys"]

        def taken(key: str) -> str:
            return self._taken(known, key, own)

        def pressed(key: str | None) -> None:
            if key is not None:
                self._set(known.id, key)

        now = own.get(known.id, known.keys)
        self.app.push_screen(KeyDialog(known.words, now, taken), pressed)

    def _taken(self, known: Known, key: str, own: dict[str, str]) -> str:
        """Return what `key` does already on a page where `known` works."""
        wide = known.area in EVERYWHERE
        for other in self._known.values():
            near = wide or other.area in (*EVERYWHERE, known.area)
            if other.id != known.id and near and key in own.get(other.id, other.keys).split(","):
                return other.words
        return ""

    def _set(self, id_: str, key: str) -> None:
        own = {k: v for k, v in settings.load()["keys"].items() if k != id_}
        if key:
            own[id_] = key
        try:
            settings.save({"keys": own})
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self.app.set_keymap(own)
        self._show()
        self.note(text("settings_page.saved"))


def area_name(area: str) -> str:
    """Return the name of the pages that an area's keys work on."""
    return text(f"settings_page.{'everywhere' if area in EVERYWHERE else f'area.{area}'}")
