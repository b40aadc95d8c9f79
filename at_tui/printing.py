"""Where a printed document goes: a name that any system takes, written whole or not at all."""

from __future__ import annotations

import re
from pathlib import Path

from data.atomic import write_atomic
from schema.fault import Fault
from schema.text import clean

_LONGEST = 120


def file_name(*parts: str, ending: str = "pdf") -> str:
    """Return a file name of the parts that are not empty, e.g. `Intyg Alva Testsson 2026.pdf`.

    Signs that some system refuses in names are left out; å ä ö stay.
    """
    words = " ".join(part for part in parts if part)
    plain = re.sub(r'[<>:"/\\|?*\n\r\t]+', " ", clean(words, one_line=True))
    return f"{' '.join(plain.split()).strip(' .')[:_LONGEST].rstrip(' .') or 'dokument'}.{ending}"


def write_document(folder: Path, name: str, content: bytes) -> Path:
    """Write a document into `folder`, which is made when it is missing, and return its path.

    Raises:
        Fault: `print.not_written`; nothing was changed.
    """
    path = folder.expanduser() / name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, content)
    except OSError:
        raise Fault("print.not_written", folder=str(path.parent)) from None
    return path
