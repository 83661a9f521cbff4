"""Sealing: equal input gives equal bytes, and nothing is signed that a receiver would refuse."""

from __future__ import annotations

import hashlib
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianxin.bundle.codes import Code
from lianxin.bundle.limits import Limits
from lianxin.bundle.naming import plain_folder
from lianxin.bundle.sealing import CannotSeal, NamedBytes, seal_plain
from lianxin.bundle.zipshape import UTF8_NAMES
from tests.bundle.plain_bundles import FOLDER, SENT, checked, documents, entries_of, facts, identity, sealed
from tests.bundle.zip_patches import headers

PDF = b"%PDF-1.4\n%%EOF\n"
names = st.text("报送函月表代表接待ab 1（）-", min_size=1, max_size=8).map(
    lambda text: "文" + text.strip() + ".pdf"
)


def test_equal_input_gives_equal_bytes() -> None:
    again = seal_plain(documents(), facts=facts(), signer=identity())
    assert again.data == sealed().data
    other = seal_plain(documents(), facts=facts(seq=8), signer=identity())
    assert other.manifest_sha256 != sealed().manifest_sha256


def test_format_1_does_not_drift() -> None:
    """A change of these bytes is a change of the format and needs a new number."""
    bundle = seal_plain(
        [NamedBytes("报送函.pdf", PDF), NamedBytes("附件/名单.txt", "一\r\n".encode())],
        facts=facts(),
        signer=identity(),
    )
    digest = hashlib.sha256(bundle.data).hexdigest()
    assert bundle.manifest_sha256 == "6915764cb8d837ab5551be5ca72489becbff511add9fa10c4ad25feefbbcc985"
    assert digest == "23e86f9ca70f755bc27764858c54b944f5ed3a805a576c7a4446baf8cf3faf57"


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    contents=st.dictionaries(names, st.binary(max_size=50), min_size=1, max_size=5),
    totals=st.dictionaries(
        st.sampled_from("abc"), st.none() | st.integers(-9, 10**9) | st.sampled_from(["1.5", ""])
    ),
    seq=st.integers(0, 10**6),
    offset=st.integers(-12, 14),
)
def test_what_is_sealed_verifies(
    tmp_path: Path, contents: dict[str, bytes], totals: dict[str, int | str | None], seq: int, offset: int
) -> None:
    local = SENT.astimezone(timezone(timedelta(hours=offset))).replace(microsecond=123)
    inside = [NamedBytes(name, PDF + data.replace(b"/", b"")) for name, data in contents.items()]
    bundle = seal_plain(inside, facts=facts(totals=totals, seq=seq, created_at=local), signer=identity())
    outcome = checked(tmp_path, bundle.data)
    assert outcome.code is Code.SIGNER_UNCONFIRMED
    assert outcome.manifest == bundle.manifest
    assert outcome.seq == seq
    assert outcome.check_code == bundle.check_code
    assert outcome.spoken_code == bundle.spoken_code
    assert bundle.manifest.created_at == SENT
    assert [(item.name, item.data) for item in bundle.files] == entries_of(bundle.data)


def test_names_are_utf8_flagged_nfc_and_undated() -> None:
    bundle = seal_plain(
        [NamedBytes(unicodedata.normalize("NFD", "é.pdf"), PDF)], facts=facts(), signer=identity()
    )
    assert bundle.manifest.files[0].path == "é.pdf"
    for local, _central in headers(bundle.data):
        assert int.from_bytes(bundle.data[local + 6 : local + 8], "little") == UTF8_NAMES
        assert bundle.data[local + 10 : local + 14] == b"\0\0\x21\0"


@pytest.mark.parametrize(
    "name",
    ["", "../a.pdf", "a\\b.pdf", "a.exe", "a", "a.docm", "CON.pdf", "a\u202e.pdf", "数字签名/a.pdf", "长" * 170 + ".pdf", "a.pdf "],
)  # fmt: skip
def test_documents_that_a_receiver_would_refuse(name: str) -> None:
    with pytest.raises(CannotSeal, match="没有生成报送件"):
        seal_plain([NamedBytes(name, PDF)], facts=facts(), signer=identity())


def test_sets_of_documents_that_a_receiver_would_refuse() -> None:
    many = [NamedBytes(f"{number}.pdf", PDF) for number in range(Limits().entry_count)]
    twice = [NamedBytes("a.pdf", PDF), NamedBytes("A.PDF", PDF)]
    for bad in ([], many, twice):
        with pytest.raises(CannotSeal, match="没有生成报送件"):
            seal_plain(bad, facts=facts(), signer=identity())


@pytest.mark.parametrize(
    "changes",
    [
        {"org_code": "439901103"}, {"created_at": datetime(2025, 1, 1, tzinfo=UTC)}, {"period": "2026年11月"},
        {"created_at": datetime(2046, 1, 1, tzinfo=UTC)}, {"bundle_id": "7"}, {"seq": -1}, {"term": "a\u200bb"},
        {"counts": {"a": -1}}, {"completeness": "x" * 5000}, {"schema": 0}, {"totals": {"a": 2**60}},
        {"term": "\ud800"}, {"totals": {"a": "\ud800"}},
    ],
)  # fmt: skip
def test_facts_that_a_receiver_would_refuse(changes: dict[str, object]) -> None:
    with pytest.raises(CannotSeal, match="没有生成报送件"):
        seal_plain(documents(), facts=facts(**changes), signer=identity())


@pytest.mark.parametrize(
    ("period", "words"),
    [("2026-11", "2026年11月"), ("2026-01", "2026年1月"), ("2026-Q4", "2026年第四季度"), ("2026-H2", "2026年下半年"), ("2026", "2026年")],
)  # fmt: skip
def test_a_plain_report_is_named_after_office_and_period(period: str, words: str) -> None:
    assert plain_folder("石牌镇", period) == f"报送材料_石牌镇_{words}"


def test_office_names_never_make_unsafe_files() -> None:
    assert plain_folder("石牌镇", "2026-11") == FOLDER
    assert plain_folder("a/b\\c:d\u202e.", "2026") == "报送材料_a_b_c_d__2026年"
    assert plain_folder(" .. ", "2026") == "报送材料___2026年"
