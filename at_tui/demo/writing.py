"""Make a demo file: the organisation first, then one doctor in training after the other."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from at_tui.beginnings import CURRICULA, LAW
from at_tui.demo import (
    away,
    block,
    certificates,
    judgements,
    meetings,
    observations,
    recruiting,
    sessions,
    teaching,
)
from at_tui.demo.cast import Character, Size, everyone
from at_tui.demo.chance import Chance
from at_tui.demo.life import Life
from at_tui.demo.organisation import Organisation, organisation
from data.content import heads, load_curricula, load_instruments
from data.node import NodeMemory
from data.opening import create, open_store, unlock
from schema.tables import Decision, Kollegium, Signature, Trainee, Training
from schema.text import sort_key
from schema.words import Kind, LockStatus

if TYPE_CHECKING:
    from data.store import Store
    from data.work import Work
    from schema.content.curriculum import Curriculum

REFERENCE_DAY = date(2026, 11, 24)
"""The day of pictures, tests and benchmarks."""
PROGRAMME = {Kind.AT: "dalarna", Kind.BT: "bt-dalarna"}
NORM_MONTHS = {Kind.AT: 21, Kind.BT: 12}
AUTHOR = "demo"
AT_A_TIME = 8
"""Doctors in training per commit: few enough that memory stays small."""

Progress = Callable[[int, int], None]


def write_demo(
    path: Path,
    size: Size,
    *,
    seed: int = 1,
    on: date = REFERENCE_DAY,
    passphrase: str | None = None,
    progress: Progress | None = None,
) -> None:
    """Make a file of invented records at `path`, marked as a demo.

    The same size, seed and day give the same records with the same ids, and the same history.
    Only the file's own id is new.

    Args:
        path: Where; nothing may lie there.
        on: The day it shall look as of: what is recorded lies behind it.
        passphrase: Encrypts the file, for measurements; demos are not encrypted.
        progress: Called with how many are done, of how many.

    Raises:
        Fault: `store.exists`, `store.folder_not_writable`. Nothing is left behind when it fails.
    """
    create(path, passphrase=passphrase, demo=True)
    try:
        _fill(path, size, seed, on, passphrase, progress)
    except BaseException:
        for left in path.parent.glob(f"{path.name}*"):
            left.unlink(missing_ok=True)
        raise


class _SameNode(NodeMemory):
    """Writes under a node of the seed's: its id is part of every version's. Whoever opens the
    file later gets a node of their own, as with any copy."""

    def __init__(self, path: Path, node: str) -> None:
        super().__init__(path)
        self._same = node

    def node_for(self, file_id: str, node_in_file: str, seq_in_file: int) -> str:
        """Return the seed's node."""
        return self._same


def _fill(
    path: Path, size: Size, seed: int, on: date, passphrase: str | None, progress: Progress | None
) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        # What this computer remembers of the files it has written is for real ones.
        memory = _SameNode(Path(scratch) / "nodes.json", Chance("node", seed).record_id(on))
        store = open_store(path, unlock(path, passphrase=passphrase), memory=memory)
        try:
            _fill_store(store, size, seed, on, progress)
        finally:
            store.close()


def _fill_store(store: Store, size: Size, seed: int, on: date, progress: Progress | None) -> None:
    who = everyone(size, seed, on)
    first = min(block.start_of(one, on) for one in who)
    small = size in (Size.ONE, Size.CLINIC)
    places = organisation(seed, first - timedelta(days=60), centres=1 if small else 12)
    at = datetime.combine(on, time(), UTC)
    chance = Chance("kollegium", seed)
    # BT has no kollegium here.
    earliest = min(block.start_of(one, on) for one in who if one.kind is Kind.AT)
    held = judgements.kollegier(chance, earliest, on)
    series = meetings.series(chance, places, min(first, on))
    meetings.furnish(chance, held, series, places)
    decided: dict[str, list[str]] = {}
    with store.work(AUTHOR, at=at) as work:
        work.add_all([*places.records, series])
        work.flush()
        work.add_all(held)
        work.add_all(observations.unit_responses(places, seed, on))
        if not small:
            work.add_all(recruiting.rounds(seed, first, on))
        owner = places.centres[0].staff[0] if small else places.director
        work.set_fact("owner_id", owner.id)
    for begin in range(0, len(who), AT_A_TIME):
        with store.work(AUTHOR, at=at) as work:
            for one in who[begin : begin + AT_A_TIME]:
                life = live(one, places, held, seed=seed, on=on)
                _write(work, life)
                for record in life.records:
                    if isinstance(record, Decision):
                        decided.setdefault(record.kollegium_id, []).append(record.training_id)
        if progress is not None:
            progress(min(begin + AT_A_TIME, len(who)), len(who))
    with store.work(AUTHOR, at=at) as work:
        meetings.close(work, chance, held, decided)


def live(
    character: Character,
    places: Organisation,
    kollegier: list[Kollegium],
    *,
    seed: int,
    on: date,
) -> Life:
    """Return everything that has happened to one doctor in training, as of the day `on`."""
    chance = Chance("life", seed, character.number)
    start = block.start_of(character, on)
    found, leave = block.spans(character, start)
    end = found[-1][1]
    centre = places.centres[character.number % len(places.centres)]
    kind = character.kind
    curriculum = load_curricula()[CURRICULA[kind]]
    trainee = _trainee(character, chance, start)
    training = _training(trainee, chance, curriculum, start, end, on, kind)
    training.main_supervisor_id = block.main_supervisor(character, centre).id
    stays = block.stays(character, found, training.id, places, chance)
    for stay in stays:
        if stay.lacks(on) == "unnamed":
            stay.placement.supervisor_id = None
    life = Life(
        seed, on, character, trainee, training, stays, places,
        load_instruments(), curriculum,
    )  # fmt: skip
    life.add(trainee, training, *(stay.placement for stay in life.stays))
    away.add_absences(life, leave)
    sessions.add_sessions(life)
    observations.add_observations(life)
    judgements.add_goal_marks(life)
    teaching.add_teaching(life)
    teaching.add_introductions(life)
    if kind is Kind.BT:
        # Talks by the month, exam, account and kollegium are the AT plan's.
        return life
    teaching.add_talks(life)
    teaching.add_exam(life)
    teaching.add_account(life)
    judgements.add_decisions(life, kollegier)
    judgements.add_support_plan(life)
    certificates.add_certificates(life)
    return life


def _trainee(character: Character, chance: Chance, start: date) -> Trainee:
    address = sort_key(character.name).replace(" ", ".").encode("ascii", "ignore").decode()
    return Trainee(
        id=chance.record_id(start),
        name=character.name,
        personnummer=character.personnummer,
        email=f"{address}@exempel.invalid",
        # A number that the Swedish telecom agency keeps for books and films.
        phone=f"070-174 06 {5 + character.number % 95:02d}",
        start_group=f"{'VT' if start.month < 7 else 'HT'} {start.year}",
        degree_on=start - timedelta(days=chance.whole(40, 260)),
        degree_place=chance.one(["Uppsala", "Umeå", "Örebro", "Stockholm", "Göteborg", "Gdańsk"]),
    )


def _training(
    trainee: Trainee, chance: Chance, curriculum: Curriculum, start: date, end: date, on: date,
    kind: Kind,
) -> Training:  # fmt: skip
    versions = {head.id: head.version for head in heads("programme")}
    programme = PROGRAMME[kind] if PROGRAMME[kind] in versions else LAW[kind]
    return Training(
        id=chance.record_id(start),
        trainee_id=trainee.id,
        kind=kind,
        programme_id=programme,
        programme_version=versions.get(programme, ""),
        curriculum_id=curriculum.id,
        curriculum_version=curriculum.version,
        start=start,
        end=end,
        norm_months=NORM_MONTHS[kind],
        ended_on=end if on - end > timedelta(days=30) else None,
        ended_reason="slutförd" if on - end > timedelta(days=30) else "",
        completed=True if on - end > timedelta(days=30) else None,
    )


def _write(work: Work, life: Life) -> None:
    work.add_all(life.records)
    # Sealed evaluations are no records: they have no author and no place in the history.
    work.add_all(_as_any(life.evaluations))
    work.flush()
    work.add_all(
        [
            Signature(
                id=one.id,
                record_kind=type(one.record).__name__,
                record_id=one.record.id,
                version_id=work.version_written(one.record.id),
                signer_id=one.signer.id,
                signer_name=one.signer.name,
                signer_title=getattr(one.signer, "title", ""),
                meaning=one.meaning,
                at=one.at,
                delegated_by=one.delegated_by,
            )
            for one in life.signings
        ]
    )
    work.flush()
    for record, status, reason in life.afterwards:
        record.status = status
        record.void_reason = reason if status is LockStatus.VOIDED else ""
    work.flush()


def _as_any(records: object) -> Any:
    return records
