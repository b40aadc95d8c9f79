"""Small groups are not told: nobody is to be recognised by a figure.

A group of one to four is hidden. So that it cannot be worked out from the total, what is hidden
must be at least two groups with at least five people together: the smallest group shown is hidden
too until it is so. A whole of fewer than five is not broken down at all.
"""

from __future__ import annotations

from collections.abc import Mapping

LEAST = 5
"""The smallest group that is told. Our own rule, as for evaluations of placements."""


def hidden(counts: Mapping[str, int]) -> frozenset[str] | None:
    """Return the groups that are not told; None when nothing is to be broken down.

    Groups of nobody hide nobody and are told; a whole that has only one group says no more than
    the total and is told too.
    """
    people = {name: count for name, count in counts.items() if count}
    total = sum(people.values())
    if total < LEAST:
        return None
    found = {name for name, count in people.items() if count < LEAST}
    while found and (len(found) < 2 or sum(people[name] for name in found) < LEAST):
        # Since the total is at least five, somebody is left to hide behind.
        left = [name for name in people if name not in found]
        found.add(min(left, key=lambda name: (people[name], name)))
    return frozenset(found)
