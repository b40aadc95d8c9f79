"""May the live file lie here? Not on a network share, not in a synced folder.

A network file system loses or tears writes that it has acknowledged, and a synced folder copies
the file while it is being written: both have destroyed databases of every make. The copies and
bundles of the programme may travel that way; the live file may not.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath

from schema.fault import Fault

NETWORK = frozenset(
    {
        "nfs", "nfs3", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "afs", "ncpfs",
        "webdav", "davfs", "davfs2", "fuse.davfs2", "fuse.sshfs", "sshfs", "fuse.rclone",
        "fuse.gvfsd-fuse", "fuse.s3fs", "fuse.onedriver", "ceph", "fuse.ceph", "glusterfs",
        "fuse.glusterfs", "lustre", "gfs2", "ocfs2", "beegfs",
    }
)  # fmt: skip
"""File systems that another computer serves."""

_SYNCED = re.compile(
    r"onedrive( - .+)?|dropbox( \(.+\))?|icloud ?drive|com~apple~clouddocs|mobile documents"
    r"|cloudstorage|google ?drive|googledrive-.+|my drive|nextcloud|owncloud|box( sync)?|pcloud"
    r"|sync\.com|seafile|resilio sync|syncthing",
    re.IGNORECASE,
)
"""Names of folders that a service copies to other computers."""

_REMOTE_DRIVE = 4
"""What Windows' GetDriveTypeW answers for a mapped drive."""


def refuse_unsafe(path: Path) -> None:
    """Let the live file lie at `path`, or say why not.

    Raises:
        Fault: `place.network` or `place.synced` (exit code 4), with the folder it is about.
    """
    full = Path(os.path.abspath(path))  # noqa: PTH100 - links are followed below, on purpose
    for folder in dict.fromkeys((full.parent, _real(full.parent))):
        if is_unc(folder) or _remote_drive(folder) or _on_network(folder):
            raise Fault("place.network", exit_code=4, path=str(folder))
        service = synced_by(folder, os.environ)
        if service:
            raise Fault("place.synced", exit_code=4, path=str(folder), service=service)


def _real(folder: Path) -> Path:
    try:
        return folder.resolve()
    except (OSError, RuntimeError):
        return folder


def is_unc(folder: PurePath) -> bool:
    """Return whether the path names another computer (\\\\server\\share)."""
    text = str(folder).replace("/", "\\")
    return (text.startswith("\\\\") and not text.startswith(("\\\\?\\", "\\\\.\\"))) or (
        text.upper().startswith("\\\\?\\UNC\\")
    )


def synced_by(folder: PurePath, environment: Mapping[str, str]) -> str:
    """Return the part of the path that a sync service owns, or the empty string."""
    for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        root = environment.get(name)
        if root and folder.is_relative_to(root):
            return name
    return next((part for part in folder.parts if _SYNCED.fullmatch(part.strip())), "")


def filesystem_of(folder: PurePath, mounts: Iterable[tuple[str, str]]) -> str:
    """Return the type of the file system that holds `folder`.

    Args:
        mounts: (mount point, type) as the system lists them; the deepest one wins, of two at
            the same place the later.
    """
    best, kind = -1, ""
    for point, found in mounts:
        if folder.is_relative_to(point) and len(PurePath(point).parts) >= best:
            best, kind = len(PurePath(point).parts), found
    return kind


def mountinfo(text: str) -> list[tuple[str, str]]:
    """Return (mount point, type) of the lines of Linux's /proc/self/mountinfo."""
    found = []
    for line in text.splitlines():
        before, separator, after = line.partition(" - ")
        fields, kinds = before.split(), after.split()
        if separator and len(fields) > 4 and kinds:
            point = re.sub(r"\\([0-7]{3})", lambda m: chr(int(m.group(1), 8)), fields[4])
            found.append((point, kinds[0]))
    return found


def mount_command(text: str) -> list[tuple[str, str]]:
    """Return (mount point, type) of the lines that macOS's `mount` prints."""
    pattern = re.compile(r".+? on (?P<point>.+) \((?P<kind>[^,)]+)[^()]*\)")
    lines = (pattern.fullmatch(line) for line in text.splitlines())
    return [(m["point"], m["kind"]) for m in lines if m]


def _on_network(folder: Path) -> bool:
    if sys.platform.startswith("linux"):
        try:
            mounts = mountinfo(Path("/proc/self/mountinfo").read_text(encoding="utf-8"))
        except (OSError, UnicodeError):
            return False
    elif sys.platform == "darwin":
        # 10 ms to import, and only macOS needs it.
        import subprocess

        try:
            listed = subprocess.run(
                ["/sbin/mount"], capture_output=True, text=True, timeout=5, check=False
            )
        except (OSError, subprocess.SubprocessError):
            return False
        mounts = mount_command(listed.stdout)
    else:
        return False
    return filesystem_of(folder, mounts) in NETWORK


def _remote_drive(folder: Path) -> bool:
    if sys.platform != "win32":
        return False
    import ctypes

    return bool(ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == _REMOTE_DRIVE)
