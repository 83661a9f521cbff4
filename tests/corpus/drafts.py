"""A sealed bundle in the making: right by itself, and open to be spoiled at every step of its making."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from lianxin.bundle.filetypes import file_type
from lianxin.bundle.journal_file import exact_counts
from lianxin.bundle.layout import MIMETYPE
from lianxin.bundle.manifest import FORMAT, Role, moment_text
from lianxin.bundle.signatures import read_certificate
from lianxin.documents.workbooks.monthly_return import ReturnColumn, SignatureLine, monthly_return_xlsx
from lianxin.domain.canonical import JsonValue, canonical
from lianxin.keys.signing import SigningIdentity
from tests.corpus.books import Book, journal, values_file, visits
from tests.corpus.world import COUNTY, NAMES, REPLICAS, SENT, SHIPAI, desk

Json = dict[str, JsonValue]
Files = list[tuple[str, bytes]]
TOTALS: dict[str, int | str | None] = {"visits": 2, "share": "50.0%", "unknown": None}


def zipped(entries: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_STORED) -> bytes:
    """Entries as a ZIP in order, in the one shape our writer gives it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in entries:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr = 3, 0o100644 << 16
            archive.writestr(info, data, compress_type=method)
    return out.getvalue()


@cache
def monthly_return(visits: int = 2) -> bytes:
    """The return; stored, not deflated, so that every zlib gives the same bytes."""
    columns = [
        ReturnColumn(key, key, visits if key == "visits" else value, "按登记统计")
        for key, value in TOTALS.items()
    ]
    made = monthly_return_xlsx(
        columns,
        title="石牌镇人大工作月报表",
        office_name="石牌镇人大",
        period_words="2026年10月",
        reconciliation="",
        signature=SignatureLine("石牌镇人大"),
    )
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        return zipped((info.filename, book.read(info)) for info in book.infolist())


@dataclass(frozen=True)
class Held:
    """One listed file."""

    path: str
    role: Role
    data: bytes
    personal: bool = False
    media_type: str | None = None

    def listed(self) -> Json:
        """Its line in the manifest."""
        kind = file_type(self.path)
        return {
            "path": self.path,
            "size": len(self.data),
            "sha256": hashlib.sha256(self.data).hexdigest(),
            "role": self.role.value,
            "media_type": self.media_type or (kind.media_type if kind else "application/octet-stream"),
            "personal": self.personal,
        }


LETTER = Held(
    "documents/01_报送函.txt", Role.DOCUMENT, "清江县人大常委会：现将我镇10月接待情况报上。\r\n".encode()
)
"""A small document, so that the corpus stays small."""


def return_file(visits: int = 2) -> Held:
    """The return as a document of the bundle."""
    return Held("documents/02_月报表.xlsx", Role.DOCUMENT, monthly_return(visits))


@dataclass(frozen=True)
class Draft:
    """Everything a bundle is made of; `told` overrides fields of the manifest before it is signed."""

    kind: str = "report"
    books: tuple[Book, ...] = field(default_factory=lambda: (visits(),))
    with_values: bool = False
    files: tuple[Held, ...] = field(default_factory=lambda: (LETTER,))
    signer: SigningIdentity = field(default_factory=desk)
    org: str = SHIPAI
    audience: str = COUNTY
    seq: int = 7
    bundle: int = 1
    totals: Mapping[str, int | str | None] = field(default_factory=lambda: TOTALS)
    told: Mapping[str, JsonValue] = field(default_factory=dict)
    journal: bytes | None = None
    values: bytes | None = None

    def but(self, **changes: object) -> Draft:
        """The same with something else."""
        return replace(self, **changes)

    def holding(self) -> tuple[Held, ...]:
        """Every listed file in order."""
        data: list[Held] = []
        if self.books or self.journal is not None:
            lines = journal(self.books) if self.journal is None else self.journal
            data.append(Held("data/journal.jsonl", Role.DATA, lines))
        carried = values_file(self.books) if self.values is None and self.with_values else self.values
        if carried is not None:
            data.append(Held("data/values.jsonl", Role.VALUES, carried, personal=True))
        return (*data, *self.files)

    def manifest(self) -> Json:
        """The manifest as JSON."""
        kinds: dict[str, int] = {}
        for book in self.books:
            for entry in book.entries:
                kinds[entry.kind] = kinds.get(entry.kind, 0) + 1
        leaf = read_certificate(self.signer.certificate_pem)
        holding = self.holding()
        made: Json = {
            "format": FORMAT,
            "bundle_id": f"3f2b8a52-6a0e-4c5d-9d3c-{self.bundle:012x}",
            "kind": self.kind,
            "period": "2026-10",
            "org_code": self.org,
            "org_name": NAMES.get(self.org, "某单位"),
            "audience": self.audience,
            "term": "第十九届",
            "replica": REPLICAS.get(self.org, f"{self.org}-00a1b2c3d4ee"),
            "seq": self.seq,
            "prev_manifest_sha256": None,
            "created_at": moment_text(SENT),
            "generator": {"name": "lianxin", "version": "0.1.0"},
            "schema": 1,
            "profile": "p256",
            "signer": {"cert_sha256": leaf.cert_sha256, "key_id": leaf.key_id, "prepared_by": "01"},
            "entries": {
                book.stream: [book.entries[0].counter, book.entries[-1].counter, book.entries[-1].digest()]
                for book in self.books
                if book.entries
            },
            "acknowledges": {},
            "receipt_no": None,
            "audit_head": None,
            "counts": dict(exact_counts(kinds, len(holding))),
            "totals": dict(self.totals),
            "completeness": "",
            "files": [held.listed() for held in holding],
        }
        return {**made, **self.told}

    def members(self, *, raw: Callable[[bytes], bytes] = lambda signed: signed) -> Files:
        """The entries of the ZIP in order; `raw` changes the manifest's bytes before they are signed."""
        signed = raw(canonical(self.manifest()) + b"\n")
        return [
            ("mimetype", MIMETYPE),
            ("manifest.json", signed),
            ("signatures/p256.sig", self.signer.sign(signed)),
            ("signatures/p256.crt", self.signer.certificate_pem),
            *((held.path, held.data) for held in self.holding()),
        ]

    def sealed(self, *, raw: Callable[[bytes], bytes] = lambda signed: signed) -> bytes:
        """The whole bundle, signed."""
        return zipped(self.members(raw=raw))


def receipt(**changes: object) -> Draft:
    """A receipt from the county to the township."""
    from tests.corpus.world import OFFICE_STREAM, county

    told: Json = {"receipt_no": 1, "acknowledges": {OFFICE_STREAM: 4}}
    usual = Draft(
        kind="receipt", books=(), journal=b"", files=(), signer=county(), org=COUNTY, audience=SHIPAI, totals={},
        told=told,
    )  # fmt: skip
    return usual.but(**changes)


def swapped(entries: Sequence[tuple[str, bytes]], **data: bytes) -> bytes:
    """The entries with the content of some replaced by the end of their name (dots as underscores)."""
    wanted = {name.replace("_", "."): value for name, value in data.items()}
    return zipped((name, wanted.get(name.rsplit("/", 1)[-1], kept)) for name, kept in entries)
