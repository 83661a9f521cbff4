"""The pictures of the manual, from the real program: python -m tests.screenshots.manual_pictures [--only NAME …].

The sample office and a sample county, their clocks standing, at 1366×768; written small, in the theme's colours, into
docs/manual/pictures.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from PIL import Image, ImageColor
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtWidgets import QApplication, QWidget

from lianxin.office.safekeeping.practice import put_practice_away
from lianxin.ui.county.entries import county_entries
from lianxin.ui.finding import StoreSearch
from lianxin.ui.main import township_entries
from lianxin.ui.shell import MainWindow
from lianxin.ui.start.window_keeper import WindowKeeper
from lianxin.ui.theme import CALM, make_application
from tests.county_year.homes import open_home
from tests.county_year.last_month import make_county
from tests.county_year.sample_county import STICK, Wanted
from tests.county_year.town_year import SMALL
from tests.office.township import Clock
from tests.screenshots.manual_views import COUNTY, START, TOWNSHIP, View, on_stick
from tests.screenshots.sample_link import linked
from tests.screenshots.taking import framed, quiet, settle
from tests.ui.small_office import Keeping

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "manual" / "pictures"
SIZE = (1366, 768)
RAMPS = (
    (CALM.ink, CALM.card, 14), (CALM.ink, CALM.current, 8), (CALM.ink, CALM.ground, 8), (CALM.ink_soft, CALM.card, 8),
    (CALM.ink_soft, CALM.ground, 6), (CALM.ink_off, CALM.card, 5), (CALM.link, CALM.card, 8),
    (CALM.link, CALM.ground, 5), (CALM.brand, CALM.card, 10), (CALM.late, CALM.card, 10), (CALM.good, CALM.card, 6),
    (CALM.on_soon, CALM.soon, 5), (CALM.line_strong, CALM.card, 4), (CALM.current_line, CALM.card, 5),
    (CALM.focus, CALM.card, 4),
)  # fmt: skip
"""Letters, what they stand on, and how many steps lie between: enough for smooth edges."""
HOMES = Path(tempfile.gettempdir()) / "连心"
"""Where the sample offices are made: their folders are seen in some pictures, so it is always the same."""
SCREEN = {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": "1", "TZ": "Asia/Shanghai"}
_HERE = "LIANXIN_MANUAL_PICTURES"


def main(arguments: Sequence[str]) -> int:
    """Takes the pictures in a process whose screen and zone are always the same."""
    parser = argparse.ArgumentParser(prog="dev.py manual", description=__doc__)
    parser.add_argument("--only", nargs="*", default=[], help="names of pictures, or start, township, county")
    parser.add_argument("--to", type=Path, default=FOLDER)
    parser.add_argument("--keep", action="store_true", help="keep the sample offices for the next time")
    told = parser.parse_args(arguments)
    if _HERE not in os.environ:
        command = [sys.executable, "-m", "tests.screenshots.manual_pictures", *arguments]
        own = {**os.environ, **SCREEN, _HERE: "1"}
        return subprocess.run(command, env=own, cwd=ROOT, check=False).returncode
    told.to.mkdir(parents=True, exist_ok=True)
    try:
        Pictures(told.to, HOMES, tuple(told.only)).take()
    finally:
        if not told.keep:
            shutil.rmtree(HOMES, ignore_errors=True)
    return 0


def small_png(png: bytes) -> bytes:
    """The picture in the window's own colours, so that the whole manual stays small and of one look."""
    with Image.open(io.BytesIO(png)) as picture:
        few = picture.convert("RGB").quantize(palette=_palette(), dither=Image.Dither.NONE)
    out = io.BytesIO()
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


@cache
def _palette() -> Image.Image:
    """The colours of the theme, and the steps between letters and what they stand on."""
    # Pillow looks colours up in coarse steps, so that what is nearly white would be taken for white and white for it.
    named = {ImageColor.getrgb(each)[:3] for each in {*vars(CALM).values()} - {CALM.head, CALM.hover}}
    steps = {
        _between(ImageColor.getrgb(letters)[:3], ImageColor.getrgb(ground)[:3], step / (count + 1))
        for letters, ground, count in RAMPS
        for step in range(1, count + 1)
    }
    colours = sorted(named | steps)
    assert len(colours) <= 256
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in colours for part in colour])
    return palette


def _between(one: tuple[int, ...], other: tuple[int, ...], share: float) -> tuple[int, ...]:
    return tuple(round(a + (b - a) * share) for a, b in zip(one, other, strict=True))


@dataclass(frozen=True)
class Pictures:
    """Where they go, where the sample offices are made, and which are wanted (none named: all)."""

    to: Path
    made: Path
    only: tuple[str, ...]

    def take(self) -> None:
        """Takes them all."""
        application = make_application(["lianxin"])
        for name, make in START.items():
            if self._wanted(name, "start"):
                self._save(name, framed(make()))
        self._of(TOWNSHIP, "township", lambda: self._township(application))
        self._of(COUNTY, "county", self._county)

    def _wanted(self, name: str, group: str) -> bool:
        return not self.only or name in self.only or group in self.only

    def _of(self, views: Mapping[str, View], group: str, opened: Callable[[], Iterator[MainWindow]]) -> None:
        wanted = {name: view for name, view in views.items() if self._wanted(name, group)}
        if not wanted:
            return
        with contextmanager(opened)() as window:
            window.setMinimumSize(0, 0)
            window.resize(*SIZE)
            window.show()
            for name, arrange in wanted.items():
                window.status.quiet.put_away()
                shown = arrange(window)
                quiet(window)
                self._save(name, shown or window)
                print(name, flush=True)

    def _save(self, name: str, widget: QWidget) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        if not isinstance(widget, MainWindow):
            widget.resize(*SIZE)
        widget.show()
        settle(application)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        widget.grab().save(buffer, "PNG")
        (self.to / f"{name}.png").write_bytes(small_png(bytes(buffer.data().data())))

    def _township(self, application: QApplication) -> Iterator[MainWindow]:
        """The sample office, enrolled at its county."""
        home = self.made / "石牌镇"
        app = linked(home)
        put_practice_away(app.desk)
        keeper = WindowKeeper(application, home, township_entries)
        keeper.open(app)
        assert keeper.window is not None
        yield keeper.window
        keeper.close()

    def _county(self) -> Iterator[MainWindow]:
        """Eight townships in the month in which their reports come in; what came today lies on the stick."""
        folder = self.made / "县"
        mark = folder / "left.txt"
        if not mark.exists():
            left = make_county(folder, Wanted(8, 3, date(2026, 11, 1), 1, SMALL))
            mark.write_text(left.isoformat(), "utf-8")
        app = open_home(folder / "county", Clock(datetime.fromisoformat(mark.read_text("utf-8"))))
        desk = app.desk
        window = MainWindow(
            county_entries(app, Keeping(desk)), office="清江县人大常委会（示例）", search=StoreSearch(desk),
            clock=desk.store.now,
        )  # fmt: skip
        on_stick(folder / STICK)
        yield window
        window.close()
        app.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
