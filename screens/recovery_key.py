"""A new recovery key, shown once; it takes the old one's place when it has been written down."""

from __future__ import annotations

from at_tui.language import say, text
from data import keys, places, recovery
from schema.fault import Fault
from screens.first_run import Recovery


class NewRecoveryKey(Recovery):
    """The key and the proof that it is on paper; dismissed with True when it is in force, or None:
    until then the old one opens the file.

    Args:
        key: The data key.
    """

    SAVE = "settings_page.recovery.take"

    def __init__(self, key: bytes) -> None:
        super().__init__(recovery.new())
        self._key = key

    def why(self) -> str:
        """Return what happens to the old one."""
        return text("settings_page.recovery.why").strip()

    def say_where(self) -> None:
        """Show which file it is for."""
        self.set_title(text("settings_page.recovery.title"), self.desk.database.name)

    def help_text(self) -> str:
        """Return what the key is for."""
        return text("settings_page.recovery.help")

    def written_down(self) -> None:
        """Let the new key open the file, and the old one no longer."""
        try:
            keys.renew_recovery(places.key_file(self.desk.database), self._key, self._recovery)
        except Fault as fault:
            self.desk.say(say(fault), "error")
        else:
            self.dismiss(True)  # type: ignore[arg-type]

    def action_back(self) -> None:
        """Leave everything as it was."""
        self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Here is a way back."""
        return True
