"""The screen that a terminal would show for the bytes a programme wrote.

pyte draws; this file gives it only what it understands. Modern programmes also write sequences of
the Kitty keyboard, synchronised frames, titles and clipboards, which pyte would draw as letters,
and a read from a pseudo-terminal may end in the middle of any sequence or letter.
"""

from __future__ import annotations

import re

import pyte

# One escape sequence, whole: control sequence, operating-system command, device string, or short.
_SEQUENCE = re.compile(
    rb"\x1b(?:"
    rb"\[(?P<private>[<=>?]?)[0-9:;]*(?P<middle>[ -/]*)(?P<final>[@-~])"
    rb"|\][^\x07\x1b]*(?:\x07|\x1b\\)"
    rb"|[PX^_][^\x1b]*\x1b\\"
    rb"|[()*+][0-9A-Za-z]"
    rb"|[0-9=>@-OQ-WYZ\\`-~]"
    rb")"
)
# What is still no sequence after so many bytes is none at all, and is drawn rather than waited for.
_LONGEST = 65536
_ALTERNATE = re.compile(rb"(\x1b\[\?1049[hl])")


class Emulator:
    """Terminal output in, lines of text out. Colours are ignored.

    Args:
        columns: Width of the screen in cells.
        rows: Height of the screen in cells.
    """

    def __init__(self, columns: int = 80, rows: int = 24) -> None:
        self.columns = columns
        self.rows = rows
        self._pending = b""
        self._main = self._new_screen()
        self._alternate = self._new_screen()
        self.full_screen = False
        """Whether the programme has taken the whole screen (the alternate one)."""

    def _new_screen(self) -> tuple[pyte.Screen, pyte.ByteStream]:
        screen = pyte.Screen(self.columns, self.rows)
        return screen, pyte.ByteStream(screen)

    def feed(self, data: bytes) -> None:
        """Draw `data`; an unfinished sequence at its end waits for the rest."""
        data = self._pending + data
        whole = _whole_until(data)
        data, self._pending = data[:whole], data[whole:]
        for part in _ALTERNATE.split(data):
            if _ALTERNATE.fullmatch(part):
                self.full_screen = part.endswith(b"h")
                if self.full_screen:
                    self._alternate = self._new_screen()
            else:
                _, stream = self._alternate if self.full_screen else self._main
                stream.feed(_SEQUENCE.sub(_keep_known, part))

    def resize(self, columns: int, rows: int) -> None:
        """Change the size, as when a user drags the window's corner."""
        self.columns, self.rows = columns, rows
        for screen, _ in (self._main, self._alternate):
            screen.resize(rows, columns)

    def lines(self) -> list[str]:
        """Return the screen, one string a row, without trailing blanks."""
        screen, _ = self._alternate if self.full_screen else self._main
        # A wide letter fills two cells, the second of them empty: joining gives the text back.
        return [
            "".join(screen.buffer[y][x].data for x in range(self.columns)).rstrip()
            for y in range(self.rows)
        ]

    def text(self) -> str:
        """Return the screen as one string, rows separated by line feeds."""
        return "\n".join(self.lines())


def _keep_known(found: re.Match[bytes]) -> bytes:
    """Return the sequence if pyte draws or moves by it, else nothing."""
    final = found["final"]
    if final is None:
        return found[0] if found[0][1:2] not in b"]PX^_=>" else b""
    if found["middle"] or final in b"ut":
        return b""
    if found["private"] and not (found["private"] == b"?" and final in b"hl"):
        return b""
    return found[0]


def _whole_until(data: bytes) -> int:
    """Return how many leading bytes of `data` hold no unfinished escape sequence."""
    at = data.find(b"\x1b")
    while at >= 0:
        found = _SEQUENCE.match(data, at)
        if not found and len(data) - at < _LONGEST:
            return at
        at = data.find(b"\x1b", found.end() if found else at + 1)
    return len(data)
