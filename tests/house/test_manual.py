"""docs/manual: what it links, shows and quotes is there, and F1 of every page leads to a heading of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from lianxin.cli.parsing import make_parser
from lianxin.office.glossary import terms
from lianxin.office.manual import CONTENTS, Chapter, Place, chapters, find, linked
from lianxin.office.papers.coverage import DOCUMENTS
from lianxin.ui.help.places import COUNTY, COUNTY_SETTINGS, SETTINGS, TOWNSHIP
from lianxin.ui.pages import COUNTY_PAGES, TOWNSHIP_PAGES
from tests.house.screen_words import screen_words

FOLDER = Path(__file__).parents[2] / "docs" / "manual"
MOST_BYTES = 2_500_000
WRITTEN = [each for each in chapters() if each.key.endswith(".md")]
_LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)]+)\)")
_QUOTED = re.compile(r"「([^」]+)」")


def stands(place: Place) -> bool:
    """Whether the manual has this chapter with this heading."""
    found = next((each for each in chapters() if each.key == place.chapter), None)
    headings = {part.heading for part in found.parts} if found else set()
    return found is not None and (not place.heading or place.heading in headings)


def test_every_chapter_is_in_the_contents_once_and_has_a_title() -> None:
    assert {path.name for path in FOLDER.glob("*.md")} == {CONTENTS, *linked(FOLDER)}
    titles = [each.title for each in chapters()]
    assert len(set(titles)) == len(titles) and all(titles)


@pytest.mark.parametrize("chapter", WRITTEN, ids=lambda chapter: chapter.key)
def test_what_a_chapter_links_and_shows_is_there(chapter: Chapter) -> None:
    for name in chapter.pictures():
        assert (FOLDER / name).is_file(), name
    for told in _LINK.findall(chapter.markdown):
        place = Place.told(told)
        assert stands(Place(place.chapter or chapter.key, place.heading)), told


@pytest.mark.parametrize("chapter", WRITTEN, ids=lambda chapter: chapter.key)
def test_words_of_the_screen_are_quoted_as_they_stand_there(chapter: Chapter) -> None:
    """「」 holds words of the screen, one behind the other with an arrow; other quotations are “”."""
    missing = [word for word in quoted(chapter) if word not in screen_words()]
    assert missing == []


def quoted(chapter: Chapter) -> Iterator[str]:
    """The words of the screen that a chapter names."""
    for told in _QUOTED.findall(chapter.markdown):
        yield from told.split(" → ")


def test_f1_leads_to_a_heading_from_every_page_and_part_of_the_settings() -> None:
    assert {key for key, _ in TOWNSHIP_PAGES} <= set(TOWNSHIP)
    assert {key for key, _ in COUNTY_PAGES} <= set(COUNTY)
    told = [*TOWNSHIP.values(), *COUNTY.values(), *SETTINGS.values(), *COUNTY_SETTINGS.values()]
    assert [each for each in told if not stands(Place.told(each))] == []


def test_every_picture_is_used_and_all_together_are_small() -> None:
    used = {name for each in WRITTEN for name in each.pictures()}
    there = {f"pictures/{path.name}" for path in (FOLDER / "pictures").glob("*")}
    assert there == used
    assert sum(path.stat().st_size for path in (FOLDER / "pictures").glob("*.png")) < MOST_BYTES


def test_the_chapter_of_commands_names_each_of_them() -> None:
    """Its first table is the list of commands, in the order of the program's own help."""
    told = next(each for each in WRITTEN if each.key == "commands.md").below("所有命令")
    named = re.findall(r"^\| `([a-z-]+)` \|", told, re.MULTILINE)
    shown = re.findall(r"^ {4}([a-z][a-z-]+)\b", make_parser().format_help(), re.MULTILINE)
    assert named == shown


def test_words_are_found_anywhere_in_them_and_headings_come_first() -> None:
    hits = find("持续重办")
    assert {"opinions.md", "words"} <= {hit.place.chapter for hit in hits}
    assert find("换电脑")[0].place == Place("backup.md", "换电脑")
    both = find("恢复单 主席")
    assert both and all("恢复单" in hit.around or "主席" in hit.around for hit in both)
    assert find("") == () and find("没有这样的字") == ()


def test_the_glossary_tells_each_word_once_and_where_it_is_from() -> None:
    words = [word for _, word, _, _ in terms()]
    assert len(set(words)) == len(words)
    books = {source for *_, source in terms() if source.startswith("《")}
    assert {book.strip("《》") for book in books} <= set(DOCUMENTS.values())
    assert {"五有", "双岗建功", "持续重办", "四方督办"} <= set(words)


@pytest.mark.parametrize(
    "typed", ["密码", "忘了密码", "权限", "快捷键", "离职", "误删", "漏报", "重装系统", "优盘", "停电"]
)
def test_what_a_clerk_types_is_found_though_the_manual_says_it_otherwise(typed: str) -> None:
    assert find(typed)
