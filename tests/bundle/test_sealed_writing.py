"""Sealed bundles: the layout, equal bytes for equal input, and a stream that never fills the memory."""

from __future__ import annotations

import hashlib
import io
import tracemalloc
import zipfile
from functools import partial
from pathlib import Path

import pytest

from lianxin.bundle.journal_file import JOURNAL_PATH, VALUES_PATH, CarriedValue, value_line
from lianxin.bundle.layout import layout_of
from lianxin.bundle.limits import MIB, Limits
from lianxin.bundle.manifest import Kind, Role, StreamRange
from lianxin.bundle.opening import opened_zip
from lianxin.bundle.parts import Part, part_of_bytes, part_of_stream
from lianxin.bundle.sealing import CannotSeal, sealed_file_name
from lianxin.bundle.sealing_streams import Written, seal
from lianxin.bundle.steps import check_signed_bytes, read_manifest
from lianxin.domain.canonical import JsonValue, canonical
from lianxin.domain.journal import EntryId
from lianxin.domain.values import Kept
from tests.bundle.plain_bundles import facts, identity, letter

ENTRIES = [b'{"counter":1}', b'{"counter":2}']
STREAM = "439901102-0a1b2c3d4e5f/office"


def parts() -> list[Part]:
    """A journal, its values and one document."""
    value = CarriedValue(EntryId(STREAM, 2), "name", Kept("ab" * 32, "王芳"))
    return [
        part_of_bytes(JOURNAL_PATH, Role.DATA, b"".join(line + b"\n" for line in ENTRIES)),
        part_of_bytes(VALUES_PATH, Role.VALUES, value_line(value), personal=True),
        part_of_bytes("documents/01_报送函.docx", Role.DOCUMENT, letter()),
    ]


def sealed(**changes: object) -> tuple[bytes, Written]:
    """The bytes of a report of these parts."""
    out = io.BytesIO()
    told = facts(entries={STREAM: StreamRange(1, 2, "cd" * 32)}, **changes)
    written = seal(out, kind=Kind.REPORT, parts=parts(), facts=told, signer=identity())
    return out.getvalue(), written


def test_the_layout_is_the_one_readers_know(tmp_path: Path) -> None:
    data, written = sealed(acknowledges={"439901-0a1b2c3d4e5f/common": 7})
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    with opened_zip(path, Limits()) as archive:
        layout = layout_of(archive)
        signed, _leaf = check_signed_bytes(archive, layout, Limits())
        assert archive.names() == [
            "mimetype",
            "manifest.json",
            "signatures/p256.sig",
            "signatures/p256.crt",
            JOURNAL_PATH,
            VALUES_PATH,
            "documents/01_报送函.docx",
        ]
    assert read_manifest(signed) == written.manifest
    assert hashlib.sha256(signed).hexdigest() == written.manifest_sha256
    assert written.manifest.entries[STREAM] == StreamRange(1, 2, "cd" * 32)
    assert written.manifest.acknowledges == {"439901-0a1b2c3d4e5f/common": 7}
    assert [listed.personal for listed in written.manifest.files] == [False, True, False]


def test_equal_input_gives_equal_bytes() -> None:
    assert sealed()[0] == sealed()[0]
    assert sealed(seq=8)[1].manifest_sha256 != sealed()[1].manifest_sha256


def test_a_part_that_changed_after_it_was_measured_is_not_sealed(tmp_path: Path) -> None:
    for later in (b"%PDF-1.4 other", b"%PDF-1.4", b"%PDF-1.4 longer still"):
        file = tmp_path / "a.pdf"
        file.write_bytes(b"%PDF-1.4 first")
        part = part_of_stream("documents/a.pdf", Role.DOCUMENT, partial(file.open, "rb"))
        file.write_bytes(later)
        with pytest.raises(CannotSeal, match="改动"):
            seal(io.BytesIO(), kind=Kind.REPORT, parts=[part], facts=facts(), signer=identity())


def test_files_that_a_receiver_would_refuse() -> None:
    twice = [part_of_bytes(f"documents/{name}.pdf", Role.DOCUMENT, b"%PDF-") for name in ("a", "A")]
    for bad in (
        twice,
        [part_of_bytes("documents/a.exe", Role.DOCUMENT, b"MZ")],
        [part_of_bytes("documents/../a.pdf", Role.DOCUMENT, b"%PDF-")],
    ):
        with pytest.raises(CannotSeal, match="没有生成报送件"):
            seal(io.BytesIO(), kind=Kind.REPORT, parts=bad, facts=facts(), signer=identity())
    with pytest.raises(ValueError, match="no place"):
        wrong = part_of_bytes("trust/a.pdf", Role.DOCUMENT, b"%PDF-")
        seal(io.BytesIO(), kind=Kind.REPORT, parts=[wrong], facts=facts(), signer=identity())


def test_names_of_sealed_files() -> None:
    told = facts(period="2026-10")
    assert sealed_file_name(told, encrypted=False) == "439901102_石牌镇_2026-10_0007.zip"
    assert sealed_file_name(told, encrypted=True) == "439901102_2026-10_0007.zip.age"


def test_data_lines_have_one_form() -> None:
    line = value_line(CarriedValue(EntryId(STREAM, 3), "phone", Kept("00" * 32, None)))
    told: dict[str, JsonValue] = {
        "counter": 3,
        "field": "phone",
        "salt": "00" * 32,
        "stream": STREAM,
        "value": None,
    }
    assert line == canonical(told) + b"\n"


def test_a_large_bundle_is_written_with_a_chunk_in_memory(tmp_path: Path) -> None:
    photograph = tmp_path / "a.jpg"
    with photograph.open("wb") as out:
        out.truncate(60 * MIB)
    with (tmp_path / "large.zip").open("w+b") as out:
        tracemalloc.start()
        source = partial(photograph.open, "rb")
        large = [part_of_stream(f"attachments/{n}.jpg", Role.ATTACHMENT, source) for n in range(2)]
        seal(out, kind=Kind.ATTACHMENTS, parts=large, facts=facts(), signer=identity())
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert out.seek(0, io.SEEK_END) > 120 * MIB
    assert peak < 5 * MIB
    with zipfile.ZipFile(tmp_path / "large.zip") as archive:
        assert archive.testzip() is None
