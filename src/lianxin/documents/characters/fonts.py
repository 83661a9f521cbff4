"""The fonts a document asks for, what stands in for them, and the characters the printing font lacks.

Which fonts a computer has, and what they can draw, is told by the caller: only the window knows.
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

SUBSTITUTES: Mapping[str, tuple[str, ...]] = {
    "仿宋_GB2312": ("仿宋", "FangSong", "方正仿宋_GBK", "华文仿宋"),
    "楷体_GB2312": ("楷体", "KaiTi", "方正楷体_GBK", "华文楷体"),
    "方正小标宋简体": ("方正小标宋_GBK", "方正小标宋_GB2312", "华文中宋", "STZhongsong", "宋体", "SimSun"),
    "黑体": ("SimHei", "方正黑体_GBK"),
    "宋体": ("SimSun", "方正书宋_GBK"),
}
"""What Word and WPS should take when a font is not installed, the nearest first (domain.md 4.14)."""

_SAME: Mapping[str, str] = {
    "仿宋": "FangSong", "楷体": "KaiTi", "黑体": "SimHei", "宋体": "SimSun",
    "华文中宋": "STZhongsong", "华文仿宋": "STFangsong", "华文楷体": "STKaiti",
}  # fmt: skip
"""One font under two names: a Chinese Windows tells it by the one, another by the other."""

_OF_BOOKS = "宋体"
"""The font of our workbooks; what stands in heads is written in the rows too."""
_TOLD = 8
"""So many characters are named, the rest is counted."""
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Lack:
    """A character the printing font cannot draw, and where it stands: the words around it."""

    char: str
    place: str

    @property
    def named(self) -> str:
        """The character; the number of a private one, of which nothing could be seen."""
        private = unicodedata.category(self.char) == "Co"
        return f"U+{ord(self.char):04X}" if private else self.char


@dataclass(frozen=True)
class FontUse:
    """One font a document asks for: which one prints ("" when nobody knows) and what that one cannot draw."""

    asked: str
    printed: str
    lacking: tuple[Lack, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether the font itself prints."""
        return self.printed in (self.asked, _SAME.get(self.asked))

    def words(self) -> str:
        """One sentence a clerk can act on; empty where nothing is to be said."""
        told = ""
        if not self.printed:
            told = f"电脑上没有“{self.asked}”，打印时由 Word 或 WPS 另选字体"
        elif not self.exact:
            told = f"“{self.asked}”没有安装，打印用“{self.printed}”"
        return "；".join(part for part in (told, self.lacks()) if part)

    def lacks(self) -> str:
        """What the printing font cannot draw, or none of this computer where nobody knows which one prints."""
        return lacks_words(f"“{self.printed}”里" if self.printed else "这台电脑的字体里都", self.lacking)


def font_uses(
    document: bytes, installed: Collection[str], draws: Callable[[str, str], bool]
) -> tuple[FontUse, ...]:
    """Every Chinese font of a .docx or .xlsx in the order of its text; nothing for what is neither.

    `draws(font, character)` says whether an installed font has a character, of "" whether any font has it.
    """
    texts: dict[str, list[tuple[str, str]]] = {}
    for face, text, paragraph in _runs(document):
        texts.setdefault(face, []).append((text, paragraph))
    uses = []
    for face, spoken in texts.items():
        printed = printing_font(face, installed)
        uses.append(FontUse(face, printed, tuple(_lacking(printed, spoken, draws))))
    return tuple(uses)


def rare_characters(document: bytes) -> tuple[Lack, ...]:
    """The characters of a .docx or .xlsx that usual Chinese fonts lack (those beyond GBK), each with its first place.

    For where nobody knows the fonts of the computer that prints.
    """
    spoken = [(text, paragraph) for _, text, paragraph in _runs(document)]
    return tuple(_lacking("", spoken, lambda _font, _char: False))


def lacks_words(where: str, lacking: Sequence[Lack]) -> str:
    """“仿宋”里没有“𠮷”（田𠮷同志），打印出来可能是空格或方框; empty where nothing lacks."""
    named = "、".join(f"“{lack.named}”（{lack.place}）" for lack in lacking[:_TOLD])
    more = f"等{len(lacking)}个字" if len(lacking) > _TOLD else ""
    return f"{where}没有{named}{more}，打印出来可能是空格或方框" if named else ""


def uses_words(uses: Iterable[FontUse]) -> str:
    """One sentence for the whole document: fonts of which nothing is known stand together, the others each with its
    own.
    """
    told = tuple(uses)
    missing = "、".join(f"“{use.asked}”" for use in told if not use.printed)
    parts = [f"电脑上没有{missing}，打印时由 Word 或 WPS 另选字体"] if missing else []
    unknown = {lack.char: lack for use in told if not use.printed for lack in use.lacking}
    if unknown:
        parts.append(FontUse("", "", tuple(unknown.values())).lacks())
    return "；".join([*parts, *(words for use in told if use.printed and (words := use.words()))])


def printing_font(asked: str, installed: Collection[str]) -> str:
    """The installed font that prints what asks for `asked`; "" when neither it nor a substitute is there."""
    for name in (asked, _SAME.get(asked, ""), *SUBSTITUTES.get(asked, ())):
        if name and name in installed:
            return name
    return ""


def _lacking(font: str, spoken: list[tuple[str, str]], draws: Callable[[str, str], bool]) -> Iterator[Lack]:
    known: dict[str, bool] = {}
    for text, paragraph in spoken:
        new = {char for char in set(text) - known.keys() if char > "\u00ff" and not char.isspace()}
        for char in sorted(new, key=text.find):
            # Of a font that nobody knows, and of all of them, only rare characters are in doubt.
            known[char] = (not font and _is_usual(char)) or draws(font, char)
            if not known[char]:
                yield Lack(char, _around(paragraph, char))


def _is_usual(char: str) -> bool:
    """Whether every Chinese font of a computer has it: GBK, and what is no letter."""
    try:
        char.encode("gbk")
    except UnicodeEncodeError:
        return unicodedata.category(char) not in ("Lo", "Co", "Cn")
    return True


def _around(paragraph: str, char: str) -> str:
    """Some characters on both sides of the first place where it stands."""
    at = paragraph.find(char)
    start, end = max(at - 4, 0), at + len(char) + 4
    return f"{'…' if start else ''}{paragraph[start:end].strip()}{'…' if end < len(paragraph) else ''}"


def _runs(document: bytes) -> Iterator[tuple[str, str, str]]:
    """(Chinese font, text, whole paragraph) of every run that names its font, headers and footers too; of a workbook
    every text.
    """
    for part in _parts(document, "xl/sharedStrings.xml"):
        for item in part.iter(f"{_S}si"):
            whole = "".join(text.text or "" for text in item.iter(f"{_S}t"))
            yield _OF_BOOKS, whole, whole
    for part in _parts(document, "word/document.xml", "word/header", "word/footer"):
        for paragraph in part.iter(f"{_W}p"):
            whole = "".join(text.text or "" for text in paragraph.iter(f"{_W}t"))
            for run in paragraph.iter(f"{_W}r"):
                fonts = run.find(f"{_W}rPr/{_W}rFonts")
                face = fonts.get(f"{_W}eastAsia") if fonts is not None else None
                text = "".join(each.text or "" for each in run.iter(f"{_W}t"))
                if face and text:
                    yield face, text, whole


def _parts(document: bytes, *names: str) -> Iterator[Element]:
    from defusedxml.ElementTree import fromstring

    try:
        with zipfile.ZipFile(io.BytesIO(document)) as packed:
            for name in packed.namelist():
                if name.startswith(names):
                    yield fromstring(packed.read(name))
    except (zipfile.BadZipFile, ParseError):
        return
