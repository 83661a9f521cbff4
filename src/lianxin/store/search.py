"""The search index: exact substrings of any length in Chinese text, and names by pinyin (architecture.md).

Text is stored with a space between characters and asked for as a phrase. A barrier token keeps a phrase from
running over the end of a field. Punctuation is left out on both sides.

What was written last waits in a small table beside the index and goes into it many records at a time: to the index
one record costs as many pages as sixty. A search looks through both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from lianxin.domain import pinyin
from lianxin.domain.checks import fold_text
from lianxin.domain.dictionary import Record, Wire
from lianxin.store.statements import run, run_many

_BARRIER = "ǁ"
_CREATE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5("
    # Ranking is never asked for; without the sizes of columns a save writes one page less.
    'kind UNINDEXED, uid UNINDEXED, text, columnsize=0, tokenize="unicode61 remove_diacritics 0")'
)
_CREATE_NEW = (
    "CREATE TABLE IF NOT EXISTS new_words(id INTEGER PRIMARY KEY, kind TEXT NOT NULL, uid TEXT NOT NULL,"
    " text TEXT NOT NULL) STRICT"
)
FEW = 1_000
"""Of so many records each may be looked up; of more it is cheaper to go along an index of all."""
MOST_NEW = 64
"""So many records wait at most: few enough to be looked through in no time."""
_LETTER = re.compile(r"[^\W_]")
_HAN = re.compile("[\u3400-\u4db5\u4e00-\u9fcc]")


@dataclass(frozen=True)
class Hit:
    """One record found."""

    kind: str
    uid: str


def make_index(connection: Connection) -> None:
    """Makes the index when it is not there. Without its `secure-delete`, which loses count (docs/adr/0007)."""
    connection.exec_driver_sql(_CREATE)
    connection.exec_driver_sql(_CREATE_NEW)
    # Segments are joined only when sixteen lie beside each other: with the usual four every other save carries a
    # piece of an old one along, and a search opens hardly fewer.
    connection.exec_driver_sql("INSERT INTO words(words, rank) VALUES('automerge', 16)")
    # The usual leaves are a little larger than a page has room for when it also carries its seal.
    connection.exec_driver_sql("INSERT INTO words(words, rank) VALUES('pgsz', 3900)")


def wipe_overwritten(connection: Connection) -> None:
    """Writes the whole index anew, so that words taken out of a record stand in no page of it any more.

    Costs seconds in a large ledger; for erasing, not for every correction.
    """
    take_in(connection)
    run(connection, "INSERT INTO words(words) VALUES('optimize')")


def drop_index(connection: Connection) -> None:
    """Takes the index away; `make_index` and projecting bring it back."""
    connection.exec_driver_sql("DROP TABLE IF EXISTS words")
    connection.exec_driver_sql("DROP TABLE IF EXISTS new_words")


def words_of(cls: type[Record], row: Mapping[str, Wire]) -> str:
    """What the index holds of one record: its searchable fields, and names also as pinyin and initials."""
    parts: list[str] = []
    for wire, person_name in _searched(cls):
        value = row.get(wire)
        if value is None or value == "":
            continue
        text = str(value)
        parts.append(_spaced(text))
        if person_name:
            parts.extend(_spaced_readings(text))
    return f" {_BARRIER} ".join(parts)


_found: dict[type[Record], tuple[tuple[str, bool], ...]] = {}


def _searched(cls: type[Record]) -> tuple[tuple[str, bool], ...]:
    """The wire names that are searched, and whether a person's name stands there."""
    told = _found.get(cls)
    if told is None:
        told = _found[cls] = tuple((spec.wire, spec.kind.person_name) for spec in cls.specs() if spec.search)
    return told


@lru_cache(maxsize=20_000)
def readings_of(name: str) -> tuple[str, ...]:
    """Full pinyin and initials of a name, every reading of its surname."""
    return pinyin.readings(name, plain=readings_plain)


@lru_cache(maxsize=20_000)
def _spaced_readings(name: str) -> tuple[str, ...]:
    return tuple(_spaced(reading) for reading in readings_of(name))


def readings_plain(text: str) -> list[str]:
    """One reading per character without tones, as a dictionary gives them."""
    # Loaded on first use: its table is large, and most starts never index a name.
    from pypinyin import lazy_pinyin

    return [str(syllable) for syllable in lazy_pinyin(text)]


def _spaced(text: str) -> str:
    return " ".join(map(_written_out, _LETTER.findall(fold_text(text))))


@lru_cache(maxsize=10_000)
def _written_out(char: str) -> str:
    # The tokenizer's own tables of what is a letter are older than ours and end before the newer planes of Han;
    # written out, every character is one, and none is taken for the barrier.
    return char if char.isascii() or _HAN.match(char) else f"u{ord(char):x}"


def _phrases(words: str) -> list[str]:
    """Each blank-separated part of a question, spaced as the texts are."""
    return [phrase for part in words.split() if (phrase := _spaced(part))]


def find(connection: Connection, words: str, *, kinds: Sequence[str] = (), limit: int = 50) -> list[Hit]:
    """The latest records that hold all the words; kinds narrows, limit counts records."""
    phrases = _phrases(words)
    if not phrases:
        return []
    marks = ", ".join("?" for _ in kinds)
    narrowed = f" AND kind IN ({marks})" if kinds else ""
    held, asked = _waiting_with(phrases)
    hits = _hits(
        connection,
        f"SELECT kind, uid FROM new_words WHERE {held}{narrowed} ORDER BY id DESC LIMIT ?",
        (*asked, *kinds, limit),
    )
    if len(hits) < limit:
        hits += _hits(
            connection,
            f"SELECT kind, uid FROM words WHERE text MATCH ?{narrowed} ORDER BY rowid DESC LIMIT ?",
            (_matching(phrases), *kinds, limit - len(hits)),
        )
    return hits


def are_common(connection: Connection, words: str) -> bool:
    """Whether more than FEW records hold all the words."""
    asked = "SELECT count(*) FROM (SELECT 1 FROM words WHERE text MATCH ? LIMIT ?)"
    phrases = _phrases(words)
    found = run(connection, asked, (_matching(phrases), FEW + 1)).fetchone() if phrases else None
    return found is not None and int(str(found[0])) > FEW


def rows_holding(words: str) -> tuple[str, Sequence[str]]:
    """A statement that answers the numbers of all index rows with these words, of any kind, and its parameters.

    It touches no text, of which there are pages: to be used inside another statement.
    """
    phrases = _phrases(words)
    held, asked = _waiting_with(phrases)
    text = f"SELECT rowid FROM words WHERE text MATCH ? UNION ALL SELECT id FROM new_words WHERE {held}"
    return text, (_matching(phrases), *asked)


def _matching(phrases: Sequence[str]) -> str:
    return " ".join(f'"{phrase}"' for phrase in phrases)


def _waiting_with(phrases: Sequence[str]) -> tuple[str, Sequence[str]]:
    held = " AND ".join("instr(' ' || text || ' ', ?)" for _ in phrases)
    return held, [f" {phrase} " for phrase in phrases]


def _hits(connection: Connection, sql: str, parameters: Sequence[object]) -> list[Hit]:
    return [Hit(str(row[0]), str(row[1])) for row in run(connection, sql, parameters)]


def put(connection: Connection, kind: str, uid: str, text: str, row: int | None) -> int:
    """Writes the whole index row of a record and returns its number, the same while it waits and in the index."""
    if row is not None:
        waits = run(connection, "SELECT 1 FROM new_words WHERE id = ?", (row,)).fetchone() is not None
        table = "new_words SET text = ? WHERE id = ?" if waits else "words SET text = ? WHERE rowid = ?"
        run(connection, f"UPDATE {table}", (text, row))
        return row
    return put_new(connection, [(kind, uid, text)])[0]


def put_new(connection: Connection, texts: Sequence[tuple[str, str, str]]) -> list[int]:
    """Writes index rows (kind, uid, text) of records that have none yet, and returns their numbers."""
    first, last = _waiting(connection)
    numbers = list(range(last + 1, last + 1 + len(texts)))
    rows = [(number, *told) for number, told in zip(numbers, texts, strict=True)]
    if len(rows) > MOST_NEW:
        # So many need not wait beside the index first.
        take_in(connection)
        run_many(connection, "INSERT INTO words(rowid, kind, uid, text) VALUES(?, ?, ?, ?)", rows)
        return numbers
    run_many(connection, "INSERT INTO new_words(id, kind, uid, text) VALUES(?, ?, ?, ?)", rows)
    if numbers and numbers[-1] - first >= MOST_NEW:
        take_in(connection)
    return numbers


def _waiting(connection: Connection) -> tuple[int, int]:
    """The first number that waits and the last one given; the first is the next when nothing waits."""
    found = run(
        connection, "SELECT (SELECT min(id) FROM new_words), (SELECT max(id) FROM new_words)"
    ).fetchone()
    if found is not None and found[0] is not None:
        return int(str(found[0])), int(str(found[1]))
    newest = run(connection, "SELECT rowid FROM words ORDER BY rowid DESC LIMIT 1").fetchone()
    last = int(str(newest[0])) if newest is not None else 0
    return last + 1, last


def take_in(connection: Connection) -> None:
    """Puts into the index what waits beside it."""
    run(
        connection,
        "INSERT INTO words(rowid, kind, uid, text) SELECT id, kind, uid, text FROM new_words ORDER BY id",
    )
    run(connection, "DELETE FROM new_words")


def drop(connection: Connection, row: int) -> None:
    """Takes one record out of the index, wherever it is."""
    run(connection, "DELETE FROM words WHERE rowid = ?", (row,))
    run(connection, "DELETE FROM new_words WHERE id = ?", (row,))


def drop_kind(connection: Connection, kind: str) -> None:
    """Takes every row of a kind out of the index."""
    run(connection, "DELETE FROM words WHERE kind = ?", (kind,))
    run(connection, "DELETE FROM new_words WHERE kind = ?", (kind,))


def every_row(connection: Connection) -> Iterable[tuple[int, str, str, str]]:
    """(number, kind, uid, text) of the whole index, for `check`."""
    for table in ("words", "new_words"):
        for row in connection.exec_driver_sql(f"SELECT rowid, kind, uid, text FROM {table}"):
            yield int(row[0]), str(row[1]), str(row[2]), str(row[3])


def inner_damage(connection: Connection) -> bool:
    """Whether the index contradicts the texts it was made from, which no question would show."""
    try:
        run(connection, "INSERT INTO words(words, rank) VALUES('integrity-check', 1)")
    except DBAPIError:
        return True
    return False
