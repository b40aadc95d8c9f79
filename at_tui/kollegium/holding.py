"""What a meeting is held with: its doctors in their order, their pictures, and who can do what.

Read and judged once, in a thread, before the first page is shown; a picture is worked out when it
is first asked for, so that no key waits for sixty of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from at_tui.kind_words import of_kind
from at_tui.kollegium.cohort import cases_of
from at_tui.kollegium.judging import Progress, judge_all
from at_tui.kollegium.picture import ActionLine, Picture, picture_of
from at_tui.kollegium.sources import Sources
from at_tui.kollegium.triage import GROUPS, Triage, triage
from at_tui.language import text
from schema.text import sort_key
from schema.words import AgreementOwner, Kind, Outcome

# Table classes bring SQLModel, 0.6 to 1.2 s: only for typing here.
if TYPE_CHECKING:
    from at_tui.kollegium.case import Case
    from data.kollegium_shelf import Shelf
    from data.store import Store
    from schema.tables import Kollegium


@dataclass(frozen=True, slots=True)
class Owner:
    """One who can be given an action."""

    key: str
    """What a form keeps of the choice."""
    words: str
    kind: AgreementOwner
    person_id: str | None = None


class Room:
    """A meeting with everything that is shown in it.

    Args:
        cases: In the order of the meeting; in the proposed order when it has no list yet.
    """

    def __init__(self, meeting: Kollegium, shelf: Shelf, cases: Sequence[Case]) -> None:
        self.meeting = meeting
        self.shelf = shelf
        self.cases = {case.binder.id: case for case in cases}
        self._pictures: dict[str, Picture] = {}
        self._sorted: dict[str, Triage] = {}

    @property
    def order(self) -> tuple[str, ...]:
        """Training ids in order."""
        return tuple(self.cases)

    @property
    def opened(self) -> bool:
        """Whether the meeting has its list, and its evidence is frozen."""
        return bool(self.meeting.training_ids)

    def name(self, training_id: str) -> str:
        """Return the doctor's name; empty when the training is gone."""
        case = self.cases.get(training_id)
        return case.binder.name if case else ""

    def sorting(self, training_id: str) -> Triage:
        """Return which group the rules put a doctor in, and why.

        Raises:
            KeyError: the training is not in the room.
        """
        if training_id not in self._sorted:
            self._sorted[training_id] = triage(self.cases[training_id])
        return self._sorted[training_id]

    def group(self, training_id: str) -> Outcome:
        """Return which group the rules put a doctor in; *tunt underlag* when there is nothing."""
        if training_id not in self.cases:
            return Outcome.THIN_EVIDENCE
        return self.sorting(training_id).group

    def picture(self, training_id: str) -> Picture | None:
        """Return a doctor's page; never a word of a stödplan. None when the training is gone."""
        if training_id not in self._pictures and training_id in self.cases:
            self._pictures[training_id] = picture_of(self.cases[training_id])
        return self._pictures.get(training_id)

    def kind_of(self, training_id: str) -> str:
        """Return whether a doctor's training is AT or BT; AT when it is gone."""
        case = self.cases.get(training_id)
        return str(case.binder.training.kind) if case else Kind.AT

    def settled(self, training_id: str, agreement_id: str, done_on: date | None) -> None:
        """Show an action of an earlier meeting as done, or as open again."""
        picture = self.picture(training_id)
        if picture is None or picture.last is None:
            return

        def mended(actions: Iterable[ActionLine]) -> tuple[ActionLine, ...]:
            return tuple(
                replace(
                    each,
                    done_on=done_on,
                    dropped_on=None,
                    late=done_on is None and each.due is not None and each.due < picture.on,
                )
                if each.agreement_id == agreement_id
                else each
                for each in actions
            )

        last = replace(
            picture.last,
            actions=mended(picture.last.actions),
            older=mended(picture.last.older),
        )
        self._pictures[training_id] = replace(picture, last=last)

    def on_track(self) -> set[str]:
        """Return those whom the rules propose as *på spår*."""
        return {id for id in self.cases if self.group(id) is Outcome.ON_TRACK}

    @cached_property
    def _everybody(self) -> list[Owner]:
        """Everyone in the register: sorting them takes 8 ms, which every page would wait for."""
        people = sorted(self.shelf.people.values(), key=lambda p: (sort_key(p.name), p.id))
        return [Owner(f"person:{p.id}", p.name, AgreementOwner.OTHER, p.id) for p in people]

    def owners(self, training_id: str) -> list[Owner]:
        """Return who can be given an action about a doctor: the nearest first, then everybody."""
        case = self.cases.get(training_id)
        stay = case.placement if case else None
        kind = self.kind_of(training_id)
        near: list[Owner] = [
            _role(
                AgreementOwner.SUPERVISOR, self.shelf, stay.supervisor_id if stay else None, kind
            ),
            _role(AgreementOwner.TRAINEE, self.shelf, None, kind),
            _role(AgreementOwner.DIRECTOR, self.shelf, None, kind),
        ]
        taken = {each.person_id for each in near}
        return near + [each for each in self._everybody if each.person_id not in taken]


def _role(owner: AgreementOwner, shelf: Shelf, person_id: str | None, kind: str) -> Owner:
    words, name = of_kind(text(f"word.owner.{owner}"), kind), shelf.person(person_id)
    return Owner(str(owner), f"{words} ({name})" if name else words, owner, person_id)


def prepare(store: Store, meeting_id: str, on: date, progress: Progress | None = None) -> Room:
    """Read and judge everyone whom a meeting is about. Slow: call it in a thread.

    A meeting that has its list shows what it showed when it was opened: the records as of that
    day. One that has none proposes everyone in service on the day `on`, those to talk about first.

    Raises:
        Fault: `store.no_record`, and what `progress` raises.
    """
    from data.kollegium import read_shelf
    from schema.tables import Kollegium

    with store.read() as work:
        meeting = work.need(Kollegium, meeting_id)
        listed = list(meeting.training_ids)
        day = (meeting.evidence_on or on) if listed else on
        shelf = read_shelf(work, on=day, training_ids=listed or None)
    sources = Sources()
    cases = cases_of(shelf, sources, judge_all(shelf, sources, progress), meeting_id)
    if listed:
        place = {id: number for number, id in enumerate(listed)}
        cases.sort(key=lambda case: place[case.binder.id])
        return Room(meeting, shelf, cases)
    room = Room(meeting, shelf, cases)
    ordered = sorted(
        cases,
        key=lambda c: (GROUPS.index(room.group(c.binder.id)), sort_key(c.binder.name), c.binder.id),
    )
    room.cases = {case.binder.id: case for case in ordered}
    return room


def begin(store: Store, room: Room, chosen: Collection[str], *, author: str, at: datetime) -> None:
    """Settle that the meeting takes up `chosen`, in the room's order, and freeze the evidence.

    A meeting that has been opened meanwhile, in another window, keeps its list.

    Args:
        at: The moment, with time zone.

    Raises:
        Fault: `kollegium.no_list` when nobody is chosen; `kollegium.closed`; `store.*`.
    """
    from at_tui.kollegium.stands import open_list
    from schema.fault import Fault
    from schema.tables import Kollegium

    taken = [case for id, case in room.cases.items() if id in chosen]
    if not taken:
        raise Fault("kollegium.no_list", exit_code=2)
    with store.work(author) as work:
        meeting = work.need(Kollegium, room.meeting.id)
        if meeting.closed_on is not None:
            raise Fault("kollegium.closed")
        open_list(work, meeting, taken, at=at)
