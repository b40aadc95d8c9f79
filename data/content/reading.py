"""Read a content file from disk into a plain dict, refusing what no honest file looks like.

A content file may come by mail from another region: its size, its lines and its depth are bounded
before and after parsing, so that a hostile one is refused in words and never hangs the programme.
"""

from __future__ import annotations

import re
import stat
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.content.fault import ContentFault, Refused

LARGEST_FILE = 1_000_000
"""Bytes. The largest shipped file has about 20 000."""
LONGEST_LINE = 4_000
"""Characters. tomllib needs quadratic time for a line of dotted keys."""
DEEPEST = 12
"""Tables within lists within tables. The models use seven."""

_LINE_IN_MESSAGE = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True)
class Document:
    """A file that is TOML: its place, its text and what it says."""

    path: Path
    text: str
    data: dict[str, Any]


def read(path: Path) -> Document:
    """Return the TOML document at `path`.

    Raises:
        Refused: the file is missing, too large, not UTF-8, not TOML, or nested too deep.
    """
    text = _text(path)
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > LONGEST_LINE:
            raise _refused(path, number, "line_too_long", maximum=LONGEST_LINE)
    try:
        data = tomllib.loads(text)
    except RecursionError:
        raise _refused(path, None, "too_deep") from None
    except tomllib.TOMLDecodeError as error:
        raise _refused(path, *_syntax(str(error), text)) from None
    except ValueError:  # a number of more digits than Python reads
        raise _refused(path, None, "not_toml") from None
    if _depth(data) > DEEPEST:
        raise _refused(path, None, "too_deep")
    return Document(path, text, data)


def _text(path: Path) -> str:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise _refused(path, None, "not_a_file")
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise _refused(path, None, "no_file") from None
    except (OSError, ValueError):
        raise _refused(path, None, "unreadable") from None
    if len(raw) > LARGEST_FILE:
        raise _refused(path, None, "too_large", maximum=LARGEST_FILE // 1000)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(path, raw.count(b"\n", 0, error.start) + 1, "not_utf8") from None
    return text.replace("\r\n", "\n")


def _refused(path: Path, line: int | None, code: str, **values: object) -> Refused:
    return Refused([ContentFault(path, line, code, values=values)])


_SYNTAX = {
    "Cannot overwrite a value": "key_twice",
    "Cannot declare": "table_twice",
    "Cannot mutate immutable": "key_twice",
    "Duplicate inline table key": "key_twice",
    "Invalid date or datetime": "no_such_date",
    "Expected '=' after a key": "no_equals",
    "Unterminated string": "open_string",
    "Illegal character": "illegal_character",
    "Unclosed array": "open_list",
    "Invalid value": "invalid_value",
}


def _syntax(message: str, text: str) -> tuple[int, str]:
    match = _LINE_IN_MESSAGE.search(message)
    line = int(match.group(1)) if match else text.rstrip("\n").count("\n") + 1
    for beginning, code in _SYNTAX.items():
        if message.startswith(beginning):
            return line, code
    return line, "not_toml"


def _depth(data: object) -> int:
    """Return how deep tables and lists lie in each other, without recursion."""
    deepest = 0
    waiting: list[tuple[object, int]] = [(data, 1)]
    while waiting and deepest <= DEEPEST:
        value, depth = waiting.pop()
        if isinstance(value, dict):
            inner: list[object] = list(value.values())
        elif isinstance(value, list):
            inner = value
        else:
            continue
        deepest = max(deepest, depth)
        waiting.extend((one, depth + 1) for one in inner)
    return deepest
