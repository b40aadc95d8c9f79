"""Count the figures of a year. Pure: records in, figures out, no clock and no database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from at_tui.metrics.figure import Breakdown, Figure, Line, Remark
from at_tui.metrics.records import Round, TrainingLine, YearRecords
from at_tui.metrics.suppression import hidden
from schema.months import add_months, last_day_of

if TYPE_CHECKING:
    from schema.content.metrics import MetricSet, YearlyFigure


def figures(metrics: MetricSet, records: YearRecords) -> list[Figure]:
    """Return the figures of a set, in its order. What was typed in goes before what is counted."""
    return [count(metric, records) for metric in metrics.metrics]


def count(metric: YearlyFigure, records: YearRecords) -> Figure:
    """Return one figure."""
    found = _COUNTERS[metric.counts](metric, records)
    typed = records.by_hand.get(metric.id)
    if typed is None:
        return found
    return Figure(
        metric=metric,
        numerator=typed.numerator,
        denominator=typed.denominator,
        lines=found.lines,
        typed_in=True,
        typed_source=typed.source,
    )


def _figure(metric: YearlyFigure, numerator: Any, denominator: Any, **more: Any) -> Figure:
    return Figure(metric=metric, numerator=numerator, denominator=denominator, **more)


# Recruitment


def _applicants(metric: YearlyFigure, records: YearRecords) -> Figure:
    return _of_rounds(metric, records, "applicants", None)


def _per_block(metric: YearlyFigure, records: YearRecords) -> Figure:
    return _of_rounds(metric, records, "applicants", "blocks")


def _interviews(metric: YearlyFigure, records: YearRecords) -> Figure:
    return _of_rounds(metric, records, "interviewed", "applicants")


def _filled(metric: YearlyFigure, records: YearRecords) -> Figure:
    return _of_rounds(metric, records, "filled", "blocks")


def _of_rounds(metric: YearlyFigure, records: YearRecords, over: str, under: str | None) -> Figure:
    rounds = records.rounds
    lines = tuple(Line(r.id, r.title, False, "round", _round_values(r), True) for r in rounds)
    if not rounds:
        return _figure(metric, None, None, remarks=(Remark("no_rounds"),))
    below: int | None = None
    if under is not None:
        below = sum(r.blocks if under == "blocks" else r.sum(under) for r in rounds)
    return _figure(
        metric,
        sum(r.sum(over) for r in rounds),
        below,
        lines=lines,
        breakdowns=tuple(_by(name, _groups(rounds, name, over)) for name in metric.by),
    )


def _round_values(one: Round) -> dict[str, object]:
    counts = {name: one.sum(name) for name in ("applicants", "interviewed", "filled")}
    return {**counts, "blocks": one.blocks}


def _groups(rounds: Iterable[Round], by: str, over: str) -> Counter[str]:
    found: Counter[str] = Counter()
    spelt: dict[str, str] = {}
    for one in rounds:
        for group in one.groups:
            name = str(getattr(group, by))
            # "lund" and "Lund" are one place: spelt apart, each might look small enough to hide.
            found[spelt.setdefault(name.casefold(), name)] += int(getattr(group, over))
    return found


def _by(name: str, counts: Mapping[str, int]) -> Breakdown:
    """Return a breakdown, the largest group first, small groups not told."""
    not_told = hidden(counts)
    if not_told is None:
        return Breakdown(name)
    told = sorted((n for n in counts if counts[n] and n not in not_told), key=lambda n: -counts[n])
    return Breakdown(name, tuple((n, counts[n]) for n in told), sum(counts[n] for n in not_told))


# Trainings


def _not_completed(metric: YearlyFigure, records: YearRecords) -> Figure:
    ended = [t for t in records.trainings if t.ended_on and t.ended_on.year == records.year]
    known = [t for t in ended if t.completed is not None]
    broken = [t for t in known if not t.completed]
    lines = tuple(
        Line(
            t.id,
            t.name,
            True,
            {True: "completed", False: "broken_off", None: "completed_unknown"}[t.completed],
            {"day": t.ended_on, "reason": t.ended_reason},
            None if t.completed is None else not t.completed,
        )
        for t in sorted(ended, key=lambda t: (t.completed is not False, t.ended_on or date.max))
    )
    reasons = Counter(t.ended_reason for t in broken)
    return _figure(
        metric,
        len(broken) if known else None,
        len(known) if known else None,
        lines=lines,
        breakdowns=tuple(_by(name, reasons) for name in metric.by if broken),
        remarks=_remarks(
            none_ended=not ended,
            completed_unknown=len(ended) - len(known),
            reason_missing=sum(not t.ended_reason for t in broken),
        ),
    )


def _retention(metric: YearlyFigure, records: YearRecords) -> Figure:
    """Count those who finished the year before: a year has gone for them in this year."""
    left = [
        t
        for t in records.trainings
        if t.ended_on and t.ended_on.year == records.year - 1 and t.completed is not False
    ]
    asked = [t for t in left if t.stayed is not None]
    lines = []
    for t in sorted(left, key=lambda t: (t.stayed is not None, t.ended_on or date.max)):
        after = add_months(t.ended_on or date.max, 12)
        due = after <= records.on
        state = {True: "stayed", False: "left", None: "not_asked" if due else "not_due"}[t.stayed]
        values = {"day": t.ended_on, "after": after}
        lines.append(Line(t.id, t.name, True, state, values, t.stayed))
    return _figure(
        metric,
        sum(bool(t.stayed) for t in asked) if asked else None,
        len(asked) if asked else None,
        lines=tuple(lines),
        remarks=_remarks(none_left=not left, not_asked=len(left) - len(asked)),
    )


def _extended(metric: YearlyFigure, records: YearRecords) -> Figure:
    first, last = date(records.year, 1, 1), date(records.year, 12, 31)
    serving = [
        t
        for t in records.trainings
        if t.start <= last and (t.last_day is None or t.last_day >= first)
    ]
    longer = [t for t in serving if _planned_end(t) < (t.last_day or t.start)]
    lines = tuple(
        Line(
            t.id,
            t.name,
            True,
            "extended",
            {"planned": _planned_end(t), "day": t.last_day, "reasons": t.prolonged_by},
            True,
        )
        for t in sorted(longer, key=lambda t: (t.last_day or date.max, t.name))
    )
    return _figure(
        metric,
        len(longer) if serving else None,
        len(serving) if serving else None,
        lines=lines,
        remarks=_remarks(none_serving=not serving),
    )


def _planned_end(training: TrainingLine) -> date:
    """Return the last day of the block at full time without absence."""
    return last_day_of(training.start, training.norm_months)


# The register


def _trained_staff(metric: YearlyFigure, records: YearRecords) -> Figure:
    last = date(records.year, 12, 31)
    trained = [p for p in records.staff if p.course_on and p.course_on <= last]
    lines = tuple(
        Line(
            p.id,
            p.name,
            True,
            "trained" if p in trained else "untrained",
            {"unit": p.unit, "day": p.course_on},
            p in trained,
        )
        for p in sorted(records.staff, key=lambda p: (p in trained, p.unit, p.name))
    )
    return _figure(
        metric,
        len(trained) if records.staff else None,
        len(records.staff) if records.staff else None,
        lines=lines,
        remarks=_remarks(no_staff=not records.staff),
    )


def _by_hand(metric: YearlyFigure, records: YearRecords) -> Figure:
    return _figure(metric, None, None, remarks=(Remark("by_hand"),))


def _remarks(**counts: int | bool) -> tuple[Remark, ...]:
    return tuple(Remark(key, {"count": int(n)}) for key, n in counts.items() if n)


_COUNTERS: dict[str, Callable[[YearlyFigure, YearRecords], Figure]] = {
    "applicants": _applicants,
    "applicants_per_block": _per_block,
    "interviews": _interviews,
    "filled": _filled,
    "not_completed": _not_completed,
    "retention": _retention,
    "extended": _extended,
    "trained_staff": _trained_staff,
    "by_hand": _by_hand,
}
