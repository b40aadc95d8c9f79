from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from data import opening, whereabouts
from data.whereabouts import filesystem_of, is_unc, mount_command, mountinfo, synced_by
from schema.fault import Fault

MOUNTINFO = r"""
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
41 27 0:40 / /home/anna/H\040disk rw,relatime shared:9 - cifs //server/anna rw
42 27 0:41 / /srv/lokal rw - xfs /dev/vdb rw
43 42 0:42 / /srv/lokal/delad rw - nfs4 nas:/delad rw
"""

MOUNT = """
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//anna@server/hem on /Volumes/Hem katalog (smbfs, nodev, nosuid, mounted by anna)
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/anna", "ext4"),
        ("/home/anna/H disk", "cifs"),
        ("/home/anna/H disk/at", "cifs"),
        ("/home/anna/H diskett", "ext4"),
        ("/srv/lokal/at", "xfs"),
        ("/srv/lokal/delad/at", "nfs4"),
    ],
)
def test_the_deepest_mount_tells_what_holds_a_folder_on_linux(folder: str, kind: str) -> None:
    assert filesystem_of(PurePosixPath(folder), mountinfo(MOUNTINFO)) == kind


def test_what_holds_a_folder_is_read_from_macos_list_of_mounts() -> None:
    mounts = mount_command(MOUNT)
    assert filesystem_of(PurePosixPath("/Users/anna"), mounts) == "apfs"
    assert filesystem_of(PurePosixPath("/Volumes/Hem katalog/at"), mounts) == "smbfs"


@pytest.mark.parametrize(
    ("folder", "unc"),
    [
        (r"\\server\share\at", True),
        ("//server/share/at", True),
        (r"\\?\UNC\server\share", True),
        (r"\\?\C:\Users\anna", False),
        (r"C:\Users\anna", False),
        ("/home/anna", False),
    ],
)
def test_a_path_to_another_computer_is_recognised(folder: str, unc: bool) -> None:
    assert is_unc(PureWindowsPath(folder)) is unc


@pytest.mark.parametrize(
    "folder",
    [
        "/home/anna/Dropbox/at",
        "/Users/anna/Library/Mobile Documents/com~apple~CloudDocs/at",
        "/Users/anna/Library/CloudStorage/OneDrive-Region/at",
        "/home/anna/OneDrive - Region Påhitt/at",
        "/home/anna/Google Drive/at",
        "/home/anna/Nextcloud",
    ],
)
def test_a_folder_of_a_sync_service_is_recognised(folder: str) -> None:
    assert synced_by(PurePosixPath(folder), {})


@pytest.mark.parametrize("folder", ["/home/anna", "/home/box-son/at", "/home/anna/dropboxar"])
def test_an_ordinary_folder_is_not_taken_for_a_synced_one(folder: str) -> None:
    assert synced_by(PurePosixPath(folder), {}) == ""


def test_a_synced_folder_under_another_name_is_known_by_the_environment() -> None:
    environment = {"OneDriveCommercial": "/home/anna/Moln"}
    assert synced_by(PurePosixPath("/home/anna/Moln/at"), environment) == "OneDriveCommercial"
    assert synced_by(PurePosixPath("/home/anna/annat"), environment) == ""


def test_a_file_in_a_synced_folder_is_neither_made_nor_opened(tmp_path: Path) -> None:
    path = tmp_path / "Dropbox" / "at.db"
    with pytest.raises(Fault) as refused:
        opening.create(path, passphrase=None)
    assert refused.value.code == "place.synced"
    assert not path.parent.exists()
    local = tmp_path / "at.db"
    opening.create(local, passphrase=None)
    path.parent.mkdir()
    local.rename(path)
    with pytest.raises(Fault) as refused:
        opening.open_store(path, None)
    assert refused.value.code == "place.synced"


def test_a_link_into_a_synced_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "OneDrive").mkdir()
    (tmp_path / "lokal").symlink_to(tmp_path / "OneDrive")
    with pytest.raises(Fault) as refused:
        opening.create(tmp_path / "lokal" / "at.db", passphrase=None)
    assert refused.value.code == "place.synced"


@pytest.mark.parametrize("kind", ["cifs", "smb3", "nfs", "nfs4", "fuse.sshfs", "davfs"])
def test_a_file_on_a_network_disk_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(whereabouts, "mountinfo", lambda _: [("/", "ext4"), (str(tmp_path), kind)])
    monkeypatch.setattr("sys.platform", "linux")
    with pytest.raises(Fault) as refused:
        opening.create(tmp_path / "at.db", passphrase=None)
    assert refused.value.code == "place.network"
    assert list(tmp_path.iterdir()) == []


def test_a_share_that_macos_has_mounted_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Listed:
        stdout = (
            f"/dev/disk3s1s1 on / (apfs, local)\n//anna@server/hem on {tmp_path} (smbfs, nodev)\n"
        )

    monkeypatch.setattr("subprocess.run", lambda *_, **__: Listed())
    monkeypatch.setattr("sys.platform", "darwin")
    with pytest.raises(Fault) as refused:
        whereabouts.refuse_unsafe(tmp_path / "at.db")
    assert refused.value.code == "place.network"
    assert refused.value.values["path"] == str(tmp_path)


def test_a_mapped_drive_of_windows_is_refused_and_a_disk_of_its_own_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import ctypes

    for answer, refused in ((4, True), (3, False)):

        class Kernel:
            @staticmethod
            def GetDriveTypeW(_: str, answer: int = answer) -> int:  # noqa: N802 - Windows' name
                return answer

        class Dll:
            kernel32 = Kernel

        monkeypatch.setattr(ctypes, "windll", Dll, raising=False)
        monkeypatch.setattr("sys.platform", "win32")
        if not refused:
            whereabouts.refuse_unsafe(tmp_path / "at.db")
            continue
        with pytest.raises(Fault) as told:
            whereabouts.refuse_unsafe(tmp_path / "at.db")
        assert told.value.code == "place.network"


@pytest.mark.parametrize(
    "name", ["OneDrive", "OneDrive - Region Prov", "Dropbox", "iCloud Drive", "Google Drive", "Box"]
)
def test_a_second_place_for_copies_may_be_a_synced_folder(tmp_path: Path, name: str) -> None:
    """Copies may travel that way: only the live file may not."""
    from data import backup
    from data.backup import Why

    live = tmp_path / "at.db"
    opening.create(live, passphrase=None)
    (tmp_path / name).mkdir()
    made = backup.make(live, None, Why.MANUAL, folder=tmp_path / name)
    assert made.path.exists()
    with pytest.raises(Fault) as refused:
        opening.open_store(made.path, None)
    assert refused.value.code == "place.synced"
