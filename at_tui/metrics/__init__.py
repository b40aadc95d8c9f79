"""Mätetal: the figures of a year, counted from the records or typed in, with what lies behind each.

`read.year_records` reads, `counting.figures` counts (pure), `suppression.hidden` keeps small groups
from being told apart, `report` makes JSON and rows. May import `data`, `schema` and `at_tui`.
"""
