"""What may lie in the folder that is handed out: nothing of Wine, nothing Windows brings itself, no import unmet."""

from __future__ import annotations

from pathlib import Path

import pefile
from windows.wine_prefix import GAPS

WINDOWS_BRINGS = ("api-ms-win-", "ext-ms-win-", "ucrtbase.")
"""Libraries of Windows 10 itself; beside a program they would hide the system's newer ones."""
SYSTEM = frozenset(
    {
        *("advapi32.dll", "authz.dll", "bcrypt.dll", "bcryptprimitives.dll", "combase.dll", "comctl32.dll"),
        *("comdlg32.dll", "crypt32.dll", "d3d9.dll", "d3d11.dll", "d3d12.dll", "dwmapi.dll", "dwrite.dll"),
        *("dxgi.dll", "gdi32.dll", "icuuc.dll", "imm32.dll", "iphlpapi.dll", "kernel32.dll", "mpr.dll"),
        *("msimg32.dll", "netapi32.dll", "ntdll.dll", "ole32.dll", "oleaut32.dll", "psapi.dll", "rpcrt4.dll"),
        *("secur32.dll", "setupapi.dll", "shell32.dll", "shlwapi.dll", "uiautomationcore.dll", "user32.dll"),
        *(
            "userenv.dll",
            "uxtheme.dll",
            "version.dll",
            "winmm.dll",
            "winspool.drv",
            "ws2_32.dll",
            "wtsapi32.dll",
        ),
    }
)
"""What every Windows 10 from 1809 has; a library from elsewhere has to lie in the folder."""
MADE_BY_WINE = b"Wine builtin DLL", b"Wine placeholder DLL"


class PayloadUnsound(Exception):
    """A file lies in the folder that must not be handed out, or one is missing."""


def scan(folder: Path) -> int:
    """How many programs and libraries were looked through. Raises PayloadUnsound with every find."""
    files = [
        each for each in sorted(folder.rglob("*")) if each.suffix.lower() in (".exe", ".dll", ".pyd", ".drv")
    ]
    here = {each.name.lower() for each in files}
    gaps = {f"{source.stem}.dll" for source in GAPS.glob("*.c")}
    found = [
        f"{each.relative_to(folder)}: {why}" for each in files for why in _wrong(each, here=here, gaps=gaps)
    ]
    if found:
        raise PayloadUnsound("\n".join(found))
    return len(files)


def _wrong(file: Path, *, here: set[str], gaps: set[str]) -> list[str]:
    name, wrong = file.name.lower(), []
    if name in gaps or file.read_bytes()[0x40:0x80].startswith(MADE_BY_WINE):
        wrong.append("belongs to Wine or stands in for it")
    if name.startswith(WINDOWS_BRINGS):
        wrong.append("belongs to Windows itself")
    wrong += [
        f"needs {wanted}, which neither Windows nor this folder has"
        for wanted in _imports(file)
        if wanted not in SYSTEM and wanted not in here and not wanted.startswith(WINDOWS_BRINGS)
    ]
    return wrong


def _imports(file: Path) -> set[str]:
    with pefile.PE(str(file), fast_load=True) as program:
        program.parse_data_directories(
            directories=[
                pefile.DIRECTORY_ENTRY[f"IMAGE_DIRECTORY_ENTRY_{kind}"] for kind in ("IMPORT", "DELAY_IMPORT")
            ]
        )
        entries = [
            *getattr(program, "DIRECTORY_ENTRY_IMPORT", ()), *getattr(program, "DIRECTORY_ENTRY_DELAY_IMPORT", ())
        ]  # fmt: skip
        return {entry.dll.decode("ascii").lower() for entry in entries}
