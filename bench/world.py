"""What the benchmarks look at: ten years of Dalarna in an encrypted file."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.journeys.terminal import clean_environment, installed

FOLDER = Path(__file__).parent.parent / "build" / "bench"
PASSPHRASE = "fyra kaffekoppar i personalrummet"  # noqa: S105 - of made-up people


@dataclass(frozen=True)
class World:
    """An encrypted file of records with everything that a programme needs to open it."""

    database: Path
    environment: dict[str, str]
    trainees: list[dict[str, Any]]

    @property
    def names(self) -> str:
        """A pattern that any trainee's name on a screen matches: data is there to be used."""
        return "|".join(re.escape(str(trainee["name"])) for trainee in self.trainees)


def world(*, size: str = "dalarna10", fresh: bool = False) -> World:
    """Return the world of `size`, made at the first call and kept for the next run.

    Raises:
        SystemExit: the programme could not make or read its demo data.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    database = FOLDER / f"{size}.db"
    key_file = FOLDER / "passphrase"
    key_file.write_text(PASSPHRASE + "\n", encoding="utf-8")
    environment = clean_environment(
        FOLDER / "home", AT_TUI_DATABASE=str(database), AT_TUI_PASSPHRASE_FILE=str(key_file)
    )
    if fresh or not database.exists():
        _make(size, database, environment)
    found = json.loads(_say(["trainees", "--json"], environment))
    return World(database, environment, found)


def _make(size: str, database: Path, environment: dict[str, str]) -> None:
    print(f"making the demo file of {size}, once; ten years take minutes ...", file=sys.stderr)
    plain = database.with_suffix(".plain.db")
    for left in (plain, database, database.with_name(f"{database.name}.keys.json")):
        left.unlink(missing_ok=True)
    _say(["demo", "--size", size, "--database", str(plain)], environment)
    _encrypt(plain, database)
    for left in (plain, plain.with_name(f"{plain.name}-journal")):
        left.unlink(missing_ok=True)


def _encrypt(plain: Path, sealed: Path) -> None:
    """Write `plain` once more as `sealed`, with a key file beside it."""
    from data import driver, keys, places

    key = keys.create(places.key_file(sealed), PASSPHRASE).data_key
    connection = driver.connect(plain, None)
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute("ATTACH ? AS sealed KEY ?", (str(sealed), f"x'{key.hex()}'"))
        connection.execute("SELECT sqlcipher_export('sealed')")
        connection.execute(f"PRAGMA sealed.application_id={driver.APPLICATION_ID}")
        connection.execute(f"PRAGMA sealed.user_version={version}")
        connection.execute("DETACH sealed")
    finally:
        connection.close()
    sealed.chmod(0o600)


def _say(words: list[str], environment: dict[str, str]) -> str:
    """Return what a command of the programme writes."""
    done = subprocess.run(
        [installed(), *words], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"at-tui {' '.join(words)} left {done.returncode}: {done.stderr.strip()}")
    return done.stdout
