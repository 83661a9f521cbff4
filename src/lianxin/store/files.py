"""Writing files so that a power cut leaves the old file or the new one, never half of one."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path

CHUNK = 1 << 20


def write_atomic(path: Path, data: bytes) -> None:
    """Replace ``path`` by ``data`` in one step that survives a power cut.

    The bytes are on the disk before the name changes. Raises OSError that names the path; the old file is then
    untouched.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        os.replace(part, path)
    except BaseException as wrong:
        with suppress(OSError):
            part.unlink()
        if isinstance(wrong, OSError):
            # Nobody asked for the file beside it.
            wrong.filename, wrong.filename2 = os.fspath(path), None
        raise
    sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Force the bytes of a closed file to the disk."""
    with path.open("r+b") as handle:
        os.fsync(handle.fileno())


def sync_folder(folder: Path) -> None:
    """Force the names in a folder to the disk; Windows has no such call and needs none after os.replace."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some sticks and network folders cannot do it for folders; the file itself is on the disk.
        if error.errno != errno.EINVAL:
            raise
    finally:
        os.close(handle)


def copy_synced(source: Path, target: Path) -> None:
    """Copy the bytes of a closed file and force them to the disk."""
    shutil.copyfile(source, target)
    sync_file(target)


def why_not(error: OSError) -> str:
    """Why a file could not be written or read, in a few words for a sentence to the clerk."""
    return _REASONS.get(error.errno or 0, "读写没有成功")


_REASONS = {
    errno.ENOSPC: "磁盘空间不够",
    errno.EDQUOT: "磁盘空间不够",
    errno.EACCES: "没有写入权限，或文件正被其他程序打开",
    errno.EPERM: "没有写入权限",
    errno.EROFS: "磁盘写保护",
    errno.ENOENT: "找不到这个位置，U盘可能已拔出",
    errno.ENODEV: "找不到这个位置，U盘可能已拔出",
    errno.ENXIO: "找不到这个位置，U盘可能已拔出",
    errno.ENOTDIR: "这个位置不是文件夹",
    errno.EIO: "磁盘读写出错",
    errno.EFBIG: "文件太大，这个磁盘存不下",
    errno.ENAMETOOLONG: "文件名太长",
}
