"""Unlocking the file and reading the first page while the screens load.

Deriving the key takes about 0.2 s in a process of its own and importing Textual about as long:
side by side they cost one of the two. The process is started before anything else is loaded; a
thread waits for it and reads the page.
"""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING

from data.opening import begin_unlocking
from schema.fault import Fault

# The other process is on its way before the first page's reader (10 ms) is loaded.
if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from data.apart import Unlocking
    from data.glance import Glance


class Ahead:
    """Begins at once; `result()` waits for the end.

    Args:
        path: The file of records.
        passphrase: Opens an encrypted file; None for one that is not.
        on: The day the first page is about.
    """

    def __init__(self, path: Path, passphrase: str | None, on: date) -> None:
        self._path, self._on = path, on
        self._key: bytes | None = None
        self._glance: Glance | None = None
        self._error: BaseException | None = None
        self._unlocking: Unlocking | None = None
        try:
            self._unlocking = begin_unlocking(path, passphrase)
        except Exception as error:  # handed to whoever asks for the result
            self._error = error
        self._thread = threading.Thread(target=self._run, name="ahead", daemon=True)
        self._thread.start()

    @property
    def done(self) -> bool:
        """Whether `result()` answers at once."""
        return not self._thread.is_alive()

    def result(self) -> tuple[bytes | None, Glance | None]:
        """Return the data key and the first page; the page is None when the file is older.

        Raises:
            Fault: what is wrong with the passphrase or the file (exit code 3).
        """
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._key, self._glance

    def prepare(self) -> None:
        """Load in a thread what the page is read with, while the key is not there yet (30 ms)."""
        threading.Thread(target=_load, name="prepare", daemon=True).start()

    def _run(self) -> None:
        if self._error is not None:
            return
        try:
            self._key = self._unlocking.result() if self._unlocking else None
            from data import glance

            self._glance = glance.read(self._path, self._key, self._on)
        except BaseException as error:  # handed to whoever asks for the result
            self._error = error


def _load() -> None:
    from at_tui.instrument_names import short_name
    from data import driver, glance  # noqa: F401 - for whoever reads the page

    driver.load_engine()
    # The names stand in a dozen files (20 ms): read here, they are there when shown.
    with contextlib.suppress(Fault):
        short_name("")
