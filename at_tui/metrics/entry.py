"""What is entered for the figures: rounds of recruitment, answers a year after, figures by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schema.fault import Fault
from schema.text import sort_key

if TYPE_CHECKING:
    from data.work import Work
    from schema.tables import Metric, Recruitment


def put_group(
    work: Work, round_id: str, values: dict[str, Any], *, place_of: int | None = None
) -> Recruitment:
    """Add a group of applicants to a round, or change the one at `place_of`, and return the round.

    Raises:
        Fault: `store.no_record`; Invalid, as the table says.
    """
    from schema.tables import Recruitment

    found = work.need(Recruitment, round_id)
    groups = [dict(group) for group in found.groups]
    if place_of is None:
        groups.append(values)
    else:
        groups[place_of] = values
    found.groups = sorted(groups, key=lambda g: (sort_key(g.get("place", "")), g.get("sex", "")))
    return work.save(found)


def drop_group(work: Work, round_id: str, place_of: int) -> Recruitment:
    """Take a group away from a round, and return the round."""
    from schema.tables import Recruitment

    found = work.need(Recruitment, round_id)
    found.groups = [dict(g) for place, g in enumerate(found.groups) if place != place_of]
    return work.save(found)


def say_stayed(work: Work, training_id: str, stayed: bool | None) -> None:
    """Note whether a doctor works in the region a year after; None takes the answer back.

    Raises:
        Fault: `metrics.not_ended`, while the training goes on.
    """
    from schema.tables import Training

    training = work.need(Training, training_id)
    if training.ended_on is None:
        raise Fault("metrics.not_ended")
    training.stayed = stayed
    work.save(training)


def say_completed(work: Work, training_id: str, completed: bool | None, reason: str = "") -> None:
    """Note whether a training that has ended was finished, and why it was not.

    Raises:
        Fault: `metrics.not_ended`; `metrics.reason_needed` when it was broken off.
    """
    from schema.tables import Training

    training = work.need(Training, training_id)
    if training.ended_on is None:
        raise Fault("metrics.not_ended")
    if completed is False and not (reason.strip() or training.ended_reason):
        raise Fault("metrics.reason_needed", exit_code=2)
    training.completed = completed
    training.ended_reason = reason.strip() or training.ended_reason
    work.save(training)


def put_figure(work: Work, year: int, code: str, values: dict[str, Any]) -> Metric | None:
    """Keep a figure that was typed in; without numerator and denominator it is taken away.

    Raises:
        Fault: `metrics.above`, when the numerator of a share is larger than its denominator.
    """
    from schema.tables import Metric

    over, under = values.get("numerator"), values.get("denominator")
    known = next(iter(work.all(Metric, Metric.year == year, Metric.code == code)), None)
    if over is None and under is None:
        if known is not None:
            work.remove(known)
        return None
    if over is not None and under is not None and over > under:
        raise Fault("metrics.above", exit_code=2)
    record = known or Metric(year=year, code=code)
    record.numerator, record.denominator = over, under
    record.source = values.get("source") or ""
    return work.save(record)
