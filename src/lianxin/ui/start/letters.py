"""大字: how large letters are on this computer; known before anything is unlocked, so it lies beside the data."""

from __future__ import annotations

import json
from pathlib import Path

from lianxin.store.files import write_atomic
from lianxin.ui.theme import SCALES

_FILE = "window.json"


def read_letters(home: Path) -> float:
    """The factor chosen; 1.0 when none was or the file says nothing sensible."""
    try:
        told = json.loads((home / _FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return SCALES[0]
    chosen = told.get("letters") if isinstance(told, dict) else None
    return float(chosen) if chosen in SCALES else SCALES[0]


def write_letters(home: Path, scale: float) -> None:
    """Remember the factor. Raises OSError."""
    home.mkdir(parents=True, exist_ok=True)
    write_atomic(home / _FILE, json.dumps({"letters": scale}).encode())
