"""Introductions: the list of them, the check-list to tick off, and the letter."""
