"""A meeting that is being held: every step is saved before the next, and it may die at any key.

Decisions and actions are records. What is only of this moment (whose page is up, the clock, what
is half typed) is the meeting's draft, which belongs to this file alone and fills no history. A
meeting that is opened again goes on with the same doctor, with the words that were being typed.

Two windows cannot hold one meeting at a time: the one that opened it last holds it, and the other
is told at its next key (`kollegium.other_window`), before it writes anything.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from at_tui.kollegium import stands, turns
from at_tui.kollegium.stands import draft_key
from at_tui.kollegium.turns import Action, Stand, State
from schema.fault import Fault
from schema.text import LINE, NOTE, clean
from schema.words import AgreementOwner, LockStatus, Meaning, Outcome

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.store import Store
    from data.work import Work
    from schema.tables import Decision, Kollegium

MOST_UNDO = 50


class Live:
    """A meeting in progress. Make it with `Live.open`; every method that changes anything has
    saved it when it returns.

    Raises, from every such method:
        Fault: `kollegium.other_window`, when another window has opened the meeting since;
            `kollegium.closed`; `store.stale` and other `store.*`. Nothing is changed then.
    """

    def __init__(
        self, store: Store, meeting: Kollegium, author: str, on: date, window: str
    ) -> None:
        self.meeting = meeting
        self.state = State(())
        self.typed = ""
        """The decision's text as it is being typed for the doctor on the screen."""
        self.half: dict[str, str] = {}
        """The fields of an action that is being typed."""
        self._store, self._author, self._on, self._window = store, author, on, window
        self._decisions: dict[str, Decision] = {}
        self._undo: list[list[tuple[str, Stand]]] = []

    @classmethod
    def open(
        cls, store: Store, meeting_id: str, *, author: str, on: date, window: str = ""
    ) -> Live:
        """Open a meeting, or go on with it where it stood, and take it over from other windows.

        Args:
            author: Id of the person at the keyboard.
            on: The day.
            window: A name that no other window has; made up when it is left out.

        Raises:
            Fault: `store.no_record`; `kollegium.no_list` when nobody is to be taken up
                (see `open_list`).
        """
        from schema.tables import Kollegium

        with store.work(author) as work:
            meeting = work.need(Kollegium, meeting_id)
            if not meeting.training_ids:
                raise Fault("kollegium.no_list", exit_code=2)
            live = cls(store, meeting, author, on, window or uuid.uuid4().hex)
            live._read(work)
            if meeting.closed_on is None:
                live._keep(work)
        if meeting.closed_on is None:
            live.show()
        return live

    # What the screen shows

    @property
    def closed(self) -> bool:
        return self.meeting.closed_on is not None

    @property
    def can_undo(self) -> bool:
        return bool(self._undo)

    def decision(self, training_id: str) -> Decision | None:
        """Return the record of what is decided about a doctor, or None."""
        return self._decisions.get(training_id)

    # Whose turn it is

    def show(self) -> None:
        """Note that the page on the screen has been shown in this meeting."""
        if self.state.here.shown or not self.state.at:
            return
        with self._step() as work:
            self._write(work, self.state.at, replace(self.state.here, shown=True))

    def go(self, training_id: str) -> None:
        """Put another doctor on the screen, and note that the page has been shown.

        What was typed is saved with the doctor it was typed for.
        """
        if training_id not in self.state.order:
            return
        with self._step() as work:
            self._settle_text(work)
            self.state = turns.go(self.state, training_id)
            if not self.state.here.shown:
                self._write(work, training_id, replace(self.state.here, shown=True))
            self.typed, self.half = self.state.here.text, {}

    def next(self) -> bool:
        """Go to whose turn it is; False when everyone is settled."""
        to = turns.after(self.state)
        if to:
            self.go(to)
        else:
            self.settle_text()
        return bool(to)

    def back(self) -> bool:
        """Go to the one before in the order; False at the first."""
        to = turns.before(self.state)
        if to:
            self.go(to)
        return bool(to)

    # What is decided

    def decide(self, outcome: Outcome | None) -> None:
        """Set the outcome of the doctor on the screen; None takes it away."""
        here = self.state.here
        if here.outcome is outcome and here.text == self._words(self.typed):
            return
        with self._step() as work:
            self._remember([self.state.at])
            stand = replace(self.state.here, outcome=outcome, text=self._words(self.typed))
            self._write(work, self.state.at, stand)

    def come_back(self) -> None:
        """Leave the doctor on the screen for later in the meeting (*återkom*)."""
        self.decide(Outcome.COME_BACK)

    def write(self, text: str) -> None:
        """Keep what is being typed: one call a key. It is saved as the moment's draft."""
        before, self.typed = self.typed, text[:NOTE]
        try:
            with self._step():
                pass
        except BaseException:
            self.typed = before
            raise

    def settle_text(self) -> None:
        """Save what was typed with the decision (Enter, or leaving the field)."""
        if self._words(self.typed) == self.state.here.text:
            return
        with self._step() as work:
            self._remember([self.state.at])
            self._settle_text(work)

    def bulk_on_track(self, among: Collection[str]) -> tuple[str, ...]:
        """Decide *på spår* for all those of `among` whose page has been shown and who have no
        outcome; return them."""
        chosen = turns.may_be_bulked(self.state, among)
        if not chosen:
            return ()
        with self._step() as work:
            self._remember(chosen)
            for training_id in chosen:
                stand = replace(self.state.stand(training_id), outcome=Outcome.ON_TRACK)
                self._write(work, training_id, stand)
        return chosen

    # What is agreed

    def half_typed(self, **fields: str) -> None:
        """Keep the fields of an action that is being typed."""
        before, self.half = self.half, {k: v[:LINE] for k, v in fields.items()}
        try:
            with self._step():
                pass
        except BaseException:
            self.half = before
            raise

    def agree(
        self,
        text: str,
        owner: AgreementOwner = AgreementOwner.SUPERVISOR,
        *,
        owner_id: str | None = None,
        due: date | None = None,
    ) -> None:
        """Add an action for the doctor on the screen.

        Raises:
            Fault: `kollegium.action_empty`, `kollegium.action_back` (due before the meeting).
        """
        words = clean(text, one_line=True)[:LINE]
        if not words:
            raise Fault("kollegium.action_empty", exit_code=2)
        if due is not None and due < self.meeting.day:
            raise Fault("kollegium.action_back", exit_code=2, due=due)
        with self._step() as work:
            self._remember([self.state.at])
            here = self.state.here
            added = (*here.actions, Action(words, owner, owner_id, due))
            self._write(work, self.state.at, replace(here, actions=added))
            self.half = {}

    def drop(self, action_id: str) -> None:
        """Take away an action that was added in this meeting."""
        kept = tuple(a for a in self.state.here.actions if a.id != action_id)
        if len(kept) == len(self.state.here.actions):
            return
        with self._step() as work:
            self._remember([self.state.at])
            self._write(work, self.state.at, replace(self.state.here, actions=kept))

    def settle_action(self, agreement_id: str, *, done: bool) -> None:
        """Say of an action of an earlier meeting whether it is done."""
        from at_tui.kollegium.after import settle

        with self._step() as work:
            settle(work, agreement_id, done_on=self._on if done else None)

    # The meeting itself

    def keep(self, **values: object) -> None:
        """Save who is there (`attendance`), the chair or a note with the meeting."""
        with self._step() as work:
            self.meeting = work.save(self._meeting(work, **values))
            work.flush()

    # Time

    def tick(self, seconds: float) -> None:
        """Count seconds with the doctor on the screen; saved at the next key, or by `pause`."""
        self.state = turns.tick(self.state, seconds)

    def pause(self) -> None:
        """Save what was typed and how long it has taken, before a break."""
        with self._step() as work:
            self._settle_text(work)

    # Back, and the end

    def undo(self) -> bool:
        """Take back the latest decision, text, action or bulk; False when there is nothing left.

        Only what was done since this window opened the meeting.
        """
        if not self._undo:
            return False
        with self._step() as work:
            for training_id, stand in self._undo[-1]:
                now = self.state.stand(training_id)
                self._write(work, training_id, replace(stand, shown=now.shown, seconds=now.seconds))
            at = self._undo[-1][0][0]
            self.state = turns.go(self.state, at)
            self.typed, self.half = self.state.here.text, {}
        self._undo.pop()
        return True

    def close(self, *, signer_id: str, signer_name: str, signer_title: str = "") -> None:
        """End the meeting: every decision is signed by the chair and locked.

        Those who were not decided, or were to come back, are left without an outcome and stand in
        the minutes as not decided. Check the PIN first (`data.signing.check_pin`).
        """
        from data.signing import sign

        with self._step() as work:
            self._settle_text(work)
            for training_id in self.state.order:
                decision = self._decisions.get(training_id)
                if decision is None or decision.status != LockStatus.DRAFT:
                    continue
                sign(
                    work,
                    decision,
                    signer_id=signer_id,
                    signer_name=signer_name,
                    signer_title=signer_title,
                    meaning=Meaning.CERTIFIES,
                )
            self.meeting = work.save(self._meeting(work, closed_on=self._on))
            work.drop_draft(draft_key(self.meeting.id))

    # Saving

    @contextmanager
    def _step(self) -> Iterator[Work]:
        """Yield a unit of work that also saves the moment; put everything back if it fails."""
        if self.closed:
            raise Fault("kollegium.closed")
        before = (self.state, self.typed, self.half, dict(self._decisions), self.meeting,
                  list(self._undo))  # fmt: skip
        try:
            with self._store.work(self._author) as work:
                kept = work.draft(draft_key(self.meeting.id)) or {}
                if kept.get("window") != self._window:
                    raise Fault("kollegium.other_window")
                yield work
                if not self.closed:
                    self._keep(work)
        except BaseException:
            (self.state, self.typed, self.half, self._decisions, self.meeting,
             self._undo) = before  # fmt: skip
            raise

    def _keep(self, work: Work) -> None:
        seconds = {id: round(s.seconds, 1) for id, s in self.state.stands.items() if s.seconds}
        work.keep_draft(
            draft_key(self.meeting.id),
            {
                "window": self._window,
                "at": self.state.at,
                "elapsed": round(self.state.elapsed, 1),
                "seconds": seconds,
                "typed": self.typed,
                "base": self.state.here.text,
                "half": self.half,
            },
        )

    def _read(self, work: Work) -> None:
        moment: dict[str, Any] = work.draft(draft_key(self.meeting.id)) or {}
        self.state, self._decisions = stands.read(work, self.meeting, moment)
        # Words for someone else than the doctor on the screen can only come from a damaged draft.
        mine = bool(self.state.at) and self.state.at == moment.get("at")
        self.typed = _joined(moment, self.state.here.text) if mine else self.state.here.text
        self.half = dict(moment.get("half", {})) if mine else {}

    def _settle_text(self, work: Work) -> None:
        words = self._words(self.typed)
        if self.state.at and words != self.state.here.text:
            self._write(work, self.state.at, replace(self.state.here, text=words))

    def _write(self, work: Work, training_id: str, stand: Stand) -> None:
        """Save how it stands with one doctor: the decision, and its actions."""
        saved, self._decisions[training_id] = stands.write(
            work,
            self.meeting,
            training_id,
            stand,
            known=self._decisions.get(training_id),
            before=self.state.stand(training_id).actions,
            on=self._on,
        )
        self.state = replace(self.state, stands={**self.state.stands, training_id: saved})

    def _remember(self, training_ids: Collection[str]) -> None:
        step = [(id, self.state.stand(id)) for id in training_ids]
        self._undo = [*self._undo[-MOST_UNDO + 1 :], step]

    def _meeting(self, work: Work, **values: object) -> Kollegium:
        from schema.tables import Kollegium

        # As it is kept now: whom one has reminded may have been noted elsewhere meanwhile.
        now = work.need(Kollegium, self.meeting.id)
        return Kollegium(**{**now.model_dump(), **values})

    def _words(self, typed: str) -> str:
        return clean(typed)[:NOTE]


def _joined(moment: Mapping[str, Any], saved: str) -> str:
    """Return the words to go on typing, given what was being typed and what is saved by now.

    When both have changed (another laptop has decided meanwhile) both are kept.
    """
    typed, base = str(moment.get("typed", "")), str(moment.get("base", ""))
    if typed == base:
        return saved
    return typed if saved in (base, "") else f"{saved}\n{typed}"
