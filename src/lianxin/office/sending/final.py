"""定稿: the figures of a period as they stood when the chair was to sign, and what is different since."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from lianxin.domain.canonical import JsonValue, canonical
from lianxin.domain.figures.of_period import NOTHING
from lianxin.domain.periods import Period
from lianxin.office.desk import Desk
from lianxin.office.paperwork.templates import own_look
from lianxin.office.sending.papers import Papers, papers_of
from lianxin.store.reading import Reading

Total = int | str | None


@dataclass(frozen=True)
class Final:
    """What was frozen: when, the figures, and the digest of every document as it is to be printed."""

    period: str
    at: datetime
    digest: str
    totals: Mapping[str, Total]
    documents: Mapping[str, str]

    @property
    def day(self) -> date:
        """The day the documents carry, so that paper and file stay the same whenever they are made."""
        return self.at.date()


@dataclass(frozen=True)
class Difference:
    """One figure that is another now than when it was frozen, as people read it."""

    label: str
    then: str
    now: str


@dataclass(frozen=True)
class Since:
    """What is different since the freezing; `documents` are file names whose content changed."""

    figures: tuple[Difference, ...] = ()
    documents: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether paper signed then and a file made now say the same."""
        return not self.figures and not self.documents


def freeze(desk: Desk, period: Period) -> Final:
    """Freezes the figures of a period as they are now; freezing again takes the place of the former."""
    desk.require("finalize")
    at = desk.store.now()
    papers = _papers(desk, period, at.date())
    documents = _digests(papers)
    final = Final(period.code, at, _digest(papers.totals, documents), dict(papers.totals), documents)
    told: dict[str, JsonValue] = {
        "at": at.isoformat(timespec="seconds"),
        "digest": final.digest,
        "totals": dict(final.totals),
        "documents": dict(documents),
    }
    desk.store.set_setting(_name(period), told)
    desk.store.note("定稿", f"{period.code} {final.digest[:16]}")
    return final


def thaw(desk: Desk, period: Period, *, reason: str) -> None:
    """Takes a freezing back; the reason stays in the log of this computer."""
    desk.require("finalize")
    desk.store.set_setting(_name(period), None)
    desk.store.note("取消定稿", f"{period.code} {reason}")


def final_of(reading: Reading, period: Period) -> Final | None:
    """What was frozen for a period, or None."""
    told = reading.setting(_name(period))
    if not isinstance(told, Mapping):
        return None
    totals, documents = told.get("totals"), told.get("documents")
    assert isinstance(totals, Mapping) and isinstance(documents, Mapping)
    return Final(
        period.code,
        datetime.fromisoformat(str(told["at"])),
        str(told["digest"]),
        {name: value for name, value in totals.items() if value is None or isinstance(value, int | str)},
        {name: str(value) for name, value in documents.items()},
    )


def papers_for(desk: Desk, period: Period) -> Papers:
    """The documents of a period; once frozen they carry the day of the freezing."""
    with desk.store.reading() as reading:
        final = final_of(reading, period)
        return papers_on(desk, reading, period, final.day if final is not None else desk.today())


def papers_on(desk: Desk, reading: Reading, period: Period, day: date) -> Papers:
    """The documents of a period as they carry this day, the letter in the office's own layout."""
    look = partial(own_look, desk, reading, "cover-letter")
    return papers_of(reading, period, profile=desk.profile, today=day, look=look)


def since(final: Final, papers: Papers) -> Since:
    """What is different; `papers` must have been made for the day of the freezing (`papers_for`)."""
    labels = {figure.key: figure.label for figure in papers.figures.all}
    keys = dict.fromkeys((*final.totals, *papers.totals))
    figures = [
        Difference(labels.get(key, key), _shown(final.totals.get(key)), _shown(papers.totals.get(key)))
        for key in keys
        if final.totals.get(key) != papers.totals.get(key)
    ]
    now = _digests(papers)
    documents = [
        name for name in dict.fromkeys((*final.documents, *now)) if final.documents.get(name) != now.get(name)
    ]
    return Since(tuple(figures), tuple(documents))


def _papers(desk: Desk, period: Period, day: date) -> Papers:
    with desk.store.reading() as reading:
        return papers_on(desk, reading, period, day)


def _name(period: Period) -> str:
    return f"final:{period.code}"


def _digests(papers: Papers) -> dict[str, str]:
    return {name: hashlib.sha256(data).hexdigest() for name, data in papers.documents}


def _digest(totals: Mapping[str, Total], documents: Mapping[str, str]) -> str:
    told: dict[str, JsonValue] = {"totals": dict(totals), "documents": dict(documents)}
    return hashlib.sha256(canonical(told)).hexdigest()


def _shown(value: Total) -> str:
    return NOTHING if value is None else str(value)
