"""The judge: what a programme asks, held against what is recorded. Pure: no clock, no store.

One class per kind of requirement; `registry.py` lists them. Imports `schema` only, and neither
pydantic nor SQLModel when it runs.
"""

from at_tui.judge.finding import URGENCY, Finding, Part, Source, Status
from at_tui.judge.judging import judge
from at_tui.judge.records import Records

__all__ = ["URGENCY", "Finding", "Part", "Records", "Source", "Status", "judge"]
