"""Spoil files of the corpus at random: bytes, cuts, members exchanged, facts rewritten and signed by a stranger."""

from __future__ import annotations

import contextlib
import io
import random
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lianxin.bundle.checking import Findings
from lianxin.bundle.manifest import Role
from lianxin.bundle.verdicts import Refused
from lianxin.bundle.verifying import judge
from lianxin.domain.canonical import JsonValue, NotCanonical, canonical, parse_strict
from lianxin.keys.signing import SigningIdentity
from tests.corpus.age_files import encrypted_for, secret_of
from tests.corpus.drafts import LETTER, Draft, Held, return_file
from tests.corpus.judging import at
from tests.corpus.packing import mixed
from tests.corpus.shelves import FOLDER
from tests.corpus.world import COUNTY, OTHER, SHIPAI, STRANGER, county, desk, issued, settings, unenrolled

Members = list[tuple[str, bytes]]
SOURCES = (
    ("report-with-return.zip", "county"),
    ("report-private-opened.zip", "county"),
    ("report-two-months.zip", "county"),
    ("report-deflated.zip", "county"),
    ("report-removed-erased.zip", "county"),
    ("report-newer-schema.zip", "county"),
    ("receipt.zip", "township"),
    ("profile.zip", "township"),
    ("enrolment.zip", "county, issuing"),
    ("attachments.zip", "county"),
    ("plain.zip", "county"),
)


@dataclass(frozen=True)
class Spoiled:
    """One mutation: `data` made of `source` by `how`, received at `setting`."""

    source: str
    setting: str
    how: str
    data: bytes


@cache
def _source(name: str) -> bytes:
    return (FOLDER / "valid" / name).read_bytes()


def content_of(data: bytes) -> Members:
    """What a file holds, by name in order; an encrypted one is opened first."""
    if data.startswith(b"age-encryption.org/"):
        from lianxin.keys.sealed_for import decrypt

        out = io.BytesIO()
        decrypt(io.BytesIO(data), out, secret_of(COUNTY))
        data = out.getvalue()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(info.filename, archive.read(info)) for info in archive.infolist()]


def spoiled(seed: int) -> Spoiled:
    """The mutation of this number, always the same."""
    dice = random.Random(seed)
    name, setting = dice.choice(SOURCES)
    how, change = dice.choice(_WAYS)
    data = change(_source(name), dice)
    if setting == "county" and dice.random() < 0.1:
        # Most of what comes is encrypted; the layer below must hold as well.
        data = encrypted_for(COUNTY, data)
    return Spoiled(name, setting, how, data)


def insider(seed: int) -> bytes:
    """A report whose journal, values, documents or facts somebody with the right key spoiled and signed."""
    dice = random.Random(seed)
    usual = Draft(with_values=True, files=(LETTER, return_file()))
    held = {each.path: each.data for each in usual.holding()}
    what = dice.randrange(4)
    if what == 0:
        return usual.but(journal=_lines(held["data/journal.jsonl"], dice)).sealed()
    if what == 1:
        return usual.but(values=_lines(held["data/values.jsonl"], dice)).sealed()
    if what == 2:
        book = dice.choice((_flip, _cut))(return_file().data, dice)
        return usual.but(files=(Held("documents/02_月报表.xlsx", Role.DOCUMENT, book),)).sealed()
    told = _retold(usual.manifest(), dice)
    return usual.but(told=told).sealed() if isinstance(told, dict) else usual.sealed()


def survived(path: Path, data: bytes) -> None:
    """Judge without the last net: refusing is right, any other exception is a fault of ours."""
    path.write_bytes(data)
    with contextlib.suppress(Refused):
        judge(str(path), Findings(), at(settings()["county"], path.parent / "opening"))


def accepted_with_other_content(path: Path, file: Spoiled) -> bool:
    """Judge a mutation without the last net; true when it passes although its content is not what was signed."""
    path.write_bytes(file.data)
    try:
        judge(str(path), Findings(), at(settings()[file.setting], path.parent / "opening"))
    except Refused:
        return False
    return sorted(content_of(file.data)) != sorted(content_of(_source(file.source)))


def _packed(members: Iterable[tuple[str, bytes]]) -> bytes:
    return mixed((name, body, zipfile.ZIP_STORED) for name, body in members)


def _flip(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.choice((1, 1, 1, 2, 8, 64))):
        changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def _flip_behind(data: bytes, dice: random.Random) -> bytes:
    """Where the directory stands, most structure is decided."""
    changed = bytearray(data)
    start = data.rindex(b"PK\x01\x02", 0, len(data)) - 400
    changed[dice.randrange(max(start, 0), len(changed))] ^= dice.randrange(1, 256)
    return bytes(changed)


def _cut(data: bytes, dice: random.Random) -> bytes:
    start, end = sorted(dice.randrange(len(data)) for _ in range(2))
    return dice.choice(
        (data[:end], data[start:], data[:start] + data[end:], data[:start] + bytes(end - start) + data[end:])
    )


def _splice(data: bytes, dice: random.Random) -> bytes:
    other = _source(dice.choice(SOURCES)[0])
    here, there = dice.randrange(len(data)), dice.randrange(len(other))
    return dice.choice(
        (data[:here] + other[there:], data[:here] + other[there : there + 40] + data[here:], data + other)
    )


def _exchange(data: bytes, dice: random.Random) -> bytes:
    """Contents of two members exchanged, CRC in order."""
    members = content_of(data)
    one, other = (dice.randrange(len(members)) for _ in range(2))
    members[one], members[other] = (members[one][0], members[other][1]), (members[other][0], members[one][1])
    return _packed(members)


def _transplant(data: bytes, dice: random.Random) -> bytes:
    """A member of another file under a name of this one."""
    members = content_of(data)
    foreign = content_of(_source(dice.choice(SOURCES)[0]))
    place = dice.randrange(len(members))
    members[place] = (members[place][0], dice.choice(foreign)[1])
    return _packed(members)


def _rearranged(data: bytes, dice: random.Random) -> bytes:
    members = content_of(data)
    what = dice.randrange(4)
    if what == 0:
        members.pop(dice.randrange(len(members)))
    elif what == 1:
        members.append(dice.choice(members))
    elif what == 2:
        members.insert(
            dice.randrange(len(members)), (dice.choice(("a.txt", "documents/新.txt", "../b")), b"x")
        )
    else:
        dice.shuffle(members)
    return _packed(members)


def _line(data: bytes, dice: random.Random) -> bytes:
    """One line of the journal or values doubled, moved, dropped or changed."""
    members = content_of(data)
    places = [place for place, (name, body) in enumerate(members) if name.endswith(".jsonl") and body]
    if not places:
        return _flip(data, dice)
    place = dice.choice(places)
    members[place] = (members[place][0], _lines(members[place][1], dice))
    return _packed(members)


def _lines(data: bytes, dice: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    at_line, what = dice.randrange(len(lines)), dice.randrange(5)
    if what == 0:
        lines.insert(dice.randrange(len(lines)), lines[at_line])
    elif what == 1:
        lines.pop(at_line)
    elif what == 2:
        dice.shuffle(lines)
    elif what == 3:
        told = _retold(parse_strict(lines[at_line]), dice)
        lines[at_line] = canonical(told) + b"\n"
    else:
        lines[at_line] = _flip(lines[at_line], dice)
    return b"".join(lines)


def _rewritten(data: bytes, dice: random.Random) -> bytes:
    """Facts of the manifest rewritten and signed by somebody who may not sign them."""
    members = dict(content_of(data))
    name = next(each for each in members if each.endswith("manifest.json"))
    try:
        facts = parse_strict(members[name])
    except NotCanonical:
        return data
    assert isinstance(facts, dict)
    told = _retold(facts, dice)
    own = next(body for each, body in members.items() if each.endswith("p256.crt"))
    who = dice.choice([each for each in _strangers() if each.certificate_pem != own])
    signature = next(each for each in members if each.endswith("p256.sig"))
    members[name] = canonical(told) + b"\n"
    members[signature] = who.sign(members[name])
    if dice.random() < 0.7:
        members[signature.replace(".sig", ".crt")] = who.certificate_pem
    return _packed(members.items())


def _retold(value: JsonValue, dice: random.Random) -> JsonValue:
    """The same facts with one of them changed, somewhere."""
    if isinstance(value, dict) and value:
        key = dice.choice(sorted(value))
        return {**value, key: _retold(value[key], dice)}
    if isinstance(value, list) and value:
        place = dice.randrange(len(value))
        return [*value[:place], _retold(value[place], dice), *value[place + 1 :]]
    return dice.choice((None, 0, -1, 7, 2**53, "", "x", OTHER, COUNTY, True, [], {}))


@cache
def _strangers() -> tuple[SigningIdentity, ...]:
    """Real keys with real certificates, none of them the right one for what is signed."""
    return (
        unenrolled(SHIPAI),
        issued(SHIPAI, by=STRANGER, secret=4712),
        issued(OTHER, "county"),
        desk(OTHER),
        county(),
    )


_WAYS: tuple[tuple[str, Callable[[bytes, random.Random], bytes]], ...] = (
    ("flip", _flip),
    ("flip behind", _flip_behind),
    ("cut", _cut),
    ("splice", _splice),
    ("exchange", _exchange),
    ("transplant", _transplant),
    ("rearranged", _rearranged),
    ("line", _line),
    ("rewritten", _rewritten),
)
