"""The study director's kollegium: sort, print, hold, close the loop.

A `Case` is one doctor as the meeting sees them; everything else asks a case. What is counted and
proposed is pure: binders (`data/kollegium_rows.py`), content files and findings in, values out, no
clock, no store. Reading and writing are `records.py`, `live.py`, `evidence.py`, `after.py` and
`support.py`, which are handed a unit of work.

May import `data`, `schema`, the judge and the language; no document and no screen. Table classes
and pydantic are imported inside the functions that need them.
"""
