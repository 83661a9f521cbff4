"""Rule profiles at hand: those that travel with the program, files the office took in, what the county handed out.

Taking a file in changes nothing yet; switching is a change of the office record and can be undone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from lianxin.domain.canonical import parse_strict
from lianxin.domain.records import HandedDown, HandedTo, RuleFile
from lianxin.domain.rule_differences import differences
from lianxin.domain.rules import BadProfile, RuleProfile, load_profile, rules_of
from lianxin.installed import resource_dir
from lianxin.office.desk import Desk, office_of
from lianxin.office.handed.calendars import in_force
from lianxin.office.records import Saved, save_record
from lianxin.office.trust.trusting import enrolled_in, is_county
from lianxin.store.reading import Reading

Origin = Literal["program", "file", "county"]
ORIGIN_LABEL = {"program": "随程序", "file": "本机导入", "county": "县人大下发"}
NATIONAL = "national"
_MOST_BYTES = 150_000
_FOLDER = "profiles"


@dataclass(frozen=True)
class ProfileAtHand:
    """One profile that can be switched to. `missing` are the labels of rules its file does not hold, taken from
    the national ones; `day` is when it came.
    """

    profile: RuleProfile
    origin: Origin
    day: date | None = None
    missing: tuple[str, ...] = ()


@cache
def shipped_profile(name: str) -> RuleProfile:
    """A profile that travels with the program. Raises BadProfile."""
    path = resource_dir() / _FOLDER / f"{name}.json"
    if not name.isidentifier() or not path.is_file():
        known = "、".join(sorted(each.stem for each in path.parent.glob("*.json")))
        raise BadProfile(f"没有名为“{name}”的规则库，现有：{known}")
    return load_profile(path.read_text("utf-8"))


def _shipped_text(name: str) -> str:
    return (resource_dir() / _FOLDER / f"{name}.json").read_text("utf-8")


def shipped_names() -> tuple[str, ...]:
    """The names of the profiles that travel with the program, the national one first."""
    names = (path.stem for path in (resource_dir() / _FOLDER).glob("*.json"))
    return tuple(sorted(names, key=lambda name: (name != NATIONAL, name)))


def profile_in(reading: Reading) -> RuleProfile:
    """The rules in force in this ledger, with its calendar.

    The national rules, saying so, when the file of the chosen ones is not in this ledger or is of a newer program.
    """
    key = office_of(reading).profile
    try:
        return in_force(profile_of(reading, key), reading)
    except BadProfile as wrong:
        national = shipped_profile(NATIONAL)
        note = f"原来选用的规则库“{key}”用不了（{wrong}），暂按国家规定；导入那份文件后可以重新选用。"
        return in_force(replace(national, note=note), reading)


def profile_of(reading: Reading, key: str) -> RuleProfile:
    """The profile of a key, whether it travels with the program, came as a file or from the county.

    Raises BadProfile.
    """
    if key not in shipped_names():
        texts = [each.text for each in _kept(reading)]
        texts += _county_texts(reading)
        for text in texts:
            if _key(text) == key:
                return _loaded(text)
    return shipped_profile(key)


def profiles_at_hand(desk: Desk) -> tuple[ProfileAtHand, ...]:
    """Every profile that can be switched to, each once: the program's, the files, the county's."""
    with desk.store.reading() as reading:
        kept, of_county = _kept(reading), _of_county(reading)
    found = [ProfileAtHand(shipped_profile(name), "program") for name in shipped_names()]
    for each in kept:
        with suppress(BadProfile):
            found.append(ProfileAtHand(_loaded(each.text), "file", each.day, _missing(each.text)))
    found += [of_county] if of_county is not None else []
    once: dict[str, ProfileAtHand] = {}
    for at_hand in found:
        once.setdefault(at_hand.profile.key, at_hand)
    return tuple(once.values())


def read_rule_file(path: Path) -> str:
    """The text of a rule file that can be used here. Raises BadProfile, OSError."""
    if path.stat().st_size > _MOST_BYTES:
        raise BadProfile("这个文件太大，不像规则库文件。")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise BadProfile("规则库文件应是 UTF-8 的文字文件（.json）。") from wrong
    load_profile(text, base=shipped_profile(NATIONAL))
    return text


def take_rule_file(desk: Desk, path: Path) -> ProfileAtHand:
    """Keeps a rule file in the ledger; nothing is switched on yet. Raises BadProfile, OSError."""
    desk.require("rules")
    text = read_rule_file(path)
    _keep(desk, text, path.name)
    return ProfileAtHand(_loaded(text), "file", desk.today(), _missing(text))


def _keep(desk: Desk, text: str, file_name: str) -> None:
    profile, digest = _loaded(text), _digest(text)
    with desk.store.writing(reason="导入规则库") as writing:
        if any(each.digest == digest for each in Reading(writing.connection).all(RuleFile)):
            return
        writing.put(
            RuleFile(
                uid=writing.new_uid(), name=profile.name, version=profile.version, day=desk.today(), digest=digest,
                text=text, file_name=file_name[:120],
            )
        )  # fmt: skip


def switch_profile(desk: Desk, key: str) -> tuple[Desk, Saved]:
    """启用: the desk with these rules, and the change of the office record that says so. Raises BadProfile.

    Rules of the county are kept as a file first: a later answer may bring others, and these must stay readable.
    """
    desk.require("rules")
    with desk.store.reading() as reading:
        profile = in_force(profile_of(reading, key), reading)
        opened, handed = office_of(reading), _county_texts(reading)
    for text in handed:
        if key not in shipped_names() and _key(text) == key:
            _keep(desk, text, "县人大下发")
    saved = save_record(desk, replace(opened, profile=key), opened=opened)
    return Desk(desk.store, profile), saved


def county_offer(desk: Desk) -> ProfileAtHand | None:
    """The rules that came with the county's answer, while they ask for something else than those in force here."""
    with desk.store.reading() as reading:
        return offered_in(reading, desk.profile)


def offered_in(reading: Reading, profile: RuleProfile) -> ProfileAtHand | None:
    """The same in a snapshot at hand, beside the rules in force."""
    offered = _of_county(reading)
    return offered if offered is not None and differences(profile, offered.profile) else None


def _same_rules(one: RuleProfile, other: RuleProfile) -> bool:
    """Whether two profiles say the same, whatever key they stand under."""
    return (one.name, one.version, rules_of(one)) == (other.name, other.version, rules_of(other))


def rules_text(reading: Reading) -> str:
    """The file of the rules in force here, for the answer by which a county hands them out; "" without one."""
    key = office_of(reading).profile
    if key in shipped_names():
        return _shipped_text(key)
    return next((each.text for each in _kept(reading) if _key(each.text) == key), "")


def _of_county(reading: Reading) -> ProfileAtHand | None:
    for text in _county_texts(reading):
        # One of a newer program waits until this one can read it.
        with suppress(BadProfile):
            return ProfileAtHand(_loaded(text), "county", None, _missing(text))
    return None


def _county_texts(reading: Reading) -> list[str]:
    """Rules the county handed out: what came with its receipts goes before what came with its answer."""
    if is_county(office_of(reading).office_type):
        return []
    records = [each for each in (*reading.all(HandedTo), *reading.all(HandedDown)) if each.subject == "rules"]
    held = enrolled_in(reading)
    found = [each.text for each in sorted(records, key=lambda each: (each.day, each.uid), reverse=True)]
    return [*found, *([held.rules] if held is not None and held.rules else [])]


def _kept(reading: Reading) -> Sequence[RuleFile]:
    """The files taken in, the latest first."""
    return sorted(reading.all(RuleFile), key=lambda each: (each.day, each.uid), reverse=True)


def _key(text: str) -> str:
    try:
        return _loaded(text).key
    except BadProfile:
        return ""


@cache
def _loaded(text: str) -> RuleProfile:
    """The profile under a key of its own, two versions of one file being two profiles; shipped ones under theirs."""
    profile = load_profile(text, base=shipped_profile(NATIONAL))
    if profile.key in shipped_names() and _same_rules(profile, shipped_profile(profile.key)):
        return profile
    return replace(profile, key=f"{profile.key[:27]}-{_digest(text)[:12]}")


@cache
def _missing(text: str) -> tuple[str, ...]:
    """Labels of the rules a file does not hold and the national rules answer for."""
    told = parse_strict(text.encode())
    held = told.get("rules") if isinstance(told, dict) else None
    names = set(held) if isinstance(held, dict) else set()
    return tuple(label for name, label, _ in rules_of(shipped_profile(NATIONAL)) if name not in names)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
