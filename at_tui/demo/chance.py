"""Seeded chance: the same seed gives the same choices and the same ids, on every computer."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import TypeVar

from schema.identity import new_id

T = TypeVar("T")


class Chance:
    """A source of choices of its own for each part, so that one part never moves another's."""

    def __init__(self, *names: object) -> None:
        self._random = random.Random("/".join(map(str, names)))  # noqa: S311 - no secret is made

    def happens(self, probability: float) -> bool:
        """Return True with `probability` (0 to 1)."""
        return self._random.random() < probability

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both inclusive."""
        return self._random.randint(low, high)

    def near(self, middle: float, spread: float) -> float:
        """Return a number around `middle`, normally distributed."""
        return self._random.gauss(middle, spread)

    def one(self, items: Sequence[T]) -> T:
        """Return one of `items`."""
        return items[self._random.randrange(len(items))]

    def weighted(self, items: dict[T, float]) -> T:
        """Return one of the keys, each as often as its weight says."""
        return self._random.choices([*items], [*items.values()])[0]

    def some(self, items: Sequence[T], count: int) -> list[T]:
        """Return up to `count` different items, in a random order."""
        return self._random.sample(items, min(count, len(items)))

    def record_id(self, day: date) -> str:
        """Return an id as if made on `day`, so that ids sort in the order of the days."""
        noon = datetime.combine(day, time(12), UTC)
        return new_id(
            milliseconds=int(noon.timestamp() * 1000) + self.whole(0, 14_400_000),
            random=self.random_bytes,
        )

    def random_bytes(self, count: int) -> bytes:
        """Return `count` bytes of chance."""
        return self._random.randbytes(count)
