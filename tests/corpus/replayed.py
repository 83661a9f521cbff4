"""Files that are right by themselves and wrong, or at least not new, beside what was received before.

The codes need a store: `Story.receives` is what the county takes in one after the other, with the code of each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lianxin.bundle.journal_file import CarriedValue, value_line
from lianxin.domain.journal import EntryId, Write
from tests.corpus.books import Book, kept, rewritten, uid, values_file, visits
from tests.corpus.drafts import Draft
from tests.corpus.world import OFFICE_STREAM, OTHER, REPLICAS, SECOND_DESK, desk


@dataclass(frozen=True)
class Story:
    """One row of receptions at the county; `receives` are (file, code) in the order of arrival."""

    name: str
    why: str
    receives: tuple[tuple[str, str], ...]


def files() -> Iterator[tuple[str, bytes]]:
    """Every file of the stories; each passes a check by itself."""
    for name, draft in _drafts().items():
        yield f"{name}.zip", draft.sealed()


def _drafts() -> dict[str, Draft]:
    long = visits(months=3)
    first, both = (
        Draft(books=(visits(),), bundle=101, seq=1),
        Draft(books=(visits(months=2),), bundle=102, seq=2),
    )
    another = rewritten(visits(), 4, fields={"title": Write("另一件事"), "words": Write("另一件事"),
                                             "registered": Write("2026-10-12")})  # fmt: skip
    past_fork = Book(OFFICE_STREAM, 8, rewritten(visits(months=2), 4, actor="02").entries[4:])
    high = visits()
    high.lamport = 1_000
    high.put("contact", uid(1), {"remark": "时钟拨快"})
    neighbour = Book(f"{REPLICAS[OTHER]}/office", lamport=4)
    neighbour.put("contact", uid(1), {"remark": "别的镇写的"})
    naming = Book(f"{REPLICAS[OTHER]}/office", lamport=4)
    naming.put("contact", uid(801), {"type": "visit", "date": "2026-10-12", "words": "路灯不亮"},
               replaces=[EntryId(OFFICE_STREAM, 1)])  # fmt: skip
    own = Book(f"{REPLICAS[OTHER]}/office")
    own.put("contact", uid(802), {"type": "visit", "date": "2026-10-12", "words": "路灯不亮", "persons": 1})
    second = Book(f"{SECOND_DESK}/office", lamport=4)
    second.put("contact", uid(1), {"remark": "二号机补记"}, replaces=[EntryId(OFFICE_STREAM, 1)])
    wrong = CarriedValue(EntryId(OFFICE_STREAM, 2), "name", kept("别人", "wrong"))
    open_field = CarriedValue(EntryId(OFFICE_STREAM, 1), "words", kept("断水", "open"))
    other = Draft(signer=desk(OTHER), org=OTHER)
    tail = long.part(9, 12)
    return {
        "october": first,
        "october-other-id": first.but(bundle=103),
        "october-same-id": first.but(told={"completeness": "换了内容"}),
        "november": both,
        "november-alone": both.but(books=(visits(months=2).part(5, 8),), bundle=104),
        "december-alone": Draft(books=(tail,), bundle=105, seq=3),
        "december": Draft(books=(long,), bundle=106, seq=3),
        "october-forked": first.but(books=(another,), bundle=107),
        "november-on-a-fork": both.but(books=(past_fork,), bundle=108),
        "clock-far-ahead": first.but(books=(high,), bundle=109, seq=2),
        "neighbour-writes-ours": other.but(books=(neighbour,), bundle=110),
        "neighbour-replaces-ours": other.but(books=(naming,), bundle=111),
        "neighbour": other.but(books=(own,), bundle=112),
        "second-desk": Draft(books=(second,), bundle=113, seq=1, told={"replica": SECOND_DESK}),
        "november-disclosing": both.but(bundle=114, values=values_file([visits()])),
        "november-wrong-value": both.but(
            bundle=115, books=(visits(months=2).part(5, 8),), values=value_line(wrong)
        ),
        "november-open-value": both.but(
            bundle=116, books=(visits(months=2).part(5, 8),), values=value_line(open_field)
        ),
        "november-made-before-october": both.but(bundle=117, told={"created_at": "2026-10-20T01:30:00Z"}),
        "nothing-new": first.but(books=(), journal=b"", bundle=118, seq=4),
    }


def stories() -> Iterator[Story]:
    """What happens when they arrive in this order."""
    ok = ("october.zip", "E000")
    for name, why, *receives in (
        ("again", "the same file twice", ok, ("october.zip", "W600")),
        ("again-under-another-name", "the same entries in another bundle", ok, ("october-other-id.zip", "W601")),
        ("same-id-other-content", "one bundle id, two contents", ok, ("october-same-id.zip", "E601")),
        ("older-after-newer", "October comes after November, which held it", ("november.zip", "E000"),
         ("october.zip", "W601")),
        ("in-order", "each with what came before", ok, ("november.zip", "E000"), ("december.zip", "E000")),
        ("gap", "November's entries without October's", ("november-alone.zip", "E605")),
        ("gap-filled", "the missing file comes later", ("november-alone.zip", "E605"), ok,
         ("november-alone.zip", "W600")),
        ("two-gaps", "two wait for one", ("december-alone.zip", "E605"), ("november-alone.zip", "E605"), ok),
        ("fork", "another entry under a known number", ok, ("october-forked.zip", "E602")),
        ("fork-behind", "what follows stands on another history", ok, ("november-on-a-fork.zip", "E602")),
        ("lamport-ahead", "an order number nobody could have reached", ok, ("clock-far-ahead.zip", "E604")),
        ("neighbour-writes", "a neighbour changes our record", ok, ("neighbour-writes-ours.zip", "E313")),
        ("neighbour-replaces", "a neighbour replaces our entry", ok, ("neighbour-replaces-ours.zip", "E313")),
        ("neighbours", "two townships, nothing in common", ok, ("neighbour.zip", "E000")),
        ("second-desk", "the other desk of one office", ok, ("second-desk.zip", "E000")),
        ("late-disclosure", "values come after their entries", ok, ("november-disclosing.zip", "E000")),
        ("late-lie", "a value that was never committed to", ok, ("november-wrong-value.zip", "E604")),
        ("late-open", "a value for a field that was open", ok, ("november-open-value.zip", "E604")),
        ("clock-backward", "made before the one before it", ok, ("november-made-before-october.zip", "W506")),
        ("nothing-to-tell", "a bundle without any entries repeats nothing", ok, ("nothing-new.zip", "E000")),
    ):  # fmt: skip
        yield Story(name, why, tuple(receives))
