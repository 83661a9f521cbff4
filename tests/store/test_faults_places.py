"""A live ledger is refused on a share and on a stick, and warned of where a sync program is at work."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lianxin.store.places import (
    ANY_PLACE,
    System,
    WrongPlace,
    is_share,
    kind_of,
    kind_told,
    require_here,
    sync_program,
    sync_warning,
)
from lianxin.store.windows_drive import DriveTold


def system(folder: Path, file_system: str, *, device: str = "") -> System:
    """A computer on which `folder` lies on such a file system, and its disk behaves as said."""
    told = folder.parent / "told"
    told.mkdir()
    escaped = str(folder).replace(" ", "\\040")
    mounts = (
        f"/dev/sda1 / ext4 rw 0 0\n//server/人大 {escaped} {file_system} rw 0 0\nnone /proc proc rw 0 0\n"
    )
    (told / "mounts").write_text(mounts, "utf-8")
    number = folder.stat().st_dev
    disk = told / ("usb1" if device == "usb" else "pci") / "sdb"
    (disk / "sdb1").mkdir(parents=True)
    (disk / "removable").write_text("1\n" if device == "removable" else "0\n")
    (told / f"{os.major(number)}:{os.minor(number)}").symlink_to(disk / "sdb1")
    return System(told / "mounts", told)


@pytest.mark.parametrize("file_system", ["cifs", "nfs4", "smb3", "fuse.sshfs"])
def test_a_share_is_refused_with_what_to_do(tmp_path: Path, file_system: str) -> None:
    folder = tmp_path / "共享 盘"
    folder.mkdir()
    told = system(folder, file_system)
    home = folder / "连心" / "还没有的文件夹"
    with pytest.raises(WrongPlace, match=r"网络共享文件夹.*没有打开，也没有改动.*D:") as refused:
        require_here(home, {}, told)
    assert refused.value.kind == "network" and not home.exists()
    require_here(home, {ANY_PLACE: "1"}, told)
    assert kind_of(tmp_path, told) == "here"


def test_a_mount_point_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    folder = tmp_path / "共享　盘"
    folder.mkdir()
    told = system(folder, "cifs")
    before = told.mounts.read_bytes()
    told.mounts.write_bytes(b"//server/x /mnt/\xb9\xb2\xcf\xed cifs rw 0 0\n" + before)
    assert kind_of(folder, told) == "network"


@pytest.mark.parametrize("device", ["removable", "usb"])
def test_a_stick_is_refused(tmp_path: Path, device: str) -> None:
    folder = tmp_path / "U盘"
    folder.mkdir()
    with pytest.raises(WrongPlace, match="U盘只用来存备份"):
        require_here(folder, {}, system(folder, "vfat", device=device))


@pytest.mark.parametrize("file_system", ["tmpfs", "ext4", "overlay", "9p", "fuse.ntfs-3g"])
def test_a_disk_of_this_computer_is_fine(tmp_path: Path, file_system: str) -> None:
    folder = tmp_path / "本机"
    folder.mkdir()
    assert kind_of(folder, system(folder, file_system)) == "here"
    # And whatever this computer really says of a test folder.
    require_here(tmp_path, {})


def test_synced_folders_are_known_by_their_names(tmp_path: Path) -> None:
    for name, program in {
        "OneDrive - 石牌镇人民政府": "OneDrive",
        "WPS云盘": "WPS云盘",
        "BaiduSyncdisk": "百度网盘",
        "百度网盘同步空间": "百度网盘",
        "我的坚果云": "坚果云",
    }.items():
        assert sync_program(tmp_path / name / "连心", {}) == program
        assert program in sync_warning(tmp_path / name, {})
    assert sync_program(tmp_path / "资料", {"OneDriveCommercial": str(tmp_path)}) == "OneDrive"
    assert sync_warning(tmp_path / "连心数据", {"OneDrive": ""}) == ""


def test_what_windows_says_of_a_drive_in_our_words() -> None:
    fixed, removable, remote, usb = 3, 2, 4, 7
    told = {
        DriveTold(removable, 0, False): "removable",
        DriveTold(remote, 0, False): "network",
        # A plugged disk calls itself fixed; the one Windows runs from is not pulled out.
        DriveTold(fixed, usb, False): "removable",
        DriveTold(fixed, usb, True): "here",
        DriveTold(fixed, 11, False): "here",
    }
    assert {drive: kind_told(drive) for drive in told} == told
    shares = (r"\\server\人大\连心", r"\\?\UNC\server\人大")
    assert all(map(is_share, shares)) and not any(map(is_share, ("D:\\连心", r"\\?\D:\连心")))
