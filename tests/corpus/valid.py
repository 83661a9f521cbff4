"""Files that pass, wherever they may; and the same files where they may not."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator

from cryptography.hazmat.primitives.serialization import Encoding

from lianxin.bundle.journal_file import CarriedValue
from lianxin.bundle.manifest import Generator, Role
from lianxin.bundle.sealing import NamedBytes, SendingFacts, seal_plain
from lianxin.domain.journal import EntryId, Write
from lianxin.keys.requests import make_request
from tests.corpus.age_files import encrypted_for
from tests.corpus.books import Book, kept, uid, values_file, visits
from tests.corpus.cases import Case
from tests.corpus.drafts import LETTER, Draft, Held, Json, receipt, return_file
from tests.corpus.world import (
    COMMON_STREAM,
    COUNTY,
    NAMES,
    OFFICE_STREAM,
    OTHER,
    REPLICAS,
    SECOND_DESK,
    SENT,
    SHIPAI,
    TO_STREAM,
    county,
    desk,
    leaked,
    revocations,
    root,
    unenrolled,
)

PNG = b"\x89PNG\r\n\x1a\n" + bytes(60)
TWICE = Draft(books=(visits(months=2),), with_values=True, bundle=2, seq=8)


def cases() -> Iterator[Case]:
    """Every valid file, once for each setting worth a look."""
    yield from _reports()
    yield from _other_times()
    yield from _other_kinds()


def _reports() -> Iterator[Case]:
    report = Draft()
    for setting, code, warnings in (
        ("county", "E000", ()),
        ("stand-alone", "E000", ("W503",)),
        ("nothing held", "E304", ()),
        ("other county", "E304", ()),
        ("false root", "E304", ()),
        ("township", "E501", ()),
        ("county, issuing", "E312", ()),
        ("forged list", "E309", ()),
        ("stale list", "E000", ("W504",)),
    ):
        yield Case(
            "report.zip", report.sealed(), code, "a report as the township seals it", setting, warnings
        )
    private = encrypted_for(COUNTY, Draft(with_values=True).sealed())
    for setting, code in (("county", "E000"), ("county that cannot read", "E502")):
        yield Case("report-private.zip.age", private, code, "with values, encrypted to the county", setting)
    opened = Draft(with_values=True).sealed()
    yield Case("report-private-opened.zip", opened, "E000", "the same after somebody opened it with age")
    yield Case(
        "report-two-months.zip", TWICE.sealed(), "E000", "a later one that holds the earlier entries too"
    )
    with_return = Draft(files=(LETTER, return_file()))
    yield Case("report-with-return.zip", with_return.sealed(), "E000", "figures and totals agree")
    yield Case(
        "report-of-two-desks.zip", _two_desks().sealed(), "E000", "entries of both desks of one office"
    )
    nothing = Draft(books=(), journal=b"")
    yield Case("report-without-entries.zip", nothing.sealed(), "E000", "nothing new to tell")
    answering = Draft(told={"acknowledges": {COMMON_STREAM: 3, TO_STREAM: 1}})
    yield Case("report-acknowledging.zip", answering.sealed(), "E000", "says what it heard from the county")
    yield Case("report-deflated.zip", _deflated(), "E000", "packed tighter by a writer that deflates")
    yield Case("report-line-separators.zip", _odd_lines().sealed(), "E000", "U+2028 and U+0085 inside a text")
    yield Case("report-removed-erased.zip", _removed().sealed(), "E000", "a record removed, values erased")
    newer = visits()
    newer.put("future-kind", uid(77), {"title": "新类型"}, schema=2)
    newer.put("contact", uid(1), {"mood": "平和", "remark": "新版本写的"}, schema=2)
    told: Json = {"schema": 2}
    kept_newer = Draft(books=(newer,), told=told).sealed()
    yield Case("report-newer-schema.zip", kept_newer, "E000", "a newer desk wrote it", warnings=("W603",))
    late = Draft(
        books=(visits(months=2).part(5, 8),), values=values_file([visits(months=2)]), bundle=3, seq=9
    )
    yield Case("report-late-disclosure.zip", late.sealed(), "E000", "values of entries carried before", "stand-alone",
               ("W503",))  # fmt: skip


def _two_desks() -> Draft:
    other = Book(f"{SECOND_DESK}/office", lamport=2)
    other.put("contact", uid(501), {"type": "phone", "date": "2026-10-14", "words": "路灯不亮", "persons": 1})
    return Draft(books=(visits(), other))


def _deflated() -> bytes:
    members = Draft().members()
    from tests.corpus.packing import mixed

    return mixed([(name, data, zipfile.ZIP_DEFLATED if name.startswith("data/") else zipfile.ZIP_STORED)
                  for name, data in members])  # fmt: skip


def _odd_lines() -> Draft:
    book = visits()
    book.put("contact", uid(1), {"remark": "第一行\u2028第二行\u0085第三行\x0b第四行"})
    return Draft(books=(book,))


def _removed() -> Draft:
    from dataclasses import replace

    book = visits()
    gone = book.put("contact", uid(3), {"remark": "将删"})
    state = {"_state": Write("removed", None, ())}
    book.entries[-1] = replace(gone, op="remove", fields=state, seen=(EntryId(OFFICE_STREAM, 3),))
    erased = book.put("visitor", uid(2), {"phone": None})
    book.entries[-1] = replace(
        erased, op="erase", fields={"phone": Write()}, seen=(EntryId(OFFICE_STREAM, 2),)
    )
    return Draft(books=(book,))


def _other_times() -> Iterator[Case]:
    report = Draft().sealed()
    yield Case(
        "report.zip", report, "E000", "read after the certificate ended", "years later", ("W504", "W502")
    )
    yield Case("report.zip", report, "E000", "the receiver's clock is slow", "slow clock", ("W501",))
    old = Draft(signer=leaked(), bundle=40, seq=3)
    yield Case("report-of-a-key-lost-later.zip", old.sealed(), "E308", "its key is revoked meanwhile")
    yield Case("report-of-a-key-lost-later.zip", old.sealed(), "E000", "accepted before the key was lost",
               "accepted before", ("W505",))  # fmt: skip


def _other_kinds() -> Iterator[Case]:
    paper = receipt().sealed()
    yield Case("receipt.zip", paper, "E000", "a receipt at the township", "township")
    yield Case("receipt.zip", paper, "E501", "a receipt for another township", "other township")
    yield Case("profile.zip", profile().sealed(), "E000", "the county's answer to an enrolment", "township")
    yield Case("enrolment.zip", enrolment().sealed(), "E000", "a request", "county, issuing", ("W507",))
    yield Case("enrolment.zip", enrolment().sealed(), "E312", "a request among reports", "county")
    yield Case("attachments.zip", attachments().sealed(), "E000", "a continuation bundle")
    handed = Draft(kind="handover", audience=SHIPAI, bundle=5)
    yield Case("handover.zip", handed.sealed(), "E000", "from one desk to the other", "township")
    plain = seal_plain(
        [NamedBytes("01_报送函.txt", LETTER.data)],
        facts=SendingFacts(
            bundle_id="3f2b8a52-6a0e-4c5d-9d3c-0000000000aa", period="2026-10", org_code=SHIPAI,
            org_name=NAMES[SHIPAI], place="石牌镇", replica=REPLICAS[SHIPAI], seq=1, created_at=SENT,
            generator=Generator("lianxin", "0.1.0"), schema=1,
        ),
        signer=unenrolled(),
    )  # fmt: skip
    yield Case("plain.zip", plain.data, "W507", "普通报送 before any enrolment", warnings=("W507",))
    yield Case("plain.zip", plain.data, "W507", "普通报送 where nothing is held", "nothing held", ("W507",))


def profile(**changes: object) -> Draft:
    """The county's answer: root, certificate, facts, list."""
    crl = changes.pop("crl", None)
    files = (
        Held("trust/county-root.crt", Role.TRUST, root().certificate_pem),
        Held("trust/office.crt", Role.TRUST, desk().certificate.public_bytes(Encoding.PEM)),
        Held("trust/county.json", Role.TRUST, json.dumps({"code": COUNTY}).encode()),
        Held(
            "trust/revoked.crl",
            Role.TRUST,
            crl if isinstance(crl, bytes) else revocations(2, revoked=[leaked()]),
        ),
    )
    usual = Draft(
        kind="profile", books=(), files=files, signer=root(), org=COUNTY, audience=SHIPAI, totals={}, bundle=6,
        told={"counts": {}},
    )  # fmt: skip
    return usual.but(**changes)


def enrolment(**changes: object) -> Draft:
    """A township's request, signed by its own key."""
    who = unenrolled()
    files = (
        Held("trust/request.csr", Role.TRUST, make_request(who.key, SHIPAI, NAMES[SHIPAI])),
        Held("trust/office.json", Role.TRUST, json.dumps({"code": SHIPAI}).encode()),
    )
    usual = Draft(
        kind="enrolment",
        books=(),
        files=files,
        signer=who,
        audience="",
        totals={},
        bundle=7,
        told={"counts": {}},
    )
    return usual.but(**changes)


def attachments(data: bytes = PNG, extension: str = "png", **changes: object) -> Draft:
    """A bundle of attachments, each named after its SHA-256."""
    name = f"attachments/{hashlib.sha256(data).hexdigest()}.{extension}"
    usual = Draft(
        kind="attachments", books=(), files=(Held(name, Role.ATTACHMENT, data),), totals={}, bundle=8,
        told={"counts": {}},
    )  # fmt: skip
    return usual.but(**changes)


def late_value(entry: EntryId, name: str, value: str) -> CarriedValue:
    """A value beside an entry of an earlier bundle."""
    return CarriedValue(entry, name, kept(value, f"{entry.stream}#{entry.counter}#{name}"))


def book_of(org_code: str = OTHER) -> Book:
    """The office's stream of another township."""
    return visits(f"{REPLICAS[org_code]}/office", mark=9)


__all__ = ["attachments", "book_of", "cases", "county", "enrolment", "late_value", "profile"]
