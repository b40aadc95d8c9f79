"""What the screens do without, though Python or a package would load it by itself."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec

_HASHES = (("_md5",), ("_sha1",), ("_sha2", "_sha256"), ("_sha2", "_sha512"), ("_sha3",),
           ("_blake2",))  # fmt: skip
"""Python's own modules of hashes, each under the names it has had."""


def leave_out() -> None:
    """Load no OpenSSL and look for no plugins, from now on in this process.

    The event loop loads `ssl` for connections, and this programme makes none; `hashlib` loads
    OpenSSL's hashes, and it hashes lines, for which Python's own are enough. Both do without where
    Python was built so: 5 MB, and 7 ms before the first frame. Pydantic would ask every installed
    package for plugins (6 ms), and nothing foreign is to see the records. What is loaded already
    stays.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    _never("ssl")
    # Some systems build Python with OpenSSL's hashes alone.
    if "hashlib" not in sys.modules and all(any(map(find_spec, names)) for names in _HASHES):
        _never("_hashlib")


def _never(module: str) -> None:
    if module not in sys.modules:
        sys.modules[module] = None  # type: ignore[assignment]
