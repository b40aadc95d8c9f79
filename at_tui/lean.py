"""What the screens do without, though Python or a package would load it by itself."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from importlib.util import find_spec

_HASHES = (("_md5",), ("_sha1",), ("_sha2", "_sha256"), ("_sha2", "_sha512"), ("_sha3",),
           ("_blake2",))  # fmt: skip
"""Python's own modules of hashes, each under the names it has had."""


def leave_out() -> None:
    """Load no OpenSSL with the event loop: it does so for connections, and this programme makes
    none (7 ms before the first frame, and with its hashes 5 MB). A package that asks for `ssl`
    itself gets it. What is loaded already stays."""
    with _hidden("ssl"):
        import asyncio  # noqa: F401 - for everyone who comes after


def leave_out_more() -> None:
    """Load no OpenSSL with the hashes, and look for no plugins, when the records are opened.

    `hashlib` and `hmac` load OpenSSL's hashes, and lines are hashed here, for which Python's own
    are enough, where Python was built with them. Pydantic would ask every installed package for
    plugins (6 ms), and nothing foreign is to see the records.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Some systems build Python with OpenSSL's hashes alone.
    if all(any(map(find_spec, names)) for names in _HASHES):
        with _hidden("_hashlib"):
            import hmac  # noqa: F401


@contextlib.contextmanager
def _hidden(module: str) -> Iterator[None]:
    if module in sys.modules:
        yield
        return
    sys.modules[module] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        # Two threads may be here at once.
        sys.modules.pop(module, None)
