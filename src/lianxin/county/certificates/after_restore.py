"""A county's ledger that came from a backup: revocations written since are looked for, and a person has the last word.

A restored county does not know what it revoked after the backup. The former data that lie aside still hold the
newest list, signed by the root; where there are none (another computer) only the person in charge can tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from lianxin.domain.canonical import JsonValue
from lianxin.domain.records import Enrolment
from lianxin.office.desk import Desk, office_of
from lianxin.office.trust.trusting import (
    COUNTY_SETTING,
    CountyTrust,
    county_trust_in,
    enrolments,
    is_county,
    keep_county_trust,
)
from lianxin.store.layout import ASIDE
from lianxin.store.own_copy import from_backup, kept_setting
from lianxin.store.reading import Reading

_CHECKED = "revocations-checked"


@dataclass(frozen=True)
class ToCheck:
    """What the county has to look through: the offices with a certificate not revoked here, by name.

    `own_revoked`: the key the county signs with was revoked since the backup; the next use of the root renews it.
    """

    offices: tuple[str, ...]
    own_revoked: bool = False

    @property
    def words(self) -> str:
        """The notice."""
        named = f"现在登记在用的有：{'、'.join(self.offices) or '（没有）'}。"
        own = (
            "县人大自己的签名密钥也作废过：下次用根密钥签发或作废时自动换新，换好以前不要写回执。"
            if self.own_revoked
            else ""
        )
        return (
            "这份数据是从备份恢复的，或是复制、搬到这里的。做备份以后作废过的证书，这里可能还当作有效，泄露的密钥"
            f"又能用了：请对照纸质记录逐个核对，作废过的在“登记乡镇”里重新作废一次。{named}"
            f"备份以后才登记的乡镇要重新申请。{own}"
        )


def to_check(desk: Desk) -> ToCheck | None:
    """What has to be looked through since the ledger came from a backup; None when nothing, or at a township."""
    with desk.store.reading() as reading:
        if not _is_due(reading):
            return None
        own = office_of(reading).code
        found = [each for each in enrolments(reading) if not each.revoked_at]
    towns = sorted((each for each in found if each.code != own), key=lambda each: each.code)
    names = tuple(dict.fromkeys(each.place or each.name for each in towns))
    return ToCheck(names, own_revoked=len(towns) == len(found))


def confirm_checked(desk: Desk) -> None:
    """已核对作废名单: the notice is put away until the ledger comes from a backup again."""
    # A restored ledger gets its replica id with the first write; the word belongs to that one.
    with desk.store.writing(reason="核对作废名单"):
        pass
    desk.store.set_setting(_CHECKED, desk.store.replica)
    desk.store.note("核对作废名单", "")


def take_over_revocations(desk: Desk) -> tuple[Enrolment, ...]:
    """Takes over what the lists in the former data name; answers the certificates newly marked as revoked.

    Only lists of this county's root count. The newest one becomes the list held, so that its number and what it
    names are not lost; without the root nothing has to be signed. Again it changes nothing.
    """
    with desk.store.reading() as reading:
        held = county_trust_in(reading) if _is_due(reading) else None
        known = enrolments(reading) if held is not None else []
    if held is None:
        return ()
    newest, named = held, dict[int, datetime]()
    for each, revoked in _lists_aside(desk, held):
        named.update(revoked)
        newest = max(newest, each, key=lambda one: one.crl_number)
    fresh = [
        replace(each, revoked_at=named[serial].astimezone(UTC).isoformat())
        for each in known
        if not each.revoked_at and (serial := int(each.serial, 16)) in named
    ]
    if fresh:
        with desk.store.writing(reason="恢复备份以后补记作废") as writing:
            for record in fresh:
                writing.put(record)
    if newest is not held:
        keep_county_trust(desk, newest)
    if fresh:
        desk.store.note("恢复备份以后补记作废", "、".join(f"{each.code} {each.serial[:8]}" for each in fresh))
    return tuple(fresh)


def _is_due(reading: Reading) -> bool:
    if not is_county(office_of(reading).office_type):
        return False
    found = from_backup(reading)
    return found is not None and reading.setting(_CHECKED) != found


def _lists_aside(desk: Desk, held: CountyTrust) -> Iterator[tuple[CountyTrust, dict[int, datetime]]]:
    """The lists in the folders aside that open with our key and are signed by our root."""
    from lianxin.county.certificates.root_key import revoked_in
    from lianxin.keys.revocation import BadList

    for folder in sorted((desk.store.home / ASIDE).glob("*/")):
        told = kept_setting(folder, desk.store.key, COUNTY_SETTING)
        with suppress(BadList):
            each = _list_of(told, held)
            if each is not None:
                yield each, dict(revoked_in(each))


def _list_of(told: JsonValue, held: CountyTrust) -> CountyTrust | None:
    from lianxin.keys.certificates import read_certificate
    from lianxin.keys.revocation import read_list

    if not isinstance(told, dict) or not isinstance(crl := told.get("crl"), str):
        return None
    number = read_list(crl.encode(), read_certificate(held.root_pem)).number
    return CountyTrust(held.root_pem, crl.encode(), number)
