"""开始使用: a new office with its provisional term and first station."""

from __future__ import annotations

from dataclasses import dataclass

from lianxin import __version__
from lianxin.domain.records import Office, Station, Term
from lianxin.office.safekeeping.whats_new import note_version
from lianxin.store.record_store import RecordStore

FIRST_TERM = 1
"""Ordinal of a provisional term until somebody says which one it is."""


@dataclass(frozen=True)
class Beginning:
    """What set-up asks (issue words: office, term, station, and whether the county uses the program)."""

    role: str
    code: str
    name: str
    profile: str = "national"
    county_uses: str = "unknown"
    county_name: str | None = None
    station: str | None = None
    term: int | None = None


def set_up(store: RecordStore, beginning: Beginning) -> Office:
    """Stores the office, a term (marked provisional unless its number is known) and the first station."""
    township = beginning.role == "township"
    with store.writing(reason="开始使用") as writing:
        office = Office(
            uid=writing.new_uid(),
            name=beginning.name,
            code=beginning.code,
            office_type="township" if township else "county",
            profile=beginning.profile,
            county_uses=beginning.county_uses,
            county_name=beginning.county_name,
            short_name=short_name_of(beginning.name),
        )
        writing.put(office)
        writing.put(
            Term(
                uid=writing.new_uid(),
                level="township" if township else "county",
                ordinal=beginning.term or FIRST_TERM,
                provisional=beginning.term is None,
            )
        )
        if township and beginning.station:
            writing.put(Station(uid=writing.new_uid(), name=beginning.station))
    note_version(store, __version__)
    return office


def short_name_of(name: str) -> str:
    """石牌镇 from 清江县石牌镇人大主席团: the last place name before 人大 or 人民代表大会."""
    place = name.partition("人民代表大会")[0].partition("人大")[0] or name
    for mark in "县市区旗":
        head, sign, tail = place.partition(mark)
        if sign and head and tail:
            place = tail
    return place


def county_of(name: str) -> str:
    """清江县人民代表大会常务委员会 from 清江县石牌镇人大主席团; "" where the name does not tell the county."""
    place = name.partition("人民代表大会")[0].partition("人大")[0]
    ends = [place.index(mark) + 1 for mark in "县区旗市" if mark in place[1:-1]]
    return f"{place[: ends[0]]}人民代表大会常务委员会" if ends else ""
