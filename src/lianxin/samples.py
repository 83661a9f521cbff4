"""先看示例数据: invented offices in folders of their own, made the first time somebody wants to see them."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

from lianxin.bootstrap import App, begin, unlock
from lianxin.office.safekeeping.keeping import note_sheet_kept
from lianxin.office.safekeeping.setting_up import Beginning
from lianxin.office.sample.making import (
    PASSPHRASE_FILE,
    SAMPLE_COUNTY,
    SAMPLE_OFFICE,
    import_samples,
    sample_passphrase,
)


def sample_home(home: Path, *, county: bool = False) -> Path:
    """Where the sample office lives: beside the real data folder, never in it."""
    return home.with_name(f"{home.name}-{'县人大示例' if county else '示例'}")


def open_sample(
    home: Path,
    *,
    county: bool = False,
    tell: Callable[[int, int, str], None] = lambda done, total, words: None,
) -> App:
    """先看示例数据: opens the sample office in its folder, made now unless it was made whole before."""
    words, whole = sample_passphrase(home), home / "示例已建好"
    if words is not None and whole.exists():
        return unlock(home, words)
    if words is not None:
        # Only a folder that says of itself that it is a sample is thrown away.
        shutil.rmtree(home)
    app = begin_sample(home, SAMPLE_COUNTY if county else SAMPLE_OFFICE)
    try:
        if county:
            from lianxin.county.sample import make_three_townships

            make_three_townships(app.desk, lambda at, who: begin_sample(at, who).desk, tell=tell)
        else:
            for _ in import_samples(app.desk, tell=tell):
                pass
    except BaseException:
        app.close()
        raise
    whole.touch()
    return app


def begin_sample(home: Path, beginning: Beginning = SAMPLE_OFFICE) -> App:
    """An invented office, still empty, in a new folder with its passphrase openly beside it."""
    home.mkdir(parents=True, exist_ok=True)
    words = secrets.token_hex(4)
    (home / PASSPHRASE_FILE).write_text(words + "\n", "utf-8")
    app, _ = begin(home, words, beginning)
    # With its passphrase lying open a sample needs no sheet in an envelope.
    note_sheet_kept(app.desk)
    return app
