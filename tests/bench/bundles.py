"""Sealing and verifying a bundle of 5,000 records against a ZIP and SHA-256 of the same bytes; memory at the limit."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from lianxin.bundle.journal_file import exact_counts
from lianxin.bundle.manifest import Generator, Kind, Role, StreamRange
from lianxin.bundle.parts import part_of_bytes
from lianxin.bundle.sealing import SendingFacts
from lianxin.bundle.sealing_streams import seal
from lianxin.bundle.verifying import verify
from lianxin.documents.workbooks.ledger import ledger_xlsx
from lianxin.domain.records import Contact
from tests.bench.table import Measured, Took, side_by_side, timed
from tests.bundle.large_bundles import MIB, make_large, verified_apart
from tests.corpus.books import Book, journal, uid, values_file
from tests.corpus.drafts import TOTALS, monthly_return
from tests.corpus.world import COUNTY, NAMES, REPLICAS, SENT, SHIPAI, desk, settings

_VISITS = 2_500
_ROUNDS = 5
_MOST_MIB = 300.0
_WORDS = "饮水管破损，全村断水四天，多次向村里反映没有结果，请求尽快派人修复并给个说法。"
_LARGEST = (190 * MIB, 190 * MIB, 123 * MIB)
"""With everything around them just below the 512 MiB a bundle may have."""

Held = dict[str, tuple[Role, bytes]]


def measure(folder: Path, quick: bool) -> Iterator[Measured]:
    """A month of a large township."""
    book, held = _month()
    facts = _facts(book, held)
    sealed, plain = folder / "month.zip", folder / "plain.zip"
    sealing = timed(lambda: _seal(sealed, held, facts))
    rounds = 1 if quick else _ROUNDS
    both, zipping = side_by_side(
        lambda: (_seal(sealed, held, facts), _verify(sealed)), lambda: _zip(plain, held), rounds
    )
    yield Measured("seal 5,000 records", sealing, 1_000)
    yield Measured("seal and verify 5,000 records", both, 1.5, "zip and SHA-256", zipping)


def measure_largest(folder: Path, _quick: bool) -> Iterator[Measured]:
    """The largest bundle there may be, verified by a process of its own."""
    large = folder / "large.zip"
    yield Measured("seal 503 MiB of attachments", timed(lambda: make_large(large, _LARGEST)), 30_000)
    told = verified_apart(large)
    assert told.code == "E000", told
    took = Took(told.seconds * 1000, told.cpu_seconds * 1000)
    yield Measured("verify 503 MiB of attachments", took, 20_000)
    yield Measured("  most memory of that", Took(told.most_mib, 0), _MOST_MIB, unit="MiB")


def _month() -> tuple[Book, Held]:
    book, rows = Book(), []
    for number in range(_VISITS):
        words = f"第{number}件：{_WORDS}"
        visit, visitor = uid(2 * number), uid(2 * number + 1)
        told = {"type": "visit", "date": "2026-10-12", "words": words, "persons": 1 + number % 5}
        book.put("contact", visit, told)
        phone = f"139{number:08d}"
        book.put(
            "visitor",
            visitor,
            {"contact": visit, "anonymous": False},
            beside={"name": "单志明", "phone": phone},
        )
        rows.append(
            Contact(uid=visit, channel="visit", day=date(2026, 10, 12), words=words, persons=1 + number % 5)
        )
    ledger = ledger_xlsx(
        Contact, rows, title="来访走访台账", office_name="石牌镇", redact=True, names=lambda _kind, _uid: ""
    )
    return book, {
        "data/journal.jsonl": (Role.DATA, journal([book])),
        "data/values.jsonl": (Role.VALUES, values_file([book])),
        "documents/02_月报表.xlsx": (Role.DOCUMENT, monthly_return()),
        "documents/05_来访走访台账.xlsx": (Role.DOCUMENT, ledger),
    }


def _facts(book: Book, held: Held) -> SendingFacts:
    return SendingFacts(
        bundle_id="3f2b8a52-6a0e-4c5d-9d3c-0000000000cc",
        period="2026-10",
        org_code=SHIPAI,
        org_name=NAMES[SHIPAI],
        replica=REPLICAS[SHIPAI],
        seq=1,
        created_at=SENT,
        generator=Generator("lianxin", "0.1.0"),
        schema=1,
        audience=COUNTY,
        totals=TOTALS,
        counts=exact_counts({"contact": _VISITS, "visitor": _VISITS}, len(held)),
        entries={book.stream: StreamRange(1, len(book.entries), book.entries[-1].digest())},
    )


def _seal(path: Path, held: Held, facts: SendingFacts) -> None:
    parts = [part_of_bytes(name, role, data) for name, (role, data) in held.items()]
    with path.open("wb") as out:
        seal(out, kind=Kind.REPORT, parts=parts, facts=facts, signer=desk())


def _verify(path: Path) -> None:
    setting = settings()["county"]
    found = verify(path, now=setting.now, trust=setting.trust, us=setting.us)
    assert found.code.value == "E000", found


def _zip(path: Path, held: Held) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, (_role, data) in held.items():
            archive.writestr(name, data)
            hashlib.sha256(data).hexdigest()
    path.write_bytes(out.getvalue())
