"""The programme's version, without the 70 ms that reading the installed metadata costs."""

from __future__ import annotations

VERSION = "0.1.0"
"""Same as in pyproject.toml; a test holds them together."""
