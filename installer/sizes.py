"""How large a packed program is, part by part: what grows is seen at the next build."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

INSIDE = "_internal"
PARTS = {
    "our texts and pictures": ("lianxin/_data/manual", "lianxin/_data/samples", "lianxin/_data/about"),
    "fonts": ("lianxin/_data/resources/fonts",),
    "window (Qt)": ("PySide6", "shiboken6", "libicu", "libQt6", "libX", "libxcb", "libxkb"),
    "keys and seals": ("cryptography", "pyrage", "libcrypto"),
    "database": ("sqlcipher3", "sqlalchemy"),
    "preview (PDFium)": ("pypdfium2",),
    "Word and Excel": ("lxml", "docx"),
    "pictures": ("PIL", "pillow.libs"),
    "pinyin": ("pypinyin",),
}
"""A part by the beginnings of its files' places; what none names is Python itself and what is small."""
PROGRAMS, REST = "two programs with all modules", "Python and the rest"


def size_of(place: Path) -> int:
    """Bytes of a file or of everything in a folder; links count nothing."""
    return place.stat().st_size if place.is_file() else sum(each.stat().st_size for each in _files(place))


def lines_of(folder: Path) -> Iterator[str]:
    """One line for the whole folder and one for each part, the largest first."""
    sizes: dict[str, int] = {}
    for file in _files(folder):
        part = _part(file.relative_to(folder))
        sizes[part] = sizes.get(part, 0) + file.stat().st_size
    yield f"folder   {sum(sizes.values()) / 2**20:7.1f} MiB  {folder.name}"
    for part, size in sorted(sizes.items(), key=lambda each: -each[1]):
        yield f"    part {size / 2**20:7.1f} MiB  {part}"


def _files(folder: Path) -> Iterator[Path]:
    return (each for each in folder.rglob("*") if each.is_file() and not each.is_symlink())


def _part(place: Path) -> str:
    if place.parts[0] != INSIDE:
        return PROGRAMS
    inside = place.relative_to(INSIDE).as_posix()
    return next((name for name, beginnings in PARTS.items() if inside.startswith(beginnings)), REST)
