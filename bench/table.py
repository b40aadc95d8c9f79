"""Figures into rows: medians, ratios and whether the budget held."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Samples = Mapping[str, Sequence[float]]
"""Every figure that was taken, by name: milliseconds, or megabytes."""


def percentile95(values: Sequence[float]) -> float:
    """Return the value that 95 of 100 do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-95 * len(ordered) // 100) - 1)]


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Args:
        label: What was measured, in words.
        figure: Name of its samples.
        times: Budget as a ratio to another figure: (factor, name of that figure).
        most: Budget as an absolute value.
        before: Figures that this one must stay under, where they were taken.
        p95: Show the 95th percentile instead of the median.
        unit: "ms" or "MB".
    """

    label: str
    figure: str
    times: tuple[float, str] | None = None
    most: float | None = None
    before: tuple[str, ...] = ()
    p95: bool = False
    unit: str = "ms"

    def value(self, samples: Samples) -> float | None:
        """Return the figure of this row, or None when it was not taken."""
        taken = samples.get(self.figure)
        if not taken:
            return None
        return percentile95(taken) if self.p95 else statistics.median(taken)

    def limits(self, samples: Samples) -> list[tuple[str, float]]:
        """Return each budget of this row in words and in the row's unit."""
        found = []
        if self.times and samples.get(self.times[1]):
            factor, other = self.times
            found.append((f"{factor:g} x {other}", factor * statistics.median(samples[other])))
        if self.most is not None:
            found.append((f"{self.most:g} {self.unit}", self.most))
        found += [
            (f"before {other}", statistics.median(samples[other]))
            for other in self.before
            if samples.get(other)
        ]
        return found

    def holds(self, samples: Samples) -> bool | None:
        """Return whether every budget held; None without a figure or a budget."""
        value, limits = self.value(samples), self.limits(samples)
        if value is None or not limits:
            return None
        return all(value <= limit for _, limit in limits)


def render(rows: Sequence[Row], samples: Samples, base: str) -> str:
    """Return the table as text; `base` names the figure of the ratio column."""
    lines = [f"{'':44} {'value':>9} {'min':>7} {'ratio':>6}  budget"]
    unit = statistics.median(samples[base]) if samples.get(base) else None
    for row in rows:
        value = row.value(samples)
        if value is None:
            lines.append(f"{row.label:44} {'-':>9}")
            continue
        ratio = f"{value / unit:.2f}" if unit and row.unit == "ms" else ""
        words = {True: "held", False: "OVER", None: ""}[row.holds(samples)]
        budget = ", ".join(f"{text} ({limit:.0f})" for text, limit in row.limits(samples))
        least = min(samples[row.figure])
        lines.append(
            f"{row.label:44} {value:>6.0f} {row.unit} {least:>7.0f} {ratio:>6}  {words:4} {budget}"
        )
    return "\n".join(line.rstrip() for line in lines)
