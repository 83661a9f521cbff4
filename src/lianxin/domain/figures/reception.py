"""Figures of reception days and contacts (domain.md 6.1, 6.4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lianxin.domain.counts import Facts, Figure, attended, mean, number, persons_in, serving, share
from lianxin.domain.meetings.occasions import first_of_each
from lianxin.domain.periods import Period
from lianxin.domain.records import Contact

RECEIVED = ("reception_day", "visit")
_SUMS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("street_persons", "上街设点接访", ("street",)),
    ("phone_persons", "电话短信", ("phone", "sms")),
    ("box_persons", "意见箱信件", ("letter_box",)),
    ("online_persons", "网络", ("online",)),
    ("other_persons", "其他渠道", ("via_deputy", "inspection", "from_above")),
)


def reception_figures(period: Period, facts: Facts) -> list[Figure]:
    """接待日次数, 开展率, 参加代表人次, 到岗率, 代表参加率."""
    days = [day for day in facts.days if day.day in period]
    held = [day.uid for day in days if day.state == "held"]
    owed = [day for day in days if day.state != "postponed"]
    held_set = frozenset(held)
    on_duty = [rota for rota in facts.rota if rota.reception_day in held_set]
    came = {rota.uid: person for rota in on_duty if (person := attended(rota))}
    deputies = persons_in(serving(facts.mandates, period.end))
    there = frozenset(came.values())
    took_part = [person for person in deputies if person in there]
    times = Counter(came.values())
    return [
        number("reception_days", "接待日次数", "次", "本期已开展的代表接待日次数。", "reception-day", held),
        share(
            "reception_days_rate",
            "接待日开展率",
            "已开展次数 ÷ 应开展次数；顺延的只按新日期计一次，取消的仍计入应开展。",
            "reception-day",
            held,
            len(owed),
        ),
        number(
            "reception_deputies",
            "参加代表人次",
            "人次",
            "本期已开展的接待日到岗代表（含替班）人次。",
            "rota",
            came,
        ),
        share(
            "rota_rate",
            "轮值到岗率",
            "到岗人次（含替班） ÷ 本期已开展接待日的排班人次。",
            "rota",
            list(came),
            len(on_duty),
        ),
        share(
            "participation_rate",
            "代表参加率",
            "本期至少参加一次接待的在任代表 ÷ 在任代表（按人计）。",
            "person",
            took_part,
            len(deputies),
        ),
        mean(
            "receptions_each",
            "人均接待次数",
            "次",
            "本期在任代表到岗（含替班）人次 ÷ 在任代表（按人计）。",
            "person",
            {person: times[person] for person in deputies},
        ),
    ]


def contact_figures(period: Period, facts: Facts) -> list[Figure]:
    """联系群众人次 and its split by channel; every person counts at every visit (人次)."""
    contacts = [contact for contact in facts.contacts if contact.day in period]
    visits = _of(contacts, "home_visit")
    households = sum(contact.households or 0 for contact in visits)
    symposiums = _of(contacts, "symposium")
    found = [
        _persons_of(
            "contact_persons", "联系群众", "本期各种方式联系群众的人次之和，一人来几次计几次。", contacts
        ),
        _persons_of(
            "received_persons",
            "接待群众",
            "本期接待日接访和日常来访的人次之和。",
            _of(contacts, *RECEIVED),
        ),
        _persons_of(
            "reception_day_persons",
            "接待日接访",
            "本期接待日接访的人次之和。",
            _of(contacts, "reception_day"),
        ),
        _persons_of("visit_persons", "日常来访", "本期日常来访的人次之和。", _of(contacts, "visit")),
        _persons_of("home_visit_persons", "入户走访", "本期入户走访的人次之和。", visits),
        number(
            "home_visit_households",
            "走访户数",
            "户次",
            "本期入户走访登记的户数之和。",
            "contact",
            [contact.uid for contact in visits],
            households,
        ),
        number(
            "symposiums",
            "座谈会",
            "次",
            "本期来访走访登记的座谈会场次；同一天、同一地点登记几条的算一场，会议和活动里登记的座谈不算。",
            "contact",
            [contact.uid for contact in symposiums],
            len(first_of_each(symposiums)),
        ),
        _persons_of("symposium_persons", "座谈会参加", "本期座谈会的人次之和。", symposiums),
    ]
    for key, label, channels in _SUMS:
        found.append(_persons_of(key, label, f"本期{label}联系群众的人次之和。", _of(contacts, *channels)))
    return found


def _of(contacts: Sequence[Contact], *channels: str) -> list[Contact]:
    return [contact for contact in contacts if contact.channel in channels]


def _persons_of(key: str, label: str, definition: str, contacts: Sequence[Contact]) -> Figure:
    uids = [contact.uid for contact in contacts]
    total = sum(contact.persons for contact in contacts)
    return number(key, f"{label}人次", "人次", definition, "contact", uids, total)
