"""Introductions: check-lists, and the letter that comes before a placement."""
