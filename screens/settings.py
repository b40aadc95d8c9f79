"""The settings: each saved when it is changed, and in force at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar, cast

from textual.app import ComposeResult
from textual.content import Content

from at_tui import settings
from at_tui.language import has, say, text
from schema.fault import Fault
from screens.guard import Guarded
from screens.settings_fields import LineDialog, PlaceDialog
from screens.text import safe
from screens.theme import PALETTES
from screens.widgets.keys import bind
from screens.widgets.page import Page
from screens.widgets.picker import Picker
from screens.widgets.rows import Column, Row, heading, remark

PASSPHRASE, RECOVERY, REMEMBER = "passphrase", "recovery", "remember"
BACKUPS = "backups"
_GROUPS = {
    "look": ("theme",),
    "safety": ("lock_minutes", PASSPHRASE, RECOVERY, REMEMBER, BACKUPS, "backup_folder"),
    "work": ("session_minutes", "session_topics", "documents_folder"),
    "keys": ("keys",),
}
"""Where each setting stands; one of `at_tui.settings` that is not named here is not shown."""
_MINUTES = ("lock_minutes", "session_minutes")


class SettingsPage(Page[None]):
    """What can be set, with its value."""

    AREA = "settings_page"
    BINDINGS: ClassVar[list[Any]] = [bind("enter,space", "change", "settings_page.change")]

    def body(self) -> ComposeResult:
        """Lay out the list."""
        columns = (Column(width=26, wide=34), Column(width=20, grow=1))
        yield Picker(columns, type_to_filter=False, enter=False, filters=False)

    def on_mount(self) -> None:
        """Show what is set, and say what is wrong in the file."""
        self.set_title(text("settings_page.title"), str(settings.path_of()))
        self.query_one(Picker).focus()
        for fault in settings.load().faults:
            self.desk.say(say(fault), "warning")
        self._show()

    def on_screen_resume(self) -> None:
        """Show what another page has set."""
        self._show()

    def _show(self) -> None:
        found = settings.load()
        rows: list[Row] = []
        for group, names in _GROUPS.items():
            rows.append(heading(text(f"settings_page.group.{group}"), ""))
            rows += [self._row(name, found) for name in names if self._is_there(name)]
            if group == "safety" and not self._encrypted:
                rows.append(remark(text("settings_page.not_encrypted")))
        self.query_one(Picker).show(rows)

    @property
    def _encrypted(self) -> bool:
        return self.desk.is_open and self.store.encrypted

    @property
    def _remembered(self) -> bool:
        from data import keystore, places

        return keystore.remembered(places.key_file(self.desk.database))

    def _is_there(self, name: str) -> bool:
        return self._encrypted or name not in (PASSPHRASE, RECOVERY, REMEMBER)

    def _row(self, name: str, found: settings.Settings) -> Row:
        words = text(f"settings_page.setting.{name}")
        value = _words(name, found[name]) if name in found.values else ""
        if name == REMEMBER:
            value = text(f"settings_page.remembered.{'yes' if self._remembered else 'no'}")
        more = f"settings_page.more.{name}"
        muted = safe(text(more), "$text-muted") if has(more) else Content("")
        parts = [safe(value)] if value else []
        return Row(name, (words, Content("  ").join([*parts, muted] if muted.plain else parts)))

    # Changing

    def on_picker_opened(self, event: Picker.Opened) -> None:
        """Change the setting (a click)."""
        event.stop()
        self.action_change()

    def action_change(self) -> None:
        """Change the setting one stands on."""
        name = self.query_one(Picker).selected
        if name == "theme":
            self._next_theme()
        elif name in _MINUTES:
            self._ask(name, self._take_minutes(name))
        elif name == "session_topics":
            self._turn(name)
        elif name == "documents_folder":
            self._ask(name, self._take_folder)
        elif name == "backup_folder":
            self.app.push_screen(PlaceDialog(), self._changed)
        elif name == PASSPHRASE:
            from screens.passphrase import ChangePassphrase

            self.app.push_screen(ChangePassphrase(), self._passphrase_changed)
        elif name == RECOVERY:
            self._with_key("recovery", self._show_recovery)
        elif name == REMEMBER and self._remembered:
            from screens.widgets.confirm import Confirm  # brings Textual's button

            title, more = text("settings_page.forget.title"), text("settings_page.forget.more")
            self.app.push_screen(Confirm(title, more), self._forget)
        elif name == REMEMBER:
            self._with_key("remember", self._remember)
        elif name == BACKUPS:
            from screens.backups import Backups

            self.app.push_screen(Backups())
        elif name == "keys":
            from screens.key_settings import KeysPage

            self.app.push_screen(KeysPage())

    def _turn(self, name: str) -> None:
        """Turn a setting on or off."""
        try:
            settings.save({name: not settings.load()[name]})
        except Fault as fault:
            self.desk.say(say(fault), "error")
            return
        self._changed(True)

    def _ask(self, name: str, take: Callable[[str], None]) -> None:
        title, now = text(f"settings_page.setting.{name}"), str(settings.load()[name])
        if name in _MINUTES:
            least, most = settings.BOUNDS[name]
            more = text("settings_page.number_more", least=least, most=most)
        else:
            more = text("settings_page.folder_more")
        self.app.push_screen(LineDialog(title, more, now, take), self._changed)

    def _changed(self, taken: bool | None) -> None:
        if taken:
            self.note(text("settings_page.saved"))
            self._show()

    def _take_minutes(self, name: str) -> Callable[[str], None]:
        def take(typed: str) -> None:
            if not (typed.isascii() and typed.isdecimal()):
                raise Fault("app.whole_number_needed", exit_code=2)
            minutes = int(typed[:6])
            least, most = settings.BOUNDS[name]
            if minutes < least:
                raise Fault("app.too_low", exit_code=2, least=least)
            if minutes > most:
                raise Fault("app.too_high", exit_code=2, most=most)
            settings.save({name: minutes})
            if name == "lock_minutes":
                cast(Guarded, self.app).lock_minutes = minutes

        return take

    @staticmethod
    def _take_folder(typed: str) -> None:
        if typed and not Path(typed).expanduser().is_dir():
            raise Fault("settings_page.no_folder", exit_code=2, path=typed)
        settings.save({"documents_folder": typed})

    def _next_theme(self) -> None:
        names = list(PALETTES)
        now = names.index(self.app.theme) if self.app.theme in names else -1
        chosen = names[(now + 1) % len(names)]
        try:
            settings.save({"theme": chosen})
        except Fault as fault:
            self.desk.say(say(fault), "error")
        self.app.theme = chosen
        self._changed(True)

    # The ways into the file

    def _with_key(self, name: str, do: Callable[[bytes], None]) -> None:
        """Ask for the passphrase first: whoever finds the page open is not to get a key."""
        from data import places
        from screens.passphrase import AskPassphrase

        def given(key: bytes | None) -> None:
            if key is not None:
                do(key)

        title, more = text(f"settings_page.{name}.title"), text(f"settings_page.{name}.more")
        key_file = places.key_file(self.desk.database)
        self.app.push_screen(AskPassphrase(key_file, title, more), given)

    def _show_recovery(self, key: bytes) -> None:
        from screens.recovery_key import NewRecoveryKey

        self.app.push_screen(NewRecoveryKey(key), self._renewed)

    def _renewed(self, done: bool | None) -> None:
        words = text(f"settings_page.recovery.{'done' if done else 'not_done'}")
        self.desk.say(words, "information" if done else "warning")

    def _remember(self, key: bytes) -> None:
        self._in_key_store(
            lambda keystore, key_file: keystore.remember(key_file, key), "remembered"
        )

    def _forget(self, yes: bool | None) -> None:
        if yes:
            self._in_key_store(lambda store, file: store.forget(file), "forgotten")

    def _in_key_store(self, do: Callable[[Any, Path], None], words: str) -> None:
        """In a thread: a key store may ask the user something of its own, and takes its time."""

        def work() -> None:
            from data import keystore, places

            try:
                do(keystore, places.key_file(self.desk.database))
            except Fault as fault:
                self.app.call_from_thread(self.desk.say, say(fault), "error")
            else:
                self.app.call_from_thread(self.desk.say, text(f"keystore.{words}"))
            self.app.call_from_thread(self._show)

        self.run_worker(work, thread=True, name="key store")

    def _passphrase_changed(self, changed: bool | None) -> None:
        if changed:
            self.desk.say(text("settings_page.passphrase.changed"))


def _words(name: str, value: Any) -> str:
    """Return a value as the page shows it."""
    if name == "theme":
        return text(f"app.theme.{value if value in PALETTES else next(iter(PALETTES))}")
    if name in _MINUTES:
        return text("settings_page.minutes", count=value)
    if name == "keys":
        return text("settings_page.changed_keys", count=len(value)) if value else ""
    if isinstance(value, bool):
        return text("app.yes" if value else "app.no").lower()
    if name == "documents_folder" and not value:
        return text("settings_page.usual_folder")
    return str(value) or text("settings_page.none_folder")
