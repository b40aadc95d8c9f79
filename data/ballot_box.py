"""The box that evaluations wait in until five can be let out together.

An evaluation that went straight into the records would be tied to its author by two backups: one
made before, one after. So it lies outside the records, in a file of its own that no backup, export
or bundle takes along, and only a batch of at least five of the same kind goes into the records,
in random order and with its answers dealt anew, question by question (docs/evaluation.md).

The box is written whole each time, padded to one size, dated to one day, and sealed under a key
that lies in the records: without the passphrase nobody reads it.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from data.atomic import write_atomic
from data.places import private_folder, state_folder
from schema.columns import canonical, cleaned
from schema.fault import Fault
from schema.identity import random_id
from schema.periods import half_years, span
from schema.tables import Evaluation
from schema.words import SectionCode

if TYPE_CHECKING:
    from data.store import Store
    from data.work import Work

FEWEST = 5
"""Evaluations let out together, and answers shown, at least."""
AUTHOR = "evaluation"
"""Who seals: nobody, by design."""
_KEY = "ballot_key"
_BLOCK = 64 * 1024
_MOST = 16 * 1024 * 1024
_NONCE = 12
_RANDOM = secrets.SystemRandom()


@dataclass(frozen=True)
class Ballot:
    """One evaluation that waits. It holds no day, no author and no trainee."""

    unit_id: str | None
    section: str
    period: str
    instrument_id: str
    instrument_version: str
    about: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    id: str = field(default_factory=random_id)

    @property
    def kind(self) -> tuple[str, ...]:
        """What must be the same of those that are let out together."""
        return (
            self.unit_id or "", self.section, self.about, self.instrument_id,
            self.instrument_version,
        )  # fmt: skip


@dataclass(frozen=True)
class Cast:
    """What became of an evaluation: how many of its kind wait now, and how many were let out."""

    waiting: int
    let_out: int


def cast(store: Store, ballot: Ballot, *, folder: Path | None = None) -> Cast:
    """Seal an evaluation: put it in the box, and let out its batch when there are five.

    Raises:
        Fault: `evaluations.box` when the box cannot be written, and `store.*`; nothing is then
            kept of it.
    """
    # The writing transaction also keeps two windows from writing the box at one time.
    with store.work(AUTHOR) as work:
        box = _Box(work, folder)
        waiting = [*_still_waiting(work, box.read()), ballot]
        batch = [one for one in waiting if one.kind == ballot.kind]
        box.write(waiting)
        if len(batch) < FEWEST:
            return Cast(len(batch), 0)
        _add(work, batch)
    # The rows are there: what a crash leaves in the box until the next time is known by its id.
    with contextlib.suppress(Fault):
        box.write([one for one in waiting if one.kind != ballot.kind])
    return Cast(0, len(batch))


def settle(store: Store, *, folder: Path | None = None) -> int:
    """Let out what a crash has left in the box although five were there; return how many.

    Raises:
        Fault: `store.*`.
    """
    with store.read() as work:
        if max(waiting(work, folder=folder).values(), default=0) < FEWEST:
            return 0
    with store.work(AUTHOR) as work:
        box = _Box(work, folder)
        left = _still_waiting(work, box.read())
        batches = [[one for one in left if one.kind == kind] for kind in {o.kind for o in left}]
        ready = [batch for batch in batches if len(batch) >= FEWEST]
        for batch in ready:
            _add(work, batch)
    out = {one.id for batch in ready for one in batch}
    with contextlib.suppress(Fault):
        box.write([one for one in left if one.id not in out])
    return len(out)


def _add(work: Work, batch: Sequence[Ballot]) -> None:
    for row in dealt(batch):
        work.session.add(row)


def dealt(batch: Sequence[Ballot]) -> list[Evaluation]:
    """Return the batch as rows, in random order, with the answers to each question dealt anew.

    How often each answer was given stays the same; no row is one person's any more. All get the
    span of their periods.
    """
    period = span(one.period for one in batch)
    rows = [
        Evaluation(
            id=one.id,
            unit_id=one.unit_id,
            section=SectionCode(one.section),
            period=period,
            about=one.about,
            instrument_id=one.instrument_id,
            instrument_version=one.instrument_version,
        )
        for one in batch
    ]
    _RANDOM.shuffle(rows)
    hands: list[dict[str, Any]] = [{} for _ in rows]
    for question in sorted({name for one in batch for name in one.answers}):
        places = _RANDOM.sample(range(len(rows)), len(rows))
        given = [one.answers[question] for one in batch if question in one.answers]
        for place, answer in zip(places, given, strict=False):
            hands[place][question] = answer
    for row, hand in zip(rows, hands, strict=True):
        row.answers = hand
    return rows


def waiting(work: Work, *, folder: Path | None = None) -> dict[tuple[str, ...], int]:
    """Return how many evaluations of each kind (`Ballot.kind`) wait in the box."""
    found = _still_waiting(work, _Box(work, folder).read())
    return dict(Counter(one.kind for one in found))


def counts(work: Work, *, folder: Path | None = None) -> dict[tuple[str, str], int]:
    """Return how many evaluations of a placement there are by (unit, half-year), those that wait
    among them. One whose period spans several half-years may be of any of them."""
    total: Counter[tuple[str, str]] = Counter()
    let_out = select(Evaluation.unit_id, Evaluation.period).where(
        col(Evaluation.unit_id).is_not(None)
    )
    found = [(unit, period) for unit, period in work.session.exec(let_out)]
    found += [
        (one.unit_id, one.period)
        for one in _still_waiting(work, _Box(work, folder).read())
        if one.unit_id
    ]
    for unit, period in found:
        total.update((unit or "", half) for half in half_years(period))
    return dict(total)


def _still_waiting(work: Work, ballots: Sequence[Ballot]) -> list[Ballot]:
    """Return those that are not among the records: a crash may have left some in the box."""
    if not ballots:
        return []
    ids = [one.id for one in ballots]
    out = set(work.session.exec(select(Evaluation.id).where(col(Evaluation.id).in_(ids))))
    return [one for one in ballots if one.id not in out]


class _Box:
    """The file that evaluations wait in."""

    def __init__(self, work: Work, folder: Path | None) -> None:
        file_id = work.fact("file_id")
        self.path = (folder or state_folder() / "utvarderingar") / f"{file_id}.box"
        self._about = file_id.encode()
        self._work = work
        self._known: Any = None
        """The cipher, once it is known: the box is written after the work has ended, too."""
        self._foreign = False
        """Whether what lies there cannot be opened with these records."""

    def _cipher(self, *, make: bool) -> Any:
        # 40 ms to import; only those who evaluate need it.
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        if self._known is None:
            key = self._work.fact(_KEY)
            if not key and make:
                key = base64.b64encode(secrets.token_bytes(32)).decode()
                self._work.set_fact(_KEY, key)
            self._known = AESGCM(base64.b64decode(key)) if key else None
        return self._known

    def read(self) -> list[Ballot]:
        """Return what waits. A box that cannot be opened (the records were put back to an earlier
        day) holds nothing for us."""
        try:
            if not 0 < self.path.stat().st_size <= _MOST:
                return []
            sealed = self.path.read_bytes()
        except OSError:
            return []
        # 40 ms and 9 MB: every first page counts what waits, and mostly nothing does.
        from cryptography.exceptions import InvalidTag

        cipher = self._cipher(make=False)
        self._foreign = True
        if cipher is None:
            return []
        try:
            content = cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], self._about)
            found: list[Mapping[str, Any]] = json.loads(content.rstrip(b"\0"))
            ballots = [Ballot(**one) for one in found]
        except (InvalidTag, ValueError, TypeError):
            return []
        self._foreign = False
        return ballots

    def write(self, ballots: Sequence[Ballot]) -> None:
        """Write the box anew, in random order.

        Raises:
            Fault: `evaluations.box`.
        """
        shuffled = _RANDOM.sample(list(ballots), len(ballots))
        content = canonical([cleaned(asdict(one)) for one in shuffled]).encode()
        content += b"\0" * (-len(content) % _BLOCK)
        nonce = secrets.token_bytes(_NONCE)
        sealed = nonce + self._cipher(make=True).encrypt(nonce, content, self._about)
        try:
            private_folder(self.path.parent)
            if self._foreign:
                # Nothing is thrown away: the records it belongs to may be put back again.
                self.path.replace(self.path.with_suffix(f".{secrets.token_hex(4)}"))
                self._foreign = False
            write_atomic(self.path, sealed)
            # When somebody last answered is nobody's business.
            os.utime(self.path, (0, 0))
        except OSError as error:
            raise Fault("evaluations.box", exit_code=3, path=str(self.path.parent)) from error
