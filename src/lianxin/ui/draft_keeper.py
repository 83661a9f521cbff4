"""Drafts of one window: kept as the clerk types, found again after a crash, gone with the save."""

from __future__ import annotations

from collections.abc import Mapping

from lianxin.domain.canonical import JsonValue
from lianxin.office.access.users import FIRST_ACTOR, users
from lianxin.office.desk import Desk
from lianxin.store.drafts import Draft, adopt_draft, delete_draft, list_drafts, save_draft
from lianxin.store.window_presence import is_open

_OWNED = "u"
"""Stands in no id made of hexadecimal digits, which those of earlier programs are."""


def owned_window(actor: str, window: str) -> str:
    """The id of a window that belongs to the person with this actor code."""
    return f"{actor}{_OWNED}{window}"


def owner_of(window: str) -> str:
    """The actor code of the person whose window this was; those of earlier programs were the first one's."""
    return window.partition(_OWNED)[0] if _OWNED in window else FIRST_ACTOR


class DraftKeeper:
    """Keeps what is typed under (kind, key); the key is the record's uid or an id made for something new."""

    def __init__(self, office: Desk, window: str) -> None:
        self._office, self._window = office, window

    def new_key(self) -> str:
        """An id for the draft of something new."""
        return f"draft-{self._office.store.random(8).hex()}"

    def keep(self, kind: str, key: str, typed: Mapping[str, JsonValue]) -> None:
        """Saves what is typed now. Raises DraftElsewhere when another window has this record open."""
        with self._office.store.bookkeeping() as connection:
            save_draft(
                connection,
                kind=kind,
                key=key,
                window=self._window,
                payload=typed,
                at=self._office.store.now(),
            )

    def forget(self, kind: str, key: str) -> None:
        """Lets a draft go, because the clerk did. (A save drops it in its own transaction.)"""
        with self._office.store.bookkeeping() as connection:
            delete_draft(connection, kind=kind, key=key)

    def left(self, kind: str) -> list[Draft]:
        """This window's drafts of a kind, newest first, and those a closed or killed window left.

        Of other people's only those of who no longer works here: a colleague finds his own when he comes back.
        """
        home = self._office.store.home
        with self._office.store.reading() as reading:
            others = {each.actor for each in users(reading) if each.ended is None}
        others.discard(self._office.acting.code)
        with self._office.store.bookkeeping() as connection:
            for draft in list_drafts(connection, kind=kind):
                mine = draft.window != self._window and owner_of(draft.window) not in others
                if mine and not is_open(home, draft.window):
                    adopt_draft(
                        connection, kind=kind, key=draft.key, window=self._window, left_by=draft.window
                    )
            return list_drafts(connection, kind=kind, window=self._window)
