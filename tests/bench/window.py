"""The window with 100,000 matters: how soon it is there, how soon lists and searches answer, how long it ever stands."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from random import Random

from PySide6.QtWidgets import QApplication

from lianxin.domain.periods import Period
from lianxin.ui.finding import StoreSearch
from lianxin.ui.main import load_beside, township_entries
from lianxin.ui.opinions import OpinionsPage
from lianxin.ui.reception import ContactsPage
from lianxin.ui.record_list import RecordList
from lianxin.ui.search_box import MOST
from lianxin.ui.shell import MainWindow
from lianxin.ui.theme import make_application
from tests.bench.big_ledger import big_home
from tests.bench.lists import WORDS
from tests.bench.open_ledger import open_big
from tests.bench.table import Measured, Took, Watch, middle, timed, typical, worst
from tests.office.counting import figures_of
from tests.ui.small_office import Keeping

STARTS = 7
_FREEZE = 100
_FIGURINGS, _FIGURES = 3, 3_000
_PATIENCE_MS = 120_000
_LOOK_SECONDS = 0.002
_NOTHING = Took(0, 0)


def measure(folder: Path, quick: bool) -> Iterator[Measured]:
    """Starts against a bare window in turn, then the lists and searches of one window; `folder` keeps bytecode."""
    home = big_home()
    yield from _starting(home, folder, 1 if quick else STARTS)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = make_application(sys.argv[:1])
    load_beside(application)
    app = open_big(home)
    window = MainWindow(
        township_entries(app, Keeping(app.desk)),
        office="石牌镇人大", search=StoreSearch(app.desk), clock=app.desk.store.now,
    )  # fmt: skip
    window.resize(1366, 768)
    window.show()
    watch = _Patience(application)
    yield from _lists(window, watch)
    yield from _typing(window, StoreSearch(app.desk))
    for period in ("2026-10", "2026"):
        counting = typical(partial(figures_of, app.desk, Period.parse(period)), 1 if quick else _FIGURINGS)
        yield Measured(f"figures of {period}, 100k matters of ten years", counting, _FIGURES)
    window.close()
    app.close()


def _starting(home: Path, folder: Path, starts: int) -> Iterator[Measured]:
    """Whole processes. The bytecode is there, as it is in an installed program; the first round is thrown away."""
    own = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": str(folder)}
    own.pop("PYTHONDONTWRITEBYTECODE", None)
    rounds = [(_started(own, "bare"), _started(own, "ours", str(home))) for _ in range(starts + 1)][1:]
    base = middle(bare["frame"] for bare, _ in rounds)

    def ours(moment: str) -> Took:
        return middle(found[moment] for _, found in rounds)

    against = "bare window, empty table"
    yield Measured("window frame on screen", ours("frame"), 1.5, against, base)
    yield Measured("  the main window painted, 100k matters", ours("window"), 7, against, base)
    yield Measured("  its first page with the numbers, 100k matters", ours("usable"), 7, against, base)


def _started(environment: Mapping[str, str], *how: str) -> dict[str, Took]:
    """Moment → from asking for the process until it said so."""
    start, moments = time.perf_counter(), {}
    command = [sys.executable, "-m", "tests.bench.window_process", *how]
    with subprocess.Popen(command, env=dict(environment), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            word, cpu = line.split()
            moments[word] = Took((time.perf_counter() - start) * 1000, float(cpu))
    if process.returncode:
        raise RuntimeError(f"{' '.join(how)} ended with {process.returncode}")
    return moments


class _Patience:
    """Turns the wheel of events and remembers how long it ever stood still: by the clock, and by the window's own
    thread, for meanwhile the worker reads on.
    """

    def __init__(self, application: QApplication) -> None:
        self._application = application
        self.longest = _NOTHING

    def until(self, reached: Callable[[], bool]) -> Took:
        """What it took until something is so; RuntimeError when it never is."""
        watch = Watch()
        while not reached():
            self._stood(timed(self._application.processEvents, time.thread_time))
            time.sleep(_LOOK_SECONDS)
            if watch.took().wall > _PATIENCE_MS:
                raise RuntimeError("the window never came so far")
        return watch.took()

    def doing(self, act: Callable[[], object]) -> Took:
        """One act and its painting, during which nothing else is answered."""

        def whole() -> None:
            act()
            self._application.processEvents()

        watch = Watch()
        self._stood(timed(whole, time.thread_time))
        return watch.took()

    def _stood(self, took: Took) -> None:
        self.longest = worst((self.longest, took))


def _lists(window: MainWindow, watch: _Patience) -> Iterator[Measured]:
    for key, label in (("opinions", "意见建议办理"), ("contacts", "来访走访登记")):
        watch.longest = _NOTHING
        made = watch.doing(lambda key=key: window.page(key))  # type: ignore[misc]
        shown = watch.doing(lambda key=key: window.go(key))  # type: ignore[misc]
        page = window.page(key)
        assert isinstance(page, OpinionsPage | ContactsPage)
        listed = page.list
        read = watch.until(lambda listed=listed: listed.face() == "rows")  # type: ignore[misc]
        painted = watch.doing(listed.view.viewport().repaint)
        yield Measured(f"{label}, 100k: page made and shown", made + shown, 300)
        yield Measured("  first rows on screen", made + shown + read + painted, 300)
        watch.until(lambda: not window.reads.busy())
        yield Measured("  jump to the middle", _jumps(listed, watch), 50)
        yield Measured("  filter, from key to rows", _filtered(listed, watch), 300)
        watch.until(lambda: not window.reads.busy())
        yield Measured("  longest standstill", watch.longest, _FREEZE)


def _jumps(listed: RecordList, watch: _Patience) -> Took:
    random, rows = Random(9), listed.shown_count()

    def jump() -> None:
        listed.view.verticalScrollBar().setValue(random.randrange(rows // 4, rows))
        listed.view.viewport().repaint()

    return middle(watch.doing(jump) for _ in range(15))


def _filtered(listed: RecordList, watch: _Patience) -> Took:
    """Words typed into the filter until the narrowed list is there, without the pause that typing is given."""
    counts: list[int] = []
    listed.counted.connect(counts.append)
    times = []
    for word in WORDS[:6]:
        told = len(counts)
        asked = watch.doing(lambda word=word: listed.set_filter(word))  # type: ignore[misc]
        times.append(asked + watch.until(lambda told=told: len(counts) > told))  # type: ignore[misc]
    watch.doing(lambda: listed.set_filter(""))
    return middle(times)


def _typing(window: MainWindow, search: StoreSearch) -> Iterator[Measured]:
    times = [timed(lambda word=word: search.find(word, MOST)) for word in WORDS]  # type: ignore[misc]
    names = ["liuwei", "lw", "张伟", "13912", "2026-YJ0999"]
    times += [timed(lambda word=word: search.find(word, MOST)) for word in names]  # type: ignore[misc]
    yield Measured("Ctrl+K: a word typed, hits found", middle(times), 30)
    yield Measured("  the slowest of them", worst(times), 60)
    window.headline.search.setFocus()
