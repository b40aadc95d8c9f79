"""Unlocking the file and reading the first page, in a thread of its own, while the screens load.

Deriving the key takes about 0.3 s and importing Textual about as long: side by side they cost
one of the two.
"""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

from at_tui.instrument_names import short_name
from data.glance import Glance


class Ahead:
    """Begins at once; `result()` waits for the end.

    Args:
        path: The file of records.
        passphrase: Opens an encrypted file; None for one that is not.
        on: The day the first page is about.
    """

    def __init__(self, path: Path, passphrase: str | None, on: date) -> None:
        self._path, self._passphrase, self._on = path, passphrase, on
        self._key: bytes | None = None
        self._glance: Glance | None = None
        self._error: BaseException | None = None
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

    def _run(self) -> None:
        try:
            from data import glance
            from data.opening import unlock

            self._key = unlock(self._path, passphrase=self._passphrase, apart=True)
            self._glance = glance.read(self._path, self._key, self._on)
            # The names stand in a dozen files (20 ms): read here, they are there when shown.
            short_name("")
        except BaseException as error:  # handed to whoever asks for the result
            self._error = error
