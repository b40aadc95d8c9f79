"""Where a meeting stands, pure: whose turn it is, what is decided, how long is left.

No store and no clock: `live.py` saves each step, and the screen tells how many seconds went by.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from schema.words import AgreementOwner, Outcome


@dataclass(frozen=True, slots=True)
class Action:
    """Something agreed in the meeting: what, who, by when."""

    text: str
    owner: AgreementOwner = AgreementOwner.SUPERVISOR
    owner_id: str | None = None
    due: date | None = None
    id: str = ""
    """The agreement's, once it is saved."""


@dataclass(frozen=True, slots=True)
class Stand:
    """How far the meeting has come with one doctor."""

    outcome: Outcome | None = None
    text: str = ""
    shown: bool = False
    """Whether the page has been on the screen of this meeting."""
    actions: tuple[Action, ...] = ()
    seconds: float = 0.0

    @property
    def settled(self) -> bool:
        """Whether there is an outcome that needs nobody to come back to it."""
        return self.outcome is not None and self.outcome is not Outcome.COME_BACK


NOTHING = Stand()


@dataclass(frozen=True, slots=True)
class State:
    """The whole meeting."""

    order: tuple[str, ...]
    """Training ids; whoever comes up twice in a list comes up once here."""
    at: str = ""
    """Whose page is on the screen; empty for a meeting about nobody."""
    stands: Mapping[str, Stand] = field(default_factory=dict)
    minutes: int = 120
    """How long the meeting may take."""
    elapsed: float = 0.0
    """Seconds it has taken, breaks not counted."""

    def stand(self, training_id: str) -> Stand:
        """Return how far it has come with one doctor."""
        return self.stands.get(training_id, NOTHING)

    @property
    def here(self) -> Stand:
        """How far it has come with the doctor on the screen."""
        return self.stand(self.at)

    @property
    def position(self) -> int:
        """Whose turn it is, from 1; 0 in a meeting about nobody."""
        return self.order.index(self.at) + 1 if self.at in self.order else 0

    @property
    def left(self) -> tuple[str, ...]:
        """Those without an outcome, or to come back to, in their order."""
        return tuple(id for id in self.order if not self.stand(id).settled)

    @property
    def seconds_left(self) -> float:
        """Seconds until the planned end; below nothing when it has passed."""
        return self.minutes * 60 - self.elapsed

    @property
    def seconds_each(self) -> float:
        """Seconds for each of those left, when the time is shared alike."""
        return max(0.0, self.seconds_left) / len(self.left) if self.left else 0.0


def begin(order: Collection[str], *, minutes: int = 120, at: str = "") -> State:
    """Return a meeting that begins, or that goes on with the doctor `at`."""
    unique = tuple(dict.fromkeys(order))
    first = at if at in unique else (unique[0] if unique else "")
    return State(order=unique, at=first, minutes=minutes)


def change(state: State, training_id: str, **values: object) -> State:
    """Return the state with other values for one doctor; an unknown one changes nothing."""
    if training_id not in state.order:
        return state
    stand = replace(state.stand(training_id), **values)  # type: ignore[arg-type]
    return replace(state, stands={**state.stands, training_id: stand})


def go(state: State, training_id: str) -> State:
    """Return the state with another doctor on the screen."""
    return replace(state, at=training_id) if training_id in state.order else state


def after(state: State) -> str:
    """Return whose turn comes next. Empty when everyone is settled.

    First everybody comes up once, in the order; then those who were left, or are to come back.
    """
    place = state.position
    rest = [*state.order[place:], *state.order[: max(0, place - 1)]]
    unseen = [id for id in rest if not state.stand(id).shown]
    if unseen:
        # Within the first round the next in the order, also when it was decided in a bulk.
        return rest[0] if place < len(state.order) else unseen[0]
    return next((id for id in rest if not state.stand(id).settled), "")


def before(state: State) -> str:
    """Return who stands before in the order; empty for the first."""
    place = state.position
    return state.order[place - 2] if place > 1 else ""


def may_be_bulked(state: State, among: Collection[str]) -> tuple[str, ...]:
    """Return those who may be decided *på spår* together: proposed for it (`among`), shown in
    this meeting, and not decided."""
    return tuple(
        id for id in state.order
        if id in among and state.stand(id).shown and state.stand(id).outcome is None
    )  # fmt: skip


def tick(state: State, seconds: float) -> State:
    """Return the state after so many seconds with the doctor on the screen.

    A laptop that slept for an hour did not hold a meeting: a step of more than ten minutes, or
    backwards, is not counted.
    """
    if not 0 < seconds <= 600:
        return state
    moved = replace(state, elapsed=state.elapsed + seconds)
    return change(moved, state.at, seconds=state.here.seconds + seconds)
