"""What Windows says of the drive a folder lies on. Elsewhere there is nobody to ask.

Kinds and structures are those of the Windows SDK: GetDriveTypeW (fileapi.h), IOCTL_STORAGE_QUERY_PROPERTY (winioctl.h).
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class DriveTold:
    """`kind` as GetDriveTypeW numbers it, `bus` as STORAGE_BUS_TYPE does (0 when the drive does not say)."""

    kind: int
    bus: int
    carries_windows: bool


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _LONGEST = 32768
    _QUERY_PROPERTY, _SHARED, _OPEN_EXISTING = 0x2D1400, 3, 3
    _BUS_AT = 28
    """Where STORAGE_DEVICE_DESCRIPTOR holds BusType; StorageDeviceProperty and PropertyStandardQuery are both 0."""
    _NO_HANDLE = ctypes.c_void_p(-1).value
    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel.CreateFileW.restype = ctypes.c_void_p
    _kernel.CreateFileW.argtypes = (
        wintypes.LPCWSTR, wintypes.DWORD, wintypes.DWORD, ctypes.c_void_p, wintypes.DWORD, wintypes.DWORD,
        ctypes.c_void_p,
    )  # fmt: skip
    _kernel.CloseHandle.argtypes = (ctypes.c_void_p,)
    _kernel.DeviceIoControl.argtypes = (
        ctypes.c_void_p, wintypes.DWORD, ctypes.c_void_p, wintypes.DWORD, ctypes.c_void_p, wintypes.DWORD,
        ctypes.c_void_p, ctypes.c_void_p,
    )  # fmt: skip

    def root_kind(root: str) -> int:
        """GetDriveTypeW of a root (D:\\), which asks no disk and no network."""
        return int(_kernel.GetDriveTypeW(root))

    def drive_told(folder: Path) -> DriveTold:
        """Asks Windows about the drive of a folder that exists; a disk mounted as a folder counts as itself."""
        root = ctypes.create_unicode_buffer(_LONGEST)
        if not _kernel.GetVolumePathNameW(str(folder), root, _LONGEST):
            root.value = f"{folder.drive}\\"
        own = os.environ.get("SYSTEMDRIVE", "C:").casefold()
        carries_windows = root.value.casefold() == f"{own}\\"
        return DriveTold(root_kind(root.value), _bus(root.value), carries_windows)

    def _bus(root: str) -> int:
        """How the disk is connected; asking needs no rights. 0 when it does not say."""
        volume = ctypes.create_unicode_buffer(64)
        if not _kernel.GetVolumeNameForVolumeMountPointW(root, volume, len(volume)):
            return 0
        handle = _kernel.CreateFileW(volume.value.rstrip("\\"), 0, _SHARED, None, _OPEN_EXISTING, 0, None)
        if handle == _NO_HANDLE:
            return 0
        try:
            query, told, length = (ctypes.c_uint32 * 3)(), (ctypes.c_ubyte * 1024)(), wintypes.DWORD()
            answered = _kernel.DeviceIoControl(
                handle, _QUERY_PROPERTY, query, ctypes.sizeof(query), told, ctypes.sizeof(told),
                ctypes.byref(length), None,
            )  # fmt: skip
            if not answered or length.value < _BUS_AT + 4:
                return 0
            return int.from_bytes(bytes(told[_BUS_AT : _BUS_AT + 4]), "little")
        finally:
            _kernel.CloseHandle(handle)
