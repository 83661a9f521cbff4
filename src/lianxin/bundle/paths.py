"""Names inside a bundle: which are safe to show and to unpack on Windows and Linux alike."""

from __future__ import annotations

import unicodedata

_RESERVED = frozenset('<>:"|?*\\')
_DEVICES = frozenset(
    ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"]
    + [f"{port}{digit}" for port in ("COM", "LPT") for digit in "0123456789¹²³"]
)
# Letters and marks that show nothing although Unicode does not file them under format characters.
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_HIDDEN_CATEGORIES = frozenset(["Cc", "Cf", "Cs", "Zl", "Zp"])
# One segment may not exceed what Linux file systems store.
_SEGMENT_BYTES = 255


def path_fault(path: str, *, longest: int) -> str | None:
    """Return in a few Chinese words why `path` (segments joined by "/") is unsafe, or None when it is safe."""
    if not path:
        return "名称为空"
    if len(path) > longest:
        return "名称过长"
    if unicodedata.normalize("NFC", path) != path:
        return "名称的编码形式不规范"
    if hides(path):
        return "名称里有看不见的字符"
    if any(character in _RESERVED for character in path):
        return "名称里有不允许的符号"
    for segment in path.split("/"):
        fault = _segment_fault(segment)
        if fault is not None:
            return fault
    return None


def hidden(character: str) -> bool:
    """Say whether a character shows nothing or reorders its neighbours (control, bidi, zero width)."""
    if character in _UNSEEN:
        return True
    category = unicodedata.category(character)
    # Rare characters of newer Unicode versions look unassigned to this Python; those planes hold only Hanzi.
    unassigned = category == "Cn" and not 0x20000 <= ord(character) <= 0x3FFFF
    return unassigned or category in _HIDDEN_CATEGORIES


def hides(text: str) -> bool:
    """Say whether any character of a text is hidden."""
    # Ids, digests and most paths; every manifest has hundreds.
    if text.isascii() and text.isprintable():
        return False
    return any(hidden(character) for character in text)


def clash_key(path: str) -> str:
    """Return the form under which two paths must differ: case folded and compatibility normalised."""
    folded = unicodedata.normalize("NFKC", path).casefold()
    return unicodedata.normalize("NFKC", folded)


def first_clash(paths: list[str]) -> str | None:
    """Return a path that another one equals under clash_key or uses as a folder, or None."""
    seen: set[str] = set()
    folders: set[str] = set()
    for path in paths:
        key = clash_key(path)
        if key in seen or key in folders:
            return path
        seen.add(key)
        parts = key.split("/")
        above = {"/".join(parts[:depth]) for depth in range(1, len(parts))}
        if above & seen:
            return path
        folders |= above
    return None


def safe_segment(text: str, *, longest: int = 60) -> str:
    """Turn any text into one safe file name part; unsafe characters become "_"."""
    shown = unicodedata.normalize("NFC", text)
    kept = "".join("_" if c in _RESERVED or c == "/" or hidden(c) else c for c in shown)[:longest]
    kept = kept.strip(" .")
    if not kept:
        return "_"
    return kept if _segment_fault(kept) is None else f"_{kept}"


def _segment_fault(segment: str) -> str | None:
    if segment in ("", ".", ".."):
        return "名称指向了别的文件夹"
    if segment[-1] in ". " or segment[0] == " ":
        return "名称以空格或句点开头、结尾"
    if segment.split(".", 1)[0].rstrip(" ").upper() in _DEVICES:
        return "名称是系统保留的设备名"
    if len(segment.encode("utf-8")) > _SEGMENT_BYTES:
        return "名称过长"
    return None
