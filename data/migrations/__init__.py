"""Alembic's scripts, shipped in the wheel. One file per schema version, in order."""
