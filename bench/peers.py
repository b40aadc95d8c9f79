"""Comparable programmes, each in an environment of its own: `python -m bench.peers` installs them.

They share no dependency with each other or with us, so that none is held to another's versions.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.recording import record
from tests.journeys.terminal import clean_environment

FOLDER = Path(__file__).parent.parent / "build" / "peers"


@dataclass(frozen=True)
class Peer:
    """A programme to compare with.

    Args:
        name: Of its package and its command.
        packages: What pip is asked for.
        arguments: What the command is given.
        usable: What stands on its screen when a user can begin.
        python: The oldest Python it runs on, as a minor version of 3.
    """

    name: str
    packages: tuple[str, ...]
    usable: str
    arguments: tuple[str, ...] = ()
    python: int = 11

    @property
    def command(self) -> list[str]:
        return [str(FOLDER / self.name / "bin" / self.name), *self.arguments]

    def installed(self) -> bool:
        return Path(self.command[0]).exists()

    def install(self) -> bool:
        """Install it with compiled bytecode, as our own; return whether that worked."""
        folder = FOLDER / self.name
        python = folder / "bin" / "python"
        base = next((name for name in _PYTHONS if _runs(name, self.python)), None)
        if base is None:
            return False
        steps: list[list[str]] = [
            [base, "-m", "venv", "--clear", str(folder)],
            [str(python), "-m", "pip", "install", "--quiet", *self.packages],
            [str(python), "-m", "compileall", "-q", str(folder / "lib")],
        ]
        done = all(subprocess.run(step, check=False).returncode == 0 for step in steps[:2])
        if done:  # a package may carry files for other Pythons that do not compile
            subprocess.run(steps[2], check=False, stdout=subprocess.DEVNULL)
        return done and self.installed()

    def start(self) -> dict[str, float]:
        """Start it once; return milliseconds to its usable screen under its name."""
        home = FOLDER / "home" / self.name
        taken = record(
            self.command, clean_environment(home), quiet=0.5, limit=12, until=self.usable
        )
        at = taken.first_with(re.escape(self.usable))
        return {} if at is None else {self.name: at * 1000}


_PYTHONS = (sys.executable, "python3.14", "python3.13", "python3.12")


def _runs(python: str, minor: int) -> bool:
    """Return whether `python` is there and at least 3.`minor`."""
    check = f"import sys, venv; sys.exit(sys.version_info < (3, {minor}))"
    return shutil.which(python) is not None and not (
        subprocess.run([python, "-c", check], check=False, capture_output=True).returncode
    )


PEERS = (
    # Its parser of requests breaks at start with newer tree-sitter.
    Peer("posting", ("posting", "tree-sitter<0.26"), "Collection"),
    Peer("dooit", ("dooit",), "Workspaces"),
    Peer("harlequin", ("harlequin",), "main", ("-a", "sqlite")),
    Peer("bagels", ("bagels",), "Accounts", python=13),
)


def main() -> int:
    """Install those that are missing; what cannot be installed is named and left out."""
    missing = [peer.name for peer in PEERS if not (peer.installed() or peer.install())]
    if missing:
        print(f"not installed: {', '.join(missing)}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
