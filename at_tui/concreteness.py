"""How concrete a piece of feedback is: a nudge while one writes, never a demand or a grade.

Two prompts give more and more usable comments (Lockyer 2018); what makes a comment usable is that
it says what was done and when, so that it can be done again. That is all that is looked at here.
"""

from __future__ import annotations

import re

MOST = 3

_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_WHEN_OR_WHY = frozenset({
    "när", "innan", "efter", "medan", "under", "inför", "genom", "eftersom", "därför", "då",
    "först", "sedan", "tidigare", "senare", "redan", "direkt", "nästa",
})  # fmt: skip
_EMPTY_PRAISE = frozenset({
    "bra", "duktig", "fin", "fint", "bäst", "toppen", "jättebra", "jobbat", "jobba", "fortsätt",
    "så", "på", "som", "vanligt", "mycket", "allt", "ok", "okej", "inget", "inga", "kommentar",
    "väldigt", "gott",
})  # fmt: skip


def concreteness(written: str) -> int:
    """Return 0 (nothing written) to 3 (says what was done, and when or why).

    One dot for any words, two from eight words, three from twelve with a circumstance among them.
    Praise without content ("bra jobbat, fortsätt så") stays at one.
    """
    words = [word.casefold() for word in _WORD.findall(written)]
    if not words:
        return 0
    telling = [word for word in words if word not in _EMPTY_PRAISE]
    if len(telling) < 3:
        return 1
    long = len(words) >= 8
    circumstance = any(word in _WHEN_OR_WHY for word in words)
    return 1 + int(long) + int(circumstance and len(words) >= 12)
