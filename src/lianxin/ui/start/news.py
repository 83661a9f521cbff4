"""After an update, once: which version it is, and a word to press for what it brings."""

from __future__ import annotations

from lianxin import __version__
from lianxin.installed import changelog
from lianxin.office.safekeeping.whats_new import newer_than, note_version, releases, seen_version
from lianxin.store.record_store import RecordStore
from lianxin.ui.shell import MainWindow


def tell_news(window: MainWindow, store: RecordStore) -> None:
    """Nothing when this version opened the ledger before."""
    with store.reading() as reading:
        seen = seen_version(reading)
    if seen == __version__:
        return
    told = newer_than(seen, releases(changelog()))

    def read() -> None:
        note_version(store, __version__)

    def look() -> None:
        # Loaded when somebody looks: text with headings is no part of the first page.
        from lianxin.ui.start.whats_new import WhatsNewDialog

        WhatsNewDialog(window, told).exec()

    words = f"程序已更新到{__version__}版，原来的数据都在。"
    window.notice.tell(words, read, more=("看看有哪些变化", look))
