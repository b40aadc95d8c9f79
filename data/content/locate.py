"""On which line does a key of a TOML text stand?

tomllib tells the line of a syntax error but not of a value. This walks a text that tomllib has
already accepted, so it needs no checks of its own, and notes the line of every key, every table
and every element of an array.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence

Path = tuple[str | int, ...]

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}\n#]+")
_ESCAPE = re.compile(r"\\.", re.DOTALL)


def line_of(text: str, place: Sequence[str | int]) -> int | None:
    """Return the line (from 1) of `place`, or of the nearest table or list around it.

    `place` is a path such as `("sections", 1, "items", 3, "scale")`. None when not even its first
    part stands in the text.
    """
    lines = Lines(text).found
    path = tuple(place)
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return None


class Lines:
    """The line of every path in a TOML text, in `found`."""

    def __init__(self, text: str) -> None:
        self.found: dict[Path, int] = {}
        self._text = text
        self._at = 0
        self._line = 1
        self._counts: dict[Path, int] = {}
        self._run()

    def _run(self) -> None:
        table: Path = ()
        while self._skip_blank():
            line = self._line
            if self._text.startswith("[[", self._at):
                self._move(2)
                table = self._array_table(self._key("]"), line)
                self._move(2)
            elif self._text[self._at] == "[":
                self._move(1)
                table = self._resolve(self._key("]"))
                self._note(table, line)
                self._move(1)
            else:
                self._pair(table)

    def _array_table(self, key: Path, line: int) -> Path:
        parent = self._resolve(key[:-1])
        whole = (*parent, key[-1])
        place = self._counts.get(whole, 0)
        self._counts[whole] = place + 1
        self._note(whole, line)
        self._note((*whole, place), line)
        return (*whole, place)

    def _resolve(self, key: Path) -> Path:
        """Return `key` with the index of the last element after each array of tables."""
        path: Path = ()
        for part in key:
            path = (*path, part)
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
        return path

    def _pair(self, table: Path) -> None:
        line = self._line
        path = table
        for part in self._key("="):
            path = (*path, part)
            self._note(path, line)
        self._move(1)
        self._skip_space()
        self._value(path)

    def _note(self, path: Path, line: int) -> None:
        # A table may be known by what stands in it alone: `[a.b]` tells where `a` is.
        while path and path not in self.found:
            self.found[path] = line
            path = path[:-1]

    def _key(self, end: str) -> Path:
        parts: list[str] = []
        while self._text[self._at] != end:
            character = self._text[self._at]
            if character in "\"'":
                parts.append(self._string())
            elif match := _BARE_KEY.match(self._text, self._at):
                parts.append(match.group())
                self._at = match.end()
            else:
                self._move(1)
        return tuple(parts)

    def _value(self, path: Path) -> None:
        character = self._text[self._at]
        if character in "\"'":
            self._string()
        elif character == "[":
            self._array(path)
        elif character == "{":
            self._inline_table(path)
        elif match := _SCALAR.match(self._text, self._at):
            self._at = match.end()

    def _array(self, path: Path) -> None:
        self._move(1)
        place = 0
        while self._skip_blank() and self._text[self._at] != "]":
            if self._text[self._at] == ",":
                self._move(1)
                continue
            element = (*path, place)
            self._note(element, self._line)
            self._value(element)
            place += 1
        self._move(1)

    def _inline_table(self, path: Path) -> None:
        self._move(1)
        while self._skip_blank() and self._text[self._at] != "}":
            if self._text[self._at] == ",":
                self._move(1)
            else:
                self._pair(path)
        self._move(1)

    def _string(self) -> str:
        quote = self._text[self._at]
        start = self._at
        if self._text.startswith(quote * 3, self._at):
            end = self._close(quote * 3, self._at + 3)
            while self._text.startswith(quote, end):  # up to two quotes may end the text itself
                end += 1
            inner = self._text[start + 3 : end - 3]
        else:
            end = self._close(quote, self._at + 1)
            inner = self._text[start + 1 : end - 1]
            if quote == '"' and "\\" in inner:  # a key with escapes is read as tomllib reads it
                inner = tomllib.loads(f"key = {self._text[start:end]}")["key"]
        self._line += self._text.count("\n", start, end)
        self._at = end
        return inner

    def _close(self, quote: str, at: int) -> int:
        """Return the place just after the closing `quote`."""
        while at < len(self._text):
            if quote[0] == '"' and (match := _ESCAPE.match(self._text, at)):
                at = match.end()
            elif self._text.startswith(quote, at):
                return at + len(quote)
            else:
                at += 1
        return at

    def _skip_blank(self) -> bool:
        """Go to the next character that is no white space and no comment; False at the end."""
        while self._at < len(self._text):
            character = self._text[self._at]
            if character == "#":
                end = self._text.find("\n", self._at)
                self._at = len(self._text) if end < 0 else end
            elif character in " \t\r\n":
                self._move(1)
            else:
                return True
        return False

    def _skip_space(self) -> None:
        while self._at < len(self._text) and self._text[self._at] in " \t":
            self._at += 1

    def _move(self, steps: int) -> None:
        self._line += self._text.count("\n", self._at, self._at + steps)
        self._at += steps
