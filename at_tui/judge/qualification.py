"""What a supervisor, a signer, a unit or the trainee must be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from at_tui.judge import phrases
from at_tui.judge.case import SOON
from at_tui.judge.finding import Part, Status, Verdict
from at_tui.judge.kind import PLACEMENTS, Kind
from at_tui.judge.qualities import Asks, Subject, answer
from at_tui.kind_words import of_kind
from at_tui.language import text

if TYPE_CHECKING:
    from at_tui.judge.case import Case
    from at_tui.judge.stays import Stay
    from schema.content.requirement_kinds import Qualification as Asked


class Qualification(Kind["Asked"]):
    """Judged for every placement begun and for one that begins within two weeks. What nobody has
    entered about a person is not held against them: it cannot be judged."""

    name = "qualification"
    blocked_by = PLACEMENTS

    def judge(self, requirement: Asked, case: Case) -> Verdict:
        found = _subjects(requirement, case)
        if not found:
            none = text(f"judge.qualification.none_{requirement.who}")
            return Verdict(Status.NOT_ASKED, of_kind(none, case.programme.training))
        results = [_result(requirement, case, subject) for subject in found]
        return _joined(results)


@dataclass(frozen=True, slots=True)
class _Result:
    part: Part
    lacking: tuple[str, ...]
    unknown: tuple[str, ...]


def _subjects(requirement: Asked, case: Case) -> list[Subject]:
    who = requirement.who
    if who == "trainee":
        return [Subject(of_kind(text("judge.qualification.trainee"), case.programme.training))]
    if who == "main_supervisor":
        id = case.training.main_supervisor_id
        person = case.person(id)
        first = next(iter(case.matching(requirement)), None)
        name = person.name if person else text("judge.qualification.main_supervisor")
        return [Subject(name, person, id, stay=first)]
    if who in ("signer", "delegate"):
        return _signers(requirement, case)
    near = [s for s in case.there(requirement) if s.start <= case.on + SOON]
    if who == "unit":
        return [
            Subject(unit.name, unit=unit, stay=stay)
            for stay in near
            if (unit := case.records.units.get(stay.unit_id or "")) is not None
        ]
    return [_supervisor(case, stay) for stay in near]


def _supervisor(case: Case, stay: Stay) -> Subject:
    ids = case.supervisors(stay, min(max(case.on, stay.start), stay.end))
    person = case.person(ids[0]) if ids else None
    place = stay.specialty or phrases.section_names([stay.section])
    nobody = text("judge.qualification.nobody", place=place)
    label = person.name if person else place if ids else nobody
    return Subject(label, person, ids[0] if ids else None, stay=stay, several=len(ids) > 1)


def _signers(requirement: Asked, case: Case) -> list[Subject]:
    found = []
    for certificate in sorted(case.records.certificates, key=lambda c: (c.issued_on, c.id)):
        if certificate.status != "signed" or certificate.issued_on > case.on:
            continue
        if requirement.who == "delegate" and not certificate.delegated:
            continue
        person = case.person(certificate.signer_id)
        stay = case.stay_at(certificate.issued_on, certificate.placement_id)
        label = person.name if person else phrases.day(certificate.issued_on)
        found.append(
            Subject(label, person, certificate.signer_id, stay=stay, certificate=certificate)
        )
    return found


def _result(requirement: Asked, case: Case, subject: Subject) -> _Result:
    asks = Asks(requirement.specialty, requirement.presence_percent, requirement.within_years)
    answers = {q: answer(q, subject, case, asks) for q in requirement.all_of}
    lacking: list[str] = [q for q, value in answers.items() if value is False]
    unknown: list[str] = [q for q, value in answers.items() if value is None]
    if requirement.any_of:
        either = [answer(q, subject, case, asks) for q in requirement.any_of]
        if True not in either:
            group = unknown if None in either else lacking
            group.append("|".join(requirement.any_of))
    status = Status.MISSING if lacking else Status.UNKNOWN if unknown else Status.MET
    part = Part(
        subject.label,
        status,
        counted=(subject.id,) if subject.id else (),
        placement_id=subject.stay.id if subject.stay else None,
    )
    return _Result(part, tuple(lacking), tuple(unknown))


def _joined(results: Sequence[_Result]) -> Verdict:
    met = [r for r in results if r.part.status is Status.MET]
    lacking = [r for r in results if r.lacking]
    unknown = [r for r in results if r.unknown and not r.lacking]
    need, have = len(results), len(met)
    counted = tuple(dict.fromkeys(id for r in results for id in r.part.counted))
    parts = tuple(r.part for r in results)
    told = [
        *_told("lacking", [(r.part.label, r.lacking) for r in lacking]),
        *_told("unknown", [(r.part.label, r.unknown) for r in unknown]),
    ]
    if not told:
        names = phrases.some(list(dict.fromkeys(r.part.label for r in met)))
        told.append(text("judge.qualification.met", who=names))
    status = Status.MISSING if lacking else Status.UNKNOWN if unknown else Status.MET
    return Verdict(status, " ".join(told), need, have, "times", counted=counted, parts=parts)


def _told(key: str, results: Sequence[tuple[str, tuple[str, ...]]]) -> list[str]:
    """Return one sentence for each thing that lacks, with everyone who lacks it."""
    people: dict[str, list[str]] = {}
    for label, qualities in results:
        people.setdefault(_names(qualities), []).append(label)
    return [
        text(
            f"judge.qualification.{key}",
            what=what[:1].upper() + what[1:],
            who=phrases.some(list(dict.fromkeys(who))),
        )
        for what, who in people.items()
    ]


def _names(qualities: Sequence[str]) -> str:
    """Return the qualities in words; those of which one is enough are joined with "eller"."""
    named = []
    for quality in qualities:
        either = [text(f"judge.quality.{one}") for one in quality.split("|")]
        named.append(text("judge.or").join(either))
    return phrases.listing(named)
