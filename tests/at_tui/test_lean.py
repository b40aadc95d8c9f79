"""The screens load no OpenSSL and no plugins, and hash as before."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

KNOWN = {
    "md5": "900150983cd24fb0d6963f7d28e17f72",
    "sha1": "a9993e364706816aba3e25717850c26c9cd0d89d",
    "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
}
"""Of "abc": RFC 1321 and FIPS 180-4."""


def _in_a_process(code: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stderr == ""
    return json.loads(done.stdout)


def test_the_screens_run_without_openssl_and_hash_as_before() -> None:
    found = _in_a_process(f"""
import json, sys
from at_tui.lean import leave_out, leave_out_more
leave_out()
leave_out_more()
import asyncio, hashlib, hmac, uuid
import screens.app
import data.store
async def nothing():
    await asyncio.sleep(0)
    return 7
print(json.dumps({{
    "ran": asyncio.run(nothing()),
    "hashes": {{name: hashlib.new(name, b"abc").hexdigest() for name in {list(KNOWN)!r}}},
    "compared": hmac.compare_digest("a", "a"),
    "loaded": [name for name in ("ssl", "_ssl", "_hashlib") if name in sys.modules],
}}))
""")
    assert found == {"ran": 7, "hashes": KNOWN, "compared": True, "loaded": []}


def test_a_package_that_asks_for_openssl_gets_it() -> None:
    """python-stdnum does, which checks a personnummer."""
    found = _in_a_process("""
import json
from at_tui.lean import leave_out, leave_out_more
leave_out()
leave_out_more()
import ssl
from stdnum.util import clean
print(json.dumps([bool(ssl.OPENSSL_VERSION), clean("1-2", "-")]))
""")
    assert found == [True, "12"]


def test_no_plugin_of_another_package_is_looked_for() -> None:
    found = _in_a_process("""
import json
from importlib import metadata
asked = []
entry_points = metadata.entry_points
metadata.entry_points = lambda **named: asked.append(named) or entry_points(**named)
from at_tui.lean import leave_out, leave_out_more
leave_out()
leave_out_more()
import schema.tables
print(json.dumps(asked))
""")
    assert found == []


@pytest.mark.parametrize("lacking", ["_md5", "_sha3", "_sha2", "_blake2"])
def test_where_python_has_no_hashes_of_its_own_openssls_are_loaded(lacking: str) -> None:
    found = _in_a_process(f"""
import json, sys
import at_tui.lean as lean
find = lean.find_spec
lean.find_spec = lambda name: None if name.startswith({lacking!r}) else find(name)
lean.leave_out()
lean.leave_out_more()
import hashlib
print(json.dumps("_hashlib" in sys.modules and sys.modules["_hashlib"] is not None))
""")
    assert found is True


def test_what_is_loaded_already_stays() -> None:
    found = _in_a_process("""
import json, ssl, hashlib
from at_tui.lean import leave_out, leave_out_more
leave_out()
leave_out_more()
import sys
print(json.dumps([sys.modules["ssl"] is ssl, bool(sys.modules["_hashlib"])]))
""")
    assert found == [True, True]
