"""LibreOffice beside us, where it is installed: it makes a PDF of a Word or Excel paper, so that it can be shown.

Word and WPS are not driven from here: it would take scripts of the system, which guards against viruses stop, and
they show a paper themselves as it will print (docs/adr/0021).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

LONGEST_SECONDS = 60
"""The first start of LibreOffice on an old computer takes half a minute."""
_LOOK_SECONDS = 0.05
_NAMES = ("soffice", "libreoffice")
_PLACES = (
    Path("/opt/libreoffice/program/soffice"),
    Path("/usr/lib/libreoffice/program/soffice"),
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
)
_WINDOWS_ROOTS = ("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA")
CONVERTIBLE = (".docx", ".xlsx")


class NotConverted(Exception):
    """No PDF could be made; `why` in Chinese."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


class ConvertingStopped(Exception):
    """The person stopped it."""


@dataclass(frozen=True)
class Waiting:
    """How long a conversion may take, how it is asked to stop, and the clock and sleep it waits by."""

    stop: Callable[[], bool]
    seconds: float = LONGEST_SECONDS
    clock: Callable[[], float] = time.monotonic
    pause: Callable[[float], None] = time.sleep


def find_program(environment: Mapping[str, str]) -> Path | None:
    """LibreOffice on the PATH or at its usual places; None where there is none."""
    for name in _NAMES:
        found = shutil.which(name, path=environment.get("PATH", ""))
        if found:
            return Path(found)
    roots = [Path(environment[name]) for name in _WINDOWS_ROOTS if environment.get(name)]
    windows = [root / "LibreOffice" / "program" / "soffice.exe" for root in roots]
    return next((path for path in (*windows, *_PLACES) if path.is_file()), None)


def pdf_of(program: Path, content: bytes, ending: str, waiting: Waiting) -> bytes:
    """The PDF of a Word or Excel file. Raises NotConverted, ConvertingStopped."""
    return pdfs_of(program, [(content, ending)], waiting)[0]


def pdfs_of(
    program: Path,
    parts: Sequence[tuple[bytes, str]],
    waiting: Waiting,
    tell: Callable[[int, int], None] = lambda _done, _total: None,
) -> list[bytes]:
    """The PDFs of several files with their endings, in their order; `tell` hears how many are done.

    All go through one start of the program, in a folder and a profile of its own, both gone afterwards.
    Raises NotConverted, ConvertingStopped.
    """
    # A program that is being ended may still hold a file for a moment; the folder of the system forgets the rest.
    with tempfile.TemporaryDirectory(prefix="lianxin-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        sources = [folder / f"{place:04d}{ending}" for place, (_, ending) in enumerate(parts)]
        for source, (content, _) in zip(sources, parts, strict=True):
            source.write_bytes(content)
        targets = [source.with_suffix(".pdf") for source in sources]
        command = [
            str(program), "--headless", "--norestore", "--nolockcheck", "--nodefault",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to", "pdf", "--outdir", str(folder), *(str(source) for source in sources),
        ]  # fmt: skip
        _run(command, waiting, lambda: tell(sum(target.is_file() for target in targets), len(targets)))
        if not all(target.is_file() for target in targets):
            raise NotConverted("LibreOffice 没有转出 PDF")
        return [target.read_bytes() for target in targets]


def _run(command: list[str], waiting: Waiting, look: Callable[[], None]) -> None:
    until = waiting.clock() + waiting.seconds
    try:
        running = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=os.name != "nt",
        )  # fmt: skip
    except OSError as wrong:
        raise NotConverted("LibreOffice 没有启动起来") from wrong
    while running.poll() is None:
        if waiting.stop():
            _end(running)
            raise ConvertingStopped
        if waiting.clock() > until:
            _end(running)
            raise NotConverted(f"LibreOffice 过了{waiting.seconds:.0f}秒还没有转好")
        look()
        waiting.pause(_LOOK_SECONDS)


def _end(running: subprocess.Popen[bytes]) -> None:
    """Ends it with what it started: soffice is a small program that starts the real one."""
    if os.name == "nt":
        running.kill()
    else:
        os.killpg(running.pid, 9)
    running.wait()
