"""Disks that fail in one way: too small, or not to be written. Real ones where we may mount them."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def small_disk(folder: Path, *, kib: int = 32) -> Iterator[Path]:
    """A disk of so many KiB: a real one where we may mount it, otherwise files may not grow beyond that."""
    folder.mkdir()
    if _mounted(folder, f"size={kib}k"):
        try:
            yield folder
        finally:
            subprocess.run(["umount", str(folder)], check=True)
        return
    with no_file_beyond(kib * 1024):
        yield folder


@contextmanager
def no_file_beyond(size: int) -> Iterator[None]:
    """No file of this process may grow beyond a size."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def read_only(folder: Path) -> Iterator[Path]:
    """A folder that can be read and not written: mounted so for root, whom permissions do not hinder."""
    if os.geteuid() != 0:
        modes = {path: path.stat().st_mode for path in (folder, *folder.rglob("*"))}
        for path, mode in modes.items():
            path.chmod(mode & ~0o222)
        try:
            yield folder
        finally:
            for path, mode in modes.items():
                path.chmod(mode)
        return
    with _bound_read_only(folder) if _may_bind(folder) else _as_nobody(folder):
        yield folder


@contextmanager
def _bound_read_only(folder: Path) -> Iterator[None]:
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(folder)], check=True)
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@contextmanager
def _as_nobody(folder: Path) -> Iterator[None]:
    """Root that may not mount becomes somebody who may only look."""
    modes = {path: path.stat().st_mode for path in folder.parents}
    for path, mode in modes.items():
        path.chmod(mode | 0o055)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
        for path, mode in modes.items():
            path.chmod(mode)


def _may_bind(folder: Path) -> bool:
    mount = shutil.which("mount")
    command = [str(mount), "--bind", str(folder), str(folder)]
    return mount is not None and subprocess.run(command, capture_output=True, check=False).returncode == 0


def _mounted(folder: Path, options: str) -> bool:
    mount = shutil.which("mount")
    command = [str(mount), "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    may = mount is not None and os.geteuid() == 0
    return may and subprocess.run(command, capture_output=True, check=False).returncode == 0
