"""The manual inside the program: its chapters, their headings, and where a word stands in them.

The chapters are the Markdown files of docs/manual; their order is that of the links in its README.md. What the
dictionary says is put behind them (see glossary).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from lianxin.installed import manual_dir
from lianxin.office.glossary import glossary_chapters

CONTENTS = "README.md"
_HEADING = re.compile(r"^(#{1,4}) +(.+)$")
_LINK = re.compile(r"\]\(([a-z-]+\.md)\)")
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
_MARKS = re.compile(r"\*\*|`|^\s*[-*] +|^\|[-| ]+\|$|\\", re.MULTILINE)
_WRAP = re.compile(r"(?<=[^\x00-\x7f])\n *(?=[^\x00-\x7f])")
_AROUND = 18
_MEANT = {
    "密码": "口令", "忘了密码": "忘记口令", "忘记密码": "忘记口令", "忘了口令": "忘记口令", "忘密码": "忘记口令",
    "权限": "角色", "快捷键": "按键", "热键": "按键", "离职": "交接", "调走": "交接", "离任": "交接",
    "删错了": "回收站", "删错": "回收站", "误删": "回收站", "删除恢复": "回收站", "改错": "撤销", "填错": "撤销",
    "漏报": "补报", "重装系统": "换电脑", "重装": "换电脑", "新电脑": "换电脑", "搬家": "换电脑", "坏了": "修复",
    "导入excel": "导入台账", "优盘": "U盘", "停电": "断电", "看不清": "大字",
}  # fmt: skip
"""What a clerk types → the word the manual uses."""


@dataclass(frozen=True)
class Part:
    """A heading of a chapter (level 1 is its title) and the plain text below it, up to the next one."""

    heading: str
    level: int
    text: str


@dataclass(frozen=True)
class Chapter:
    """One chapter; `key` is the name by which links and pages call it."""

    key: str
    markdown: str

    @property
    def title(self) -> str:
        """The first heading."""
        return self.parts[0].heading

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The chapter cut at its headings."""
        return tuple(_parts(self.markdown))

    def body(self) -> str:
        """The Markdown without the title, for a place that shows it already."""
        return self.markdown.partition("\n")[2]

    def below(self, heading: str) -> str:
        """The Markdown of one heading with all that stands under it; the whole chapter for "" or an unknown one."""
        lines = self.markdown.splitlines()
        places = [(at, found) for at, line in enumerate(lines) if (found := _HEADING.match(line))]
        for place, (at, found) in enumerate(places):
            if heading and plain(found.group(2)).strip() == heading:
                level = len(found.group(1))
                ends = [end for end, later in places[place + 1 :] if len(later.group(1)) <= level]
                return "\n".join(lines[at : ends[0] if ends else None])
        return self.markdown

    def pictures(self) -> tuple[str, ...]:
        """The files of its pictures, as it names them."""
        return tuple(found.group(2) for found in _PICTURE.finditer(self.markdown))


@dataclass(frozen=True)
class Place:
    """A chapter, and a heading in it ("" for its beginning)."""

    chapter: str
    heading: str = ""

    @classmethod
    def told(cls, words: str) -> Place:
        """From a link: `backup.md#恢复`."""
        chapter, _, heading = words.partition("#")
        return cls(chapter, heading)


@dataclass(frozen=True)
class Hit:
    """A part in which all words stand, with some text around the first."""

    place: Place
    title: str
    around: str


@lru_cache(maxsize=1)
def chapters() -> tuple[Chapter, ...]:
    """Every chapter in the order of the contents, the glossary last. Raises MissingPart."""
    folder = manual_dir()
    names = linked(folder)
    return (*(Chapter(name, unwrapped((folder / name).read_text("utf-8"))) for name in names), *_glossary())


def linked(folder: Path) -> tuple[str, ...]:
    """The chapters that the contents name, each once."""
    return tuple(dict.fromkeys(_LINK.findall((folder / CONTENTS).read_text("utf-8"))))


def chapter(key: str) -> Chapter:
    """The chapter of a key. KeyError for one there is not."""
    return {each.key: each for each in chapters()}[key]


def find(words: str, within: Sequence[Chapter] | None = None) -> tuple[Hit, ...]:
    """The parts that hold all words, those with a word in their heading first; no words, no hits."""
    asked = words.casefold().split()
    if not asked:
        return ()
    within = within or chapters()
    hits = [hit for each in within for hit in _hits(each, asked)]
    meant = [_MEANT.get(word, word).casefold() for word in asked]
    if meant != asked:
        here = {(hit.place.chapter, hit.place.heading) for hit in hits}
        more = (hit for each in within for hit in _hits(each, meant))
        hits += [hit for hit in more if (hit.place.chapter, hit.place.heading) not in here]
    return tuple(
        sorted(hits, key=lambda hit: not any(word in hit.place.heading.casefold() for word in asked))
    )


def without_pictures(markdown: str) -> str:
    """For a place too narrow for them."""
    return _PICTURE.sub("", markdown)


def plain(markdown: str) -> str:
    """Markdown as it is read aloud: no marks, no pictures, links by their words."""
    text = without_pictures(markdown)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return _MARKS.sub("", text)


def unwrapped(markdown: str) -> str:
    """Lines that were only wrapped joined again: between Chinese characters the break would become a space."""
    return _WRAP.sub("", markdown)


def _glossary() -> Iterator[Chapter]:
    return (Chapter(key, markdown) for key, markdown in glossary_chapters())


def _parts(markdown: str) -> Iterator[Part]:
    heading, level, lines = "", 0, list[str]()
    for line in markdown.splitlines():
        found = _HEADING.match(line)
        if found is None:
            lines.append(line)
            continue
        if level:
            yield Part(heading, level, plain("\n".join(lines)).strip())
        heading, level, lines = plain(found.group(2)).strip(), len(found.group(1)), []
    if level:
        yield Part(heading, level, plain("\n".join(lines)).strip())


def _hits(within: Chapter, asked: Sequence[str]) -> Iterator[Hit]:
    for part in within.parts:
        text = f"{part.heading}\n{part.text}"
        low = text.casefold()
        if all(word in low for word in asked):
            heading = "" if part.level == 1 else part.heading
            at = part.text.casefold().find(asked[0])
            yield Hit(Place(within.key, heading), within.title, _around(part.text, max(at, 0)))


def _around(text: str, at: int) -> str:
    start, end = max(0, at - _AROUND), at + 2 * _AROUND
    words = " ".join(text[start:end].split())
    return f"{'…' if start else ''}{words}{'…' if end < len(text) else ''}"
