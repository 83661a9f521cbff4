"""Where a data folder lies: a live ledger belongs on a disk of this computer, not on a share, a stick or a synced folder.

On a share two computers' locks do not see each other; a stick is pulled while something is written; a sync program
copies half-written files. Each ruins ledgers in the end, so the first two are refused and the third warned of.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from lianxin.store.errors import StoreProblem
from lianxin.store.windows_drive import DriveTold

if sys.platform == "win32":
    from lianxin.store.windows_drive import drive_told, root_kind

Kind = Literal["here", "network", "removable"]
ANY_PLACE = "LIANXIN_ANY_PLACE"
"""Set to 1 the program opens ledgers wherever they lie: for trials, and for those who know better."""

_NETWORK = frozenset(
    [
        "afs",
        "afpfs",
        "ceph",
        "cifs",
        "davfs",
        "fuse.davfs2",
        "fuse.rclone",
        "fuse.sshfs",
        "gfs2",
        "glusterfs",
        "fuse.glusterfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "ocfs2",
        "smb2",
        "smb3",
        "smbfs",
    ]
)
_SYNCED = {
    "onedrive": "OneDrive", "wps云盘": "WPS云盘", "wpsdrive": "WPS云盘", "wps cloud files": "WPS云盘",
    "kingsoftcloud": "WPS云盘", "百度网盘": "百度网盘", "baidunetdisk": "百度网盘", "baidusyncdisk": "百度网盘",
    "baidunetdiskworkspace": "百度网盘", "百度网盘同步空间": "百度网盘", "百度云同步盘": "百度网盘",
    "坚果云": "坚果云", "我的坚果云": "坚果云", "nutstore": "坚果云", "nutstore files": "坚果云",
    "dropbox": "Dropbox", "iclouddrive": "iCloud", "google drive": "Google Drive", "googledrive": "Google Drive",
    "阿里云盘": "阿里云盘", "腾讯微云": "微云", "天翼云盘": "天翼云盘", "和彩云": "和彩云",
}  # fmt: skip
_SYNC_FOLDERS = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_REMOVABLE, _REMOTE, _USB = 2, 4, 7
"""DRIVE_REMOVABLE and DRIVE_REMOTE of GetDriveTypeW; BusTypeUsb of STORAGE_BUS_TYPE."""
_LONG = "\\\\?\\"
_WHERE = {"network": "网络共享文件夹", "removable": "U盘或移动硬盘"}


class WrongPlace(StoreProblem):
    """The data folder lies on a network share or on a medium that is pulled out."""

    code = "D190"

    def __init__(self, home: Path, kind: Kind) -> None:
        self.home, self.kind = home, kind
        own_disk = "C:\\连心" if str(home).upper().startswith("D:") else "D:\\连心"
        super().__init__(
            f"数据文件夹 {home} 在{_WHERE.get(kind, kind)}上。在那里边写边存，断线或拔出时数据会坏，所以没有打开，也没有改动。"
            f"请把整个文件夹复制到这台电脑自己的硬盘（如 {own_disk}），从那里打开；U盘只用来存备份。"
        )


@dataclass(frozen=True)
class System:
    """What this module asks of the operating system; tests give another."""

    mounts: Path = Path("/proc/self/mounts")
    devices: Path = Path("/sys/dev/block")


class PathTooLong(StoreProblem):
    """The folder lies so deep that the database library cannot name the files in it."""

    code = "D191"

    def __init__(self, home: Path) -> None:
        self.home = home
        super().__init__(
            f"数据文件夹的路径太长了（{len(str(home))}个字），存不下去，没有打开，也没有改动：{home}。"
            "请把整个文件夹移到浅一点、名字短一点的地方（如 D:\\连心）再打开。"
        )


def require_here(home: Path, environment: Mapping[str, str], system: System | None = None) -> None:
    """Raises WrongPlace for a share or a stick, unless the environment says that any place will do; PathTooLong."""
    if _too_long(home):
        raise PathTooLong(home)
    if environment.get(ANY_PLACE) == "1":
        return
    kind = kind_of(home, system or System())
    if kind != "here":
        raise WrongPlace(home, kind)


def may_lie_here(home: Path, environment: Mapping[str, str]) -> bool:
    """Whether a ledger may lie in this folder, for those who would write something beside it."""
    try:
        require_here(home, environment)
    except (WrongPlace, PathTooLong):
        return False
    return True


def kind_of(home: Path, system: System) -> Kind:
    """What a folder, or the nearest one above that exists, lies on; what cannot be told is here."""
    if sys.platform == "win32":
        whole = plainly(os.path.abspath(home))
        # By its name or its letter a share is known at once; one that does not answer would be waited for.
        if is_share(whole) or root_kind(Path(whole).anchor) == _REMOTE:
            return "network"
        existing = _existing(Path(whole))
        return "network" if is_share(str(existing)) else kind_told(drive_told(existing))
    else:
        existing = _existing(home)
        if _file_system(existing, system.mounts) in _NETWORK:
            return "network"
        device = existing.stat().st_dev
        return (
            "removable" if _pulled_out(system.devices / f"{os.major(device)}:{os.minor(device)}") else "here"
        )


def plainly(place: str) -> str:
    r"""An absolute Windows path without the prefix that long ones may bear: \\?\D:\x is D:\x, \\?\UNC\a\b is \\a\b."""
    if not place.startswith(_LONG):
        return place
    plain = place.removeprefix(_LONG)
    return f"\\\\{plain[4:]}" if plain.upper().startswith("UNC\\") else plain


def is_share(place: str) -> bool:
    """Whether Windows reaches this absolute path through the network, by its name alone."""
    return plainly(place).startswith("\\\\")


def kind_told(drive: DriveTold) -> Kind:
    """What Windows says of a drive, in our words: a plugged disk that calls itself fixed is pulled out all the same."""
    if drive.kind == _REMOTE:
        return "network"
    plugged = drive.bus == _USB and not drive.carries_windows
    return "removable" if drive.kind == _REMOVABLE or plugged else "here"


def sync_program(home: Path, environment: Mapping[str, str]) -> str:
    """The program that keeps copying this folder somewhere else, by the names such folders have; empty for none."""
    for name in _SYNC_FOLDERS:
        told = environment.get(name, "")
        if told and home.resolve().is_relative_to(Path(told).resolve()):
            return "OneDrive"
    for part in home.parts:
        # OneDrive - 单位名称, and the like.
        plain = part.casefold().partition(" - ")[0].strip()
        if plain in _SYNCED:
            return _SYNCED[plain]
    return ""


def sync_warning(home: Path, environment: Mapping[str, str]) -> str:
    """What a clerk is told of a data folder in a synced folder; empty when all is well."""
    program = sync_program(home, environment)
    if not program:
        return ""
    return (
        f"数据文件夹在{program}的同步文件夹里（{home}）。同步程序会抢着读写，可能把数据弄坏，还会把个人信息传到网上。"
        f"请退出程序，把整个文件夹移到别处（如 D:\\连心）再打开；要多存一份，用“设置与备份—备份与恢复”。"
    )


def _too_long(home: Path) -> bool:
    """SQLite names files in 512 bytes. On Windows an attachment lies 75 below the folder, and the programs that open
    a copy of it (Word, WPS) know no name over 260 characters, whatever ours can do."""
    whole = os.path.abspath(home)
    return len(whole) > 180 if sys.platform == "win32" else len(os.fsencode(whole)) > 490


def _existing(folder: Path) -> Path:
    folder = Path(os.path.abspath(folder))
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder.resolve()


def _file_system(folder: Path, mounts: Path) -> str:
    """The type of the file system a folder lies on, by the longest mount point above it; the last of equals counts."""
    found, longest = "", -1
    try:
        lines = mounts.read_bytes().split(b"\n")
    except OSError:
        return ""
    for line in filter(None, lines):
        # Only these spaces part what is told: one within a name is written in octal, a wide one stands as it is.
        _, mounted, kind, *_ = line.split(b" ")
        point = Path(os.fsdecode(mounted.decode("unicode_escape").encode("latin-1")))
        if folder.is_relative_to(point) and len(point.parts) >= longest:
            found, longest = os.fsdecode(kind), len(point.parts)
    return found


def _pulled_out(device: Path) -> bool:
    """Whether the disk of a block device says that it is removable, or hangs on a USB plug."""
    if not device.exists():
        return False
    real = device.resolve()
    if "/usb" in real.as_posix():
        return True
    for disk in (real, real.parent):
        try:
            return (disk / "removable").read_text().strip() == "1"
        except OSError:
            continue
    return False
