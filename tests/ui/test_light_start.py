"""What a start loads: counted, not timed; every library here costs each start what its first user should pay."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.ui.small_office import small_office

LATER = ("openpyxl", "docx", "reportlab", "lxml", "xlrd", "defusedxml", "pypinyin", "alembic", "PIL")
"""Needed by an act of the clerk, never to show the first page."""

_FRAME = """
import json, sys
from lianxin.cli.main import run
def stop(home, words, file):
    import lianxin.ui.main
    print(json.dumps(sorted(sys.modules)))
    return 0
sys.exit(run(["--home", sys.argv[1]], window=stop))
"""

_FIRST_PAGE = """
import json, sys, time
from pathlib import Path
from lianxin.ui import main
from lianxin.ui.theme import make_application
application = make_application(sys.argv[:1])
main.load_beside(application)
from lianxin.bootstrap import App, profile_named
from lianxin.office.desk import Desk
from lianxin.store.passphrase import DatabaseKey
from lianxin.store.record_store import RecordStore
from lianxin.ui.start.window_keeper import WindowKeeper
from tests.ui.small_office import computer
home = Path(sys.argv[1])
store = RecordStore.open(home, DatabaseKey(bytes.fromhex(sys.argv[2])), computer(home.parent), actor="01")
keeper = WindowKeeper(application, home, main.township_entries)
keeper.open(App(home, Desk(store, profile_named("national"))))
page = keeper.window.page("home")
while page.shown is None:
    application.processEvents()
    time.sleep(0.005)
loaded = sorted(sys.modules)
keeper.window.close()
keeper.close()
print(json.dumps(loaded))
"""


def _loaded(code: str, *arguments: str) -> set[str]:
    """The modules a process of its own has loaded when it says so."""
    own = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=own,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    modules: list[str] = json.loads(done.stdout)
    return set(modules)


def _of(loaded: set[str], *packages: str) -> list[str]:
    return sorted(name for name in loaded if name.split(".")[0] in packages)


def test_the_frame_is_there_before_database_and_ledger_are_loaded(tmp_path: Path) -> None:
    loaded = _loaded(_FRAME, str(tmp_path))
    assert _of(loaded, "sqlalchemy", "sqlcipher3", "cryptography", *LATER) == []
    rooms = {name.split(".")[1] for name in loaded if name.startswith("lianxin.")}
    assert not rooms & {"bootstrap", "office", "ledgers", "documents", "bundle", "keys", "county"}


def test_the_first_page_loads_no_library_of_papers_ledgers_or_pinyin(tmp_path: Path) -> None:
    office = small_office(tmp_path)
    home, key = office.store.home, office.store.key.raw.hex()
    office.store.close()
    loaded = _loaded(_FIRST_PAGE, str(home), key)
    assert _of(loaded, "cryptography", *LATER) == []
    rooms = {name.split(".")[1] for name in loaded if name.startswith("lianxin.")}
    assert "sqlalchemy" in loaded and not rooms & {"ledgers", "documents", "bundle", "keys"}
