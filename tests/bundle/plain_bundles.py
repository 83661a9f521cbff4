"""Real 普通报送 bundles and ways to damage them, for every test of the room."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import docx

from lianxin.bundle.manifest import Generator
from lianxin.bundle.sealing import NamedBytes, Sealed, SendingFacts, seal_plain
from lianxin.bundle.verdicts import Outcome
from lianxin.bundle.verifying import verify
from lianxin.documents.workbooks.monthly_return import ReturnColumn, SignatureLine, monthly_return_xlsx
from lianxin.domain.canonical import JsonValue, canonical, parse_strict
from lianxin.keys.certificates import self_issued
from lianxin.keys.signing import SigningIdentity
from tests.keys.fixed_keys import key_from_number

START = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
SENT = datetime(2026, 12, 2, 1, 30, tzinfo=UTC)
NOW = SENT + timedelta(days=1)
FOLDER = "报送材料_石牌镇_2026年11月"
ORG_CODE = "439901102"

Entries = list[tuple[str, bytes]]


@cache
def identity(secret: int = 20261101, org_code: str = ORG_CODE) -> SigningIdentity:
    """The township's key and certificate, always the same."""
    return self_issued(key_from_number(secret), org_code=org_code, org_name="石牌镇人大", not_before=START)


@cache
def letter() -> bytes:
    """A small Word file as python-docx writes it."""
    document = docx.Document()
    document.add_heading("关于报送2026年11月接待群众情况的函", 1)
    document.add_paragraph("县人大常委会：现将我镇11月接待情况报上。")
    document.core_properties.created = datetime(2026, 12, 1)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


FIGURES: dict[str, int | str | None] = {"visits": 12, "share": "58.3", "unknown": None}


@cache
def workbook(visits: int = 12) -> bytes:
    """The return as the program writes it, its cells named after the figures."""
    columns = [
        ReturnColumn(key, key, visits if key == "visits" else value, "按登记统计")
        for key, value in FIGURES.items()
    ]
    return monthly_return_xlsx(
        columns,
        title="石牌镇人大工作月报表",
        office_name="石牌镇人大",
        period_words="2026年11月",
        reconciliation="",
        signature=SignatureLine("石牌镇人大"),
    )


def documents() -> list[NamedBytes]:
    """The usual two documents."""
    return [NamedBytes("01_报送函.docx", letter()), NamedBytes("02_月报表.xlsx", workbook())]


def facts(**changes: object) -> SendingFacts:
    """Facts of one sending, with single ones changed."""
    usual = SendingFacts(
        bundle_id="3f2b8a52-6a0e-4c5d-9d3c-0b8f6f6f1a01",
        period="2026-11",
        org_code=ORG_CODE,
        org_name="石牌镇人大",
        place="石牌镇",
        replica="439901102-a1b2c3",
        seq=7,
        created_at=SENT,
        generator=Generator("lianxin", "0.1.0"),
        schema=1,
        audience="439901",
        term="石牌镇第十九届人民代表大会",
        prepared_by="01",
        counts={"contact": 12, "opinion": 7},
        totals=FIGURES,
        completeness="本期材料齐全。",
    )
    return replace(usual, **changes)


@cache
def sealed() -> Sealed:
    """The usual bundle."""
    return seal_plain(documents(), facts=facts(), signer=identity())


def entries_of(data: bytes) -> Entries:
    """All entries of a ZIP in order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(info.filename, archive.read(info)) for info in archive.infolist()]


def zipped(entries: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_STORED) -> bytes:
    """Entries as a ZIP that is in order in every other respect."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in entries:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr = 3, 0o100644 << 16
            archive.writestr(info, data, compress_type=method)
    return out.getvalue()


def replaced(name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The usual bundle with one entry (by its end) changed, nothing re-signed."""
    entries = entries_of(sealed().data)
    assert sum(entry.endswith(name) for entry, _ in entries) == 1
    return zipped((entry, change(data) if entry.endswith(name) else data) for entry, data in entries)


def resigned(
    change: Callable[[dict[str, JsonValue]], None] = lambda _manifest: None,
    *,
    raw: Callable[[bytes], bytes] = lambda signed: signed,
    signer: SigningIdentity | None = None,
) -> bytes:
    """The usual bundle with another manifest, signed again with a real key: what an insider can make."""
    who = signer or identity()
    manifest = parse_strict(sealed().manifest.to_bytes())
    assert isinstance(manifest, dict)
    change(manifest)
    signed = raw(canonical(manifest) + b"\n")
    swapped = {"manifest.json": signed, "p256.sig": who.sign(signed), "p256.crt": who.certificate_pem}
    return zipped(
        (name, swapped.get(name.rsplit("/", 1)[-1], data)) for name, data in entries_of(sealed().data)
    )


def checked(tmp_path: Path, data: bytes, *, now: datetime = NOW) -> Outcome:
    """Write `data` as a file and verify it."""
    path = tmp_path / "收到.zip"
    path.write_bytes(data)
    outcome = verify(path, now=now)
    assert path.read_bytes() == data
    return outcome
