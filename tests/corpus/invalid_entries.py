"""Really signed, with journal lines or values that break the rules of entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from lianxin.bundle.journal_file import CarriedValue, value_line
from lianxin.domain.dictionary import Wire
from lianxin.domain.journal import EntryId, Write
from lianxin.domain.values import Kept
from tests.corpus.books import Book, journal, kept, rewritten, uid, values_file, visits
from tests.corpus.cases import Case, signed
from tests.corpus.drafts import Draft
from tests.corpus.valid import book_of
from tests.corpus.world import OFFICE_STREAM, OTHER, REPLICAS, SECOND_DESK, TO_STREAM

LINES = journal([visits()])


def cases() -> Iterator[Case]:
    """Every file of the kind."""
    yield from _lines()
    yield from _kinds_and_values()
    yield from _chain()
    yield from _streams()
    yield from _openings()


def _lined(name: str, change: Callable[[bytes], bytes], why: str, code: str = "E604") -> Case:
    """The usual entries, their lines changed, everything else as if they were not."""
    return signed(f"line-{name}", Draft(journal=change(LINES)), code, why)


def _lines() -> Iterator[Case]:
    first = LINES[: LINES.index(b"\n") + 1]
    yield _lined("crlf", lambda text: text.replace(b"\n", b"\r\n"), "lines as Windows ends them")
    yield _lined("blank", lambda text: text + b"\n", "an empty line")
    yield _lined("unfinished", lambda text: text[:-1], "the last line has no end")
    yield _lined("spaces", lambda text: text.replace(b'"op":"put"', b'"op": "put"', 1), "a space in the JSON")
    yield _lined("key-order", lambda text: text.replace(b'"actor":"01",', b"", 1).replace(b'}\n', b',"actor":"01"}\n', 1),
                 "keys in another order")  # fmt: skip
    yield _lined(
        "extra-key", lambda text: text.replace(b'"op":"put"', b'"note":"x","op":"put"', 1), "one key more"
    )
    yield _lined("missing-key", lambda text: text.replace(b'"schema":1,', b"", 1), "one key less")
    yield _lined(
        "doubled-key", lambda text: text.replace(b'"schema":1', b'"schema":1,"schema":1', 1), "a key twice"
    )
    yield _lined("float", lambda text: text.replace(b'"schema":1', b'"schema":1.0', 1), "a float")
    yield _lined("op", lambda text: text.replace(b'"op":"put"', b'"op":"drop"', 1), "an unknown act")
    yield _lined("not-json", lambda text: b"hello\n" + text, "a line that is no entry")
    yield _lined("list", lambda text: b"[]\n" + text, "a line that is a list")
    yield _lined("utf-16", lambda text: text.decode().encode("utf-16"), "another encoding")
    yield _lined("nul", lambda text: text.replace("断水".encode(), b"\\u0000", 1), "U+0000 inside a text")
    yield _lined(
        "moment", lambda text: text.replace(b"T09:30:00+08:00", b" 9:30", 1), "a moment without offset"
    )
    yield _lined("repeated", lambda text: first + text, "a line twice")
    yield _lined("gone", lambda text: text[len(first) :], "a line missing")
    yield _lined("none", lambda _text: b"", "no line at all")


def _wrote(name: str, kind: str, fields: dict[str, Wire], why: str, *, record: str = uid(90),
           schema: int = 1) -> Case:  # fmt: skip
    """The usual entries and one more."""
    book = visits()
    book.put(kind, record, fields, schema=schema)
    return signed(f"entry-{name}", Draft(books=(book,)), "E604", why)


def _kinds_and_values() -> Iterator[Case]:
    visit: dict[str, Wire] = {"type": "visit", "date": "2026-10-12", "words": "断水", "persons": 1}
    yield _wrote("kind-unknown", "spaceship", {"title": "x"}, "a kind nobody knows")
    yield _wrote("kind-plural", "contacts", visit, "a kind by its plural")
    yield _wrote("kind-local", "sent-file", {"seq": 1, "period": "2026-10"}, "a record that never leaves")
    yield _wrote("field-unknown", "contact", {**visit, "mood": "x"}, "a field nobody knows")
    yield _wrote("field-uid", "contact", {**visit, "uid": uid(1)}, "the uid as a field")
    yield _wrote("type-text", "contact", {**visit, "persons": "1"}, "a number written as text")
    yield _wrote("type-flag", "contact", {**visit, "persons": True}, "yes where a number belongs")
    yield _wrote("type-number", "contact", {**visit, "words": 12}, "a number where a text belongs")
    yield _wrote("type-yes", "contact", {**visit, "answered": 1}, "a number where yes or no belongs")
    yield _wrote("type-day", "contact", {**visit, "date": "2026-02-30"}, "a day that never was")
    yield _wrote("type-day-words", "contact", {**visit, "date": "10月12日"}, "a day in words")
    yield _wrote("type-clock", "contact", {**visit, "time": "25:00"}, "a time that never is")
    yield _wrote(
        "personal-open", "visitor", {"contact": uid(1), "phone": "13912342217"}, "a phone number openly"
    )
    yield _wrote(
        "identity-open", "visitor", {"contact": uid(1), "identity_number": None}, "a sensitive field openly"
    )
    yield _wrote("uid-capital", "contact", visit, "a uid in capitals", record=uid(0xABC).upper())
    yield _wrote("uid-braces", "contact", visit, "a uid in braces", record="{" + uid(90) + "}")
    yield _wrote("uid-path", "contact", visit, "a uid that is a path", record="../../etc/passwd")
    book = rewritten(visits(), 4, fields={"_state": Write("removed", None, ())})
    yield signed("entry-state-by-put", Draft(books=(book,)), "E604", "removal disguised as a change") \
        if _can_be_written(book) else _lined("state", lambda text: text.replace(b'"title":', b'"_state":', 1),
                                             "removal disguised as a change")  # fmt: skip


def _can_be_written(book: Book) -> bool:
    try:
        journal([book])
    except ValueError:
        return False
    return True


def _chain() -> Iterator[Case]:
    book = visits()
    broken = Book(book.stream, book.lamport, [*book.entries[:2], replace(book.entries[2], prev="0" * 64),
                                              *book.entries[3:]])  # fmt: skip
    yield signed("chain-broken", Draft(books=(broken,)), "E604", "an entry that names another before it")
    changed = Book(book.stream, book.lamport, [book.entries[0], replace(book.entries[1], actor="02"),
                                               *book.entries[2:]])  # fmt: skip
    yield signed("chain-changed", Draft(books=(changed,)), "E604", "an entry changed, those behind it not")
    yield signed(
        "lamport-falls", Draft(books=(rewritten(book, 3, lamport=1),)), "E604", "the clock runs back"
    )
    yield signed(
        "lamport-stands", Draft(books=(rewritten(book, 3, lamport=2),)), "E604", "the clock stands still"
    )
    hole = Book(book.stream, book.lamport, [*book.entries[:2], book.entries[3]])
    yield signed("counter-hole", Draft(books=(hole,)), "E604", "an entry left out, the range whole")
    ends = {OFFICE_STREAM: [1, 4, "0" * 64]}
    yield signed("last-hash", Draft(told={"entries": ends}), "E604", "another last hash in the manifest")
    more = {OFFICE_STREAM: [1, 9, book.entries[-1].digest()]}
    yield signed("range-longer", Draft(told={"entries": more}), "E604", "the manifest promises more")
    fewer = {OFFICE_STREAM: [1, 3, book.entries[2].digest()]}
    yield signed(
        "range-shorter", Draft(told={"entries": fewer}), "E604", "the journal holds more than promised"
    )
    later = {OFFICE_STREAM: [2, 4, book.entries[-1].digest()]}
    yield signed("range-later", Draft(told={"entries": later}), "E604", "the journal begins before the range")
    two = Book(f"{SECOND_DESK}/office")
    two.put("contact", uid(501), {"remark": "另一台电脑"})
    unordered = two.entries[0].line() + b"\n"
    yield signed("order", Draft(books=(book, two), journal=LINES + unordered), "E604", "entries out of order")


def _streams() -> Iterator[Case]:
    foreign = book_of(OTHER).entries[0].line() + b"\n"
    yield _lined("of-a-neighbour", lambda text: foreign + text, "a neighbour's entry among the own", "E313")
    county = visits(TO_STREAM).entries[0].line() + b"\n"
    yield _lined("of-the-county", lambda text: county + text, "an entry of the county among the own", "E313")
    local = visits(f"{REPLICAS[OFFICE_STREAM[:9]]}/local").entries[0].line() + b"\n"
    yield _lined("local", lambda text: local + text, "an entry that never leaves", "E313")
    unlisted = visits(f"{SECOND_DESK}/office").entries[0].line() + b"\n"
    yield _lined("unlisted", lambda text: text[: text.index(b"\n") + 1] + unlisted + text[text.index(b"\n") + 1 :],
                 "an own desk the manifest does not list")  # fmt: skip
    nameless = visits().entries[0].line().replace(OFFICE_STREAM.encode(), b"somewhere") + b"\n"
    yield _lined("nameless", lambda text: nameless + text, "an entry of no stream")


def _openings() -> Iterator[Case]:
    book = visits()
    usual = values_file([book])
    lines = usual.splitlines(keepends=True)
    opening = book.values[0]

    def carried(name: str, values: bytes, why: str, code: str = "E604") -> Case:
        return signed(f"value-{name}", Draft(values=values), code, why)

    def other(entry: EntryId, field: str, held: Kept) -> bytes:
        return value_line(CarriedValue(entry, field, held))

    held = opening.kept
    yield carried(
        "changed", usual.replace("单志明".encode(), "单志朋".encode()), "another name than committed to"
    )
    yield carried("salt", usual.replace(held.salt.encode(), b"0" * 64), "another salt")
    yield carried("salt-short", usual.replace(held.salt.encode(), b"00"), "a salt of one byte")
    yield carried(
        "salt-moved",
        other(opening.entry, "name", Kept(held.salt[:-2], held.value)),
        "salt and value cut anew",
    )
    yield carried("twice", lines[0] + usual, "a value twice")
    yield carried("order", lines[1] + lines[0], "values out of order")
    yield carried("uncommitted", other(EntryId(OFFICE_STREAM, 1), "words", kept("x", "x")) + usual,
                  "a value for a field that was open")  # fmt: skip
    yield carried("field-unknown", other(EntryId(OFFICE_STREAM, 1), "mood", kept("x", "x")) + usual,
                  "a value for a field nobody wrote")  # fmt: skip
    yield carried("beyond", usual + other(EntryId(OFFICE_STREAM, 9), "name", kept("x", "x")),
                  "a value for an entry that is not carried")  # fmt: skip
    yield carried("of-a-neighbour", other(EntryId(f"{REPLICAS[OTHER]}/office", 1), "name", kept("x", "x")),
                  "a value for a neighbour's entry", "E313")  # fmt: skip
    yield carried("extra-key", usual.replace(b'{"counter"', b'{"actor":"x","counter"', 1), "one key more")
    yield carried("list", usual.replace('"单志明"'.encode(), b'["x"]'), "a list as value")
    yield carried("unfinished", usual[:-1], "the last line has no end")
    typed = visits()
    typed.put("visitor", uid(90), {"contact": uid(1)}, beside={"name": 12})
    yield signed("value-type", Draft(books=(typed,), with_values=True), "E604", "a number as somebody's name")
