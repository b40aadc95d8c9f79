"""Which node (device and file) writes the history.

The node's id and its highest sequence number also live outside the file. A file that was
restored from a backup or copied to another computer does not match what the computer remembers
and gets a new node id: otherwise two histories would fork under one name.
"""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

from data.atomic import write_atomic
from data.places import private_folder, state_folder
from schema.identity import new_id


class NodeMemory:
    """What this computer remembers of the nodes it has written as, by file id."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or state_folder() / "nodes.json"

    def node_for(self, file_id: str, node_in_file: str, seq_in_file: int) -> str:
        """Return the node to write as: the file's own, or a new one when the file is a copy."""
        known = self._read().get(file_id)
        if isinstance(known, dict) and known.get("node") == node_in_file:
            seq = known.get("seq")
            if isinstance(seq, int) and seq <= seq_in_file:
                return node_in_file
        if known is None and seq_in_file == 0:
            return node_in_file
        return new_id()

    def remember(self, file_id: str, node: str, seq: int) -> None:
        """Note how far `node` has written. A lost note only costs a new node id, so it is not
        forced to disk."""
        with contextlib.suppress(OSError):
            private_folder(self.path.parent)
            nodes = self._read()
            nodes[file_id] = {"node": node, "seq": seq}
            write_atomic(self.path, json.dumps(nodes, indent=1).encode(), durable=False)

    def forget(self, file_id: str) -> None:
        """Let the file write under a new node from now on: a copy has been put in its place."""
        nodes = self._read()
        if nodes.pop(file_id, None) is not None:
            with contextlib.suppress(OSError):
                write_atomic(self.path, json.dumps(nodes, indent=1).encode())

    def _read(self) -> dict[str, Any]:
        try:
            nodes = json.loads(self.path.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        return nodes if isinstance(nodes, dict) else {}
