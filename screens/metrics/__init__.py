"""Mätetal: the year's figures, the list behind each, and what is entered for them."""
