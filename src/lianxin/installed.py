"""What the program knows before anything is loaded: its own files, its data folder, its log.

Nothing heavy is imported here, so that the window can be on screen before the rest is.
"""

from __future__ import annotations

import logging
import os
import sys
import traceback
from pathlib import Path, PurePath
from types import TracebackType

PASSPHRASE_VARIABLE = "LIANXIN_PASSPHRASE"
USER_VARIABLE = "LIANXIN_USER"

_PACKAGE = "lianxin"


class MissingPart(FileNotFoundError):
    """A folder that belongs to the program is not there, so the installation is incomplete."""

    def __init__(self, name: str) -> None:
        super().__init__(f"程序文件不完整：缺少 {name} 文件夹。您的数据没有受影响，请重新安装本程序。")
        self.name = name


def resource_dir() -> Path:
    """Folder of fonts, pictures and tables the program reads. Raises MissingPart."""
    return _data_dir("resources")


def samples_dir() -> Path:
    """Folder of the fictional ledgers behind 先看示例数据 and the demo. Raises MissingPart."""
    return _data_dir("samples")


def manual_dir() -> Path:
    """Folder of the manual and its pictures. Raises MissingPart."""
    return _data_dir("manual", beside="docs/manual")


def changelog() -> str:
    """更新记录 as Markdown. Raises MissingPart."""
    return (_data_dir("about", beside=".") / "CHANGELOG.md").read_text("utf-8")


def _data_dir(name: str, *, beside: str = "") -> Path:
    from importlib.resources import files

    package = Path(str(files(_PACKAGE)))
    # A wheel and a frozen program carry the folders inside the package; a checkout has them beside src/.
    for place in (package / "_data" / name, package.parent.parent / (beside or name)):
        if place.is_dir():
            return place
    raise MissingPart(name)


def default_home() -> Path:
    """The per-user data folder of this computer."""
    from platformdirs import user_data_path

    return user_data_path("lianxin", appauthor=False)


def allow_long_paths() -> None:
    """Lets this process name files with more than 260 characters on Windows; elsewhere there is nothing to do.

    The manifest asks for it, but Windows 10 listens only where an administrator has switched it on. This sets the
    bit in the process that the two together would set (IsLongPathAwareProcess), as the runtimes of Go and Ruby do.
    """
    if sys.platform == "win32":
        import ctypes

        if sys.getwindowsversion().build < _LONG_PATHS_SINCE:
            return
        block = ctypes.WinDLL("ntdll").RtlGetCurrentPeb
        block.restype = ctypes.c_void_p
        ctypes.c_ubyte.from_address(block() + _FLAGS_AT).value |= _LONG_PATHS


_LONG_PATHS_SINCE, _FLAGS_AT, _LONG_PATHS = 15063, 3, 0x80


def given_passphrase() -> str | None:
    """The passphrase of the environment, which makes commands ask nothing (cli.md)."""
    return os.environ.get(PASSPHRASE_VARIABLE) or None


def given_user() -> str:
    """The person named in the environment, "" when nobody is: then the passphrase tells who it is (cli.md)."""
    return os.environ.get(USER_VARIABLE, "")


def log_to(home: Path) -> None:
    """Sends what people should not have to read to `<home>/lianxin.log`; nowhere when nothing can be written there."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        home.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = logging.FileHandler(home / "lianxin.log", encoding="utf-8")
    except OSError:
        # Whoever opens the ledger next says so, and better than the log could.
        handler = logging.NullHandler()
    handler.setFormatter(_WithoutWords("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])


class _WithoutWords(logging.Formatter):
    """Tells of an exception its type and places: its message may hold what a visitor said, and the log is plain."""

    def formatException(
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        kind, wrong, trace = ei
        if kind is None:
            return ""
        places = [
            f"  {PurePath(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(trace)
        ]
        lines = [kind.__name__, *places]
        before = wrong.__cause__ or wrong.__context__ if wrong is not None else None
        if before is not None:
            lines.append(self.formatException((type(before), before, before.__traceback__)))
        return "\n".join(lines)
