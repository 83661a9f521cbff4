"""The manifest survives writing and reading, and the check code is the digest in two spellings."""

from __future__ import annotations

import string
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.bundle.checkcode import hex_code, manifest_digest, spoken_code
from lianxin.bundle.manifest import (
    Generator,
    Kind,
    ListedFile,
    Manifest,
    Profile,
    Role,
    SignerFacts,
    StreamRange,
    manifest_from_json,
)
from lianxin.bundle.manifest_fields import BadManifest
from lianxin.domain.canonical import parse_strict

digests = st.text("0123456789abcdef", min_size=64, max_size=64)
short = st.text(string.ascii_letters + "石牌镇人大𠮷（）- ", min_size=1, max_size=12)
numbers = st.integers(0, 2**53)
streams = st.text(string.ascii_lowercase + "0123456789-:", min_size=1, max_size=12)
ranges = st.tuples(st.integers(1, 1000), st.integers(0, 1000), digests).map(
    lambda drawn: StreamRange(drawn[0], drawn[0] + drawn[1], drawn[2])
)
manifests = st.builds(
    Manifest,
    bundle_id=st.uuids().map(str),
    kind=st.sampled_from(Kind),
    period=st.sampled_from(["2026-10", "2026-Q1", "2026-H2", "2026"]),
    org_code=st.sampled_from(["439901", "439901102"]),
    org_name=short,
    audience=short | st.just(""),
    term=short,
    replica=short,
    seq=numbers,
    created_at=st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(
        lambda moment: moment.replace(microsecond=0)
    ),
    generator=st.builds(Generator, short, short),
    schema=st.integers(1, 100),
    signer=st.builds(SignerFacts, digests, digests, short | st.just("")),
    files=st.lists(
        st.builds(ListedFile, short, numbers, digests, st.sampled_from(Role), short, st.booleans()),
        max_size=3,
    ).map(tuple),
    prev_manifest_sha256=st.none() | digests,
    profile=st.sampled_from(Profile),
    entries=st.dictionaries(streams, ranges, max_size=3),
    acknowledges=st.dictionaries(streams, numbers, max_size=3),
    receipt_no=st.none() | numbers,
    audit_head=st.none() | digests,
    counts=st.dictionaries(streams, numbers, max_size=3),
    totals=st.dictionaries(streams, st.none() | st.integers(-99, 99) | short, max_size=3),
    completeness=st.just("") | st.just("第一行\n第二行"),
)


@given(manifests)
def test_round_trip(manifest: Manifest) -> None:
    data = manifest.to_bytes()
    assert manifest_from_json(parse_strict(data)) == manifest
    assert manifest.to_bytes() == data
    assert data.endswith(b"}\n")
    assert data.count(b"\n") == 1
    assert b"\r" not in data
    assert not data.startswith(b"\xef\xbb\xbf")


@given(manifests, st.data())
def test_every_field_is_typed(manifest: Manifest, data: st.DataObject) -> None:
    value = manifest.to_json()
    name = data.draw(st.sampled_from(sorted(value)))
    # No field takes a list of lists, so each refuses this.
    with pytest.raises(BadManifest) as caught:
        manifest_from_json(value | {name: [[[]]]})
    assert caught.value.field_name == name


@given(digests)
def test_check_code_spellings(digest: str) -> None:
    decimals = spoken_code(digest).split(" ")
    assert [len(group) for group in decimals] == [5, 5, 5, 5]
    assert f"{int(digest, 16):078d}".startswith("".join(decimals))
    groups = hex_code(digest).split(" ")
    assert [len(group) for group in groups] == [4] * 8
    assert digest.startswith("".join(groups))


def test_check_code_of_known_digests() -> None:
    assert spoken_code("0" * 64) == "00000 00000 00000 00000"
    assert spoken_code("f" * 64) == "11579 20892 37316 19542"
    assert manifest_digest(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert hex_code(manifest_digest(b"abc")) == "ba78 16bf 8f01 cfea 4141 40de 5dae 2223"
