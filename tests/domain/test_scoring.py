"""Scores: recomputed from records only, nothing counted twice, caps hold, each point leads to its records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.domain.records import (
    Activity,
    Assignment,
    Attendance,
    Contact,
    Deed,
    Evaluation,
    GroupMember,
    Meeting,
    Opinion,
    PublicityPiece,
    ReceptionDay,
    Reply,
    Rota,
    Satisfaction,
    ScoreBand,
    ScoreClaim,
    ScoreItem,
    ScoreRule,
    Signer,
    Suggestion,
    TallyRow,
    YearReport,
)
from lianxin.domain.scoring.points import RuleBook, ScoreCard, category_cap, places, rule_problems, score
from lianxin.domain.scoring.sources import AVERAGED, SOURCES
from lianxin.domain.work_facts import Subject, WorkFacts

START, END = date(2026, 1, 1), date(2026, 12, 31)
ME = Subject("deputy", "p1", "township")
RULE = ScoreRule(uid="r", name="办法", level="township")


def facts(**held: object) -> WorkFacts:
    return replace(WorkFacts(START, END, END), **held)  # type: ignore[arg-type]


def item(source: str, place: int = 0, *, category: str = "", **more: object) -> ScoreItem:
    made = ScoreItem(
        uid=f"i{place}", score_rule="r", place=place, category=category or f"{source}{place}", source=source,
        base=Decimal(3), per_unit=Decimal(1), cap=Decimal(5),
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def book(*items: ScoreItem, bands: tuple[ScoreBand, ...] = ()) -> RuleBook:
    return RuleBook.of(RULE, items, bands)


def came(uid: str, owner: str, presence: str = "present", person: str = "p1") -> Attendance:
    return Attendance(uid=uid, owner_kind="activity", owner=owner, person=person, presence=presence)


def test_the_first_gives_the_base_each_further_one_more_up_to_the_cap() -> None:
    held = [Activity(uid=f"a{n}", activity_type="training", topic="学法", day=START) for n in range(4)]
    for count, points in ((0, 0), (1, 3), (2, 4), (3, 5), (4, 5)):
        told = facts(activities=held, attendances=[came(f"t{n}", f"a{n}") for n in range(count)])
        card = score(book(item("training")), told, ME)
        assert card.total == points
        assert len(card.categories[0].items[0].counted) == count


def test_a_record_counts_in_the_first_item_that_takes_it() -> None:
    told = facts(
        activities=[Activity(uid="a", activity_type="research", topic="产业", day=START)],
        attendances=[came("t", "a"), came("t2", "a")],
    )
    card = score(book(item("inspection", 1), item("research", 0)), told, ME)
    assert [[done.uid for done in one.items[0].counted] for one in card.categories] == [["a"], []]
    assert card.categories[0].name == "research0"


def test_items_of_a_category_share_the_highest_cap() -> None:
    items = (
        item(
            "lead_suggestions", 0, category="议案建议", base=Decimal(6), per_unit=Decimal(2), cap=Decimal(10)
        ),
        item(
            "joint_suggestions", 1, category="议案建议", base=Decimal(1), per_unit=Decimal(1), cap=Decimal(4)
        ),
    )
    matters = [Opinion(uid=f"o{n}", title="路", words="路", registered=START, person="p1" if n < 2 else "p2")
               for n in range(6)]  # fmt: skip
    told = facts(
        opinions=matters,
        suggestions=[Suggestion(uid=f"s{n}", opinion=f"o{n}") for n in range(6)],
        signers=[Signer(uid=f"g{n}", suggestion=f"s{n}", person="p1") for n in range(6)],
    )
    card = score(book(*items), told, ME)
    assert [one.points for one in card.categories[0].items] == [8, 4]
    assert card.total == 10 == category_cap(items)


def test_absence_without_leave_takes_points_and_leave_does_not() -> None:
    held = [
        Meeting(uid=f"m{n}", meeting_type="congress", name="人代会", day=START, held=True) for n in range(4)
    ]
    allowed = replace(came("4", "m3", "absent"), approval="approved")
    told = facts(
        meetings=held,
        attendances=[came("1", "m0"), came("2", "m1", "absent"), came("3", "m2", "sick"), allowed],
    )
    card = score(book(item("congress", penalty=Decimal(2))), told, ME)
    assert card.total == 1
    assert [done.uid for done in card.categories[0].items[0].missed] == ["m1"]


def test_levels_are_never_mixed() -> None:
    reports = [
        YearReport(uid="c", person="p1", level="county", year=2026, mode="written", submitted=START),
        YearReport(uid="t", person="p1", level="township", year=2026, mode="written", submitted=START),
    ]
    card = score(book(item("written_report")), facts(reports=reports), ME)
    assert [done.uid for done in card.categories[0].items[0].counted] == ["t"]


def test_a_share_is_compared_exactly() -> None:
    vote = Evaluation(uid="v", name="测评", day=START, valid=404, state="confirmed")
    told = facts(evaluations=[vote], rows=[TallyRow(uid="w", evaluation="v", person="p1", first=323)])
    wanted = item("evaluation", base=Decimal(5), per_unit=Decimal(0), least=Decimal(80))
    assert score(book(wanted), told, ME).total == 0
    whole = TallyRow(uid="w", evaluation="v", person="p1", first=324, aspect="总体评价")
    part = TallyRow(uid="a", evaluation="v", person="p1", first=404, aspect="联系群众")
    assert score(book(wanted), replace(told, rows=[part, whole]), ME).total == 5, "what speaks for the whole"
    assert score(book(wanted), replace(told, rows=[part]), ME).total == 0
    enough = replace(told, rows=[TallyRow(uid="w", evaluation="v", person="p1", first=324)])
    assert score(book(wanted), enough, ME).total == 5


def test_what_must_have_evidence_is_shown_without_points() -> None:
    told = facts(deeds=[Deed(uid="d", person="p1", day=START, what="修桥"),
                        Deed(uid="e", person="p1", day=START, what="修路")], evident=frozenset({"e"}))  # fmt: skip
    (one,) = score(book(item("deeds", evidence=True)), told, ME).categories[0].items
    assert [done.uid for done in one.counted] == ["e"]
    assert [done.uid for done in one.lacking] == ["d"]
    assert one.points == 3


def test_claims_count_when_approved_in_their_item_or_beside_all() -> None:
    def claim(uid: str, state: str, points: int, item: str | None = None) -> ScoreClaim:
        return ScoreClaim(
            uid=uid, person="p1", year=2026, what="采访", points=Decimal(points), state=state, item=item
        )

    told = facts(claims=[claim("1", "approved", 9, "i0"), claim("2", "asked", 9), claim("3", "approved", 2)])
    card = score(book(item("by_hand")), told, ME)
    assert card.categories[0].points == 5, "the cap of the item holds for what is asked for, too"
    assert [one.uid for one in card.extra] == ["3"]
    assert card.total == 7
    county = replace(ME, level="county")
    assert score(book(item("by_hand")), told, county).total == 0


def test_bands_and_places() -> None:
    bands = tuple(ScoreBand(uid=name, score_rule="r", name=name, least=Decimal(least))
                  for name, least in (("差", 0), ("好", 80), ("较好", 60)))  # fmt: skip
    for start, told in (("80", "好"), ("79.99", "较好"), ("60", "较好"), ("59.99", "差")):
        rule = replace(RULE, start_points=Decimal(start))
        assert score(RuleBook.of(rule, (), bands), facts(), ME).band == told
    assert places([Decimal(9), Decimal(7), Decimal(9), Decimal(1)]) == [1, 3, 1, 4]


def test_a_rule_that_cannot_be_used_says_why() -> None:
    found = rule_problems(RuleBook.of(replace(RULE, level=None, target="unit"), [item("training")]))
    assert found == ("“training0”按“学习培训”记分，承办单位没有这类记录",)
    assert "还没有选代表层级" in rule_problems(RuleBook.of(replace(RULE, level=None), ()))[1]


# ---- groups, units, the office, reporters --------------------------------------------------------


def of_target(target: str, *items: ScoreItem) -> RuleBook:
    return RuleBook.of(replace(RULE, target=target), items)


def test_a_group_counts_its_activities_and_those_at_which_everybody_was() -> None:
    told = facts(
        activities=[
            Activity(uid=uid, activity_type="group", topic="走访", day=START, group="g") for uid in ("a", "b")
        ],
        attendances=[came("1", "a"), came("2", "a", person="p2"), came("3", "b"), came("4", "b", "absent", "p2")],
        members=[GroupMember(uid=f"m{n}", group="g", person=f"p{n}") for n in (1, 2)],
        deeds=[Deed(uid="d", person="p2", day=START, what="修路")],
    )  # fmt: skip
    card = score(of_target("group", item("group_activities", 0), item("group_members", 1), item("deeds", 2)), told,
                 Subject("group", "g", "township"))  # fmt: skip
    assert [one.points for one in card.categories] == [4, 3, 3]


def test_a_unit_is_measured_by_replies_in_time_and_by_what_people_thought() -> None:
    due = START + timedelta(days=30)
    told = facts(
        opinions=[Opinion(uid=f"o{n}", title="路", words="路", registered=START) for n in range(3)],
        assignments=[Assignment(uid=f"s{n}", opinion=f"o{n}", day=START, unit="u", due=due) for n in range(3)],
        replies=[
            Reply(uid="r0", opinion="o0", day=due),
            Reply(uid="r1", opinion="o1", day=due + timedelta(days=1)),
        ],
        satisfactions=[
            Satisfaction(uid="f0", opinion="o0", day=due, overall="satisfied"),
            Satisfaction(uid="f1", opinion="o1", day=due, overall="unsatisfied"),
            Satisfaction(uid="f2", opinion="o2", day=due, overall="unreached"),
        ],
    )  # fmt: skip
    rate = item("satisfaction", 1, base=Decimal(0), per_unit=Decimal("0.1"), cap=Decimal(10), unit="percent")
    card = score(of_target("unit", item("replies", 0, penalty=Decimal(1)), rate), told, Subject("unit", "u"))
    first, second = (one.items[0] for one in card.categories)
    assert ([done.uid for done in first.counted], [done.uid for done in first.missed]) == (
        ["s0"],
        ["s1", "s2"],
    )
    assert (second.amount, second.points) == (50, 5)
    assert card.total == 3 - 2 + 5


def test_the_office_and_its_reporters_are_scored_from_their_own_records() -> None:
    told = facts(
        meetings=[Meeting(uid="m", meeting_type="presidium", name="会", day=START, held=True)],
        days=[ReceptionDay(uid="d", day=START, state="held"), ReceptionDay(uid="e", day=START)],
        pieces=[
            PublicityPiece(uid="x", title="稿", reporter="w", media="县报", day=START),
            PublicityPiece(uid="y", title="稿", reporter="w"),
        ],
    )  # fmt: skip
    office = score(
        of_target("township", item("meetings", 0), item("receptions", 1)), told, Subject("township", "")
    )
    assert [one.points for one in office.categories] == [3, 3]
    reporter = score(of_target("reporter", item("publicity")), told, Subject("reporter", "w"))
    assert [done.uid for done in reporter.categories[0].items[0].counted] == ["x"]


def test_namesakes_and_those_replaced_count_for_nobody_or_for_who_stood_in() -> None:
    told = facts(
        contacts=[Contact(uid="c", channel="home_visit", day=START, words="路", deputies="龙志明；向光明")],
        named={"龙志明": "p1"},
        days=[ReceptionDay(uid="d", day=START, state="held")],
        rota=[Rota(uid="r", reception_day="d", person="p2", attendance="substituted", substitute="p1")],
    )
    book_of_two = book(item("visits", 0), item("receptions", 1))
    assert [one.points for one in score(book_of_two, told, ME).categories] == [3, 3]
    assert score(book_of_two, told, replace(ME, uid="p2")).total == 0


# ---- over any records and any rule -----------------------------------------------------------------

_days = st.integers(0, 400).map(lambda n: START + timedelta(days=n - 20))
_people = st.sampled_from(["p1", "p2"])
_presence = st.sampled_from(["expected", "present", "sick", "absent"])
_types = st.sampled_from(
    ["training", "inspection", "research", "reception", "visiting", "group", "volunteering"]
)


@st.composite
def worlds(draw: st.DrawFn) -> WorkFacts:
    count = st.integers(0, 5)
    activities = [Activity(uid=f"a{n}", activity_type=draw(_types), topic="某事", day=draw(_days))
                  for n in range(draw(count))]  # fmt: skip
    meetings = [Meeting(uid=f"m{n}", meeting_type=draw(st.sampled_from(["congress", "presidium", "group"])),
                        name="会", day=draw(_days), held=True) for n in range(draw(count))]  # fmt: skip
    owners = [one.uid for one in (*activities, *meetings)]
    attendances = (
        [came(f"t{n}", draw(st.sampled_from(owners)), draw(_presence), draw(_people)) for n in range(draw(st.integers(0, 8)))]
        if owners else []
    )  # fmt: skip
    days = [ReceptionDay(uid=f"d{n}", day=draw(_days), state="held") for n in range(draw(count))]
    rota = [Rota(uid=f"r{n}", reception_day=one.uid, person=draw(_people), attendance=draw(st.sampled_from(["present", "absent"])))
            for n, one in enumerate(days)]  # fmt: skip
    deeds = [Deed(uid=f"e{n}", person=draw(_people), day=draw(_days), what="事",
                  sort=draw(st.sampled_from(["deed", "poor", "dispute", "charity"]))) for n in range(draw(count))]  # fmt: skip
    return facts(
        activities=activities, meetings=meetings, attendances=attendances, days=days, rota=rota, deeds=deeds
    )


_points = st.integers(0, 8).map(Decimal)


@st.composite
def books(draw: st.DrawFn, *, penalties: bool = True) -> RuleBook:
    steady = sorted(set(SOURCES["deputy"]) - AVERAGED)
    items = []
    for place in range(draw(st.integers(1, 7))):
        base = draw(_points)
        items.append(
            item(
                draw(st.sampled_from(steady)), place, category=draw(st.sampled_from(["甲", "乙", "丙", "丁"])),
                base=base, per_unit=draw(_points), cap=base + draw(_points),
                unit=draw(st.sampled_from(["time", "day"])), evidence=False,
                penalty=draw(_points) if penalties else None,
                least=draw(st.none() | st.integers(1, 3).map(Decimal)),
            )
        )  # fmt: skip
    return book(*items)


def counted(card: ScoreCard) -> list[tuple[str, str]]:
    return [
        done.key
        for category in card.categories
        for one in category.items
        for done in (*one.counted, *one.missed)
    ]


@settings(max_examples=150, deadline=None)
@given(worlds(), books())
def test_nothing_is_counted_twice_and_caps_hold(world: WorkFacts, rule: RuleBook) -> None:
    card = score(rule, world, ME)
    keys = counted(card)
    assert len(keys) == len(set(keys))
    assert card.total <= sum((one.cap or Decimal(0) for one in card.categories), Decimal(0))
    for category in card.categories:
        assert category.cap is not None
        assert category.points <= category.cap
        assert sum((one.points - one.penalty for one in category.items), Decimal(0)) >= category.points


@settings(max_examples=150, deadline=None)
@given(worlds(), books(), st.data())
def test_after_any_removal_the_score_is_that_of_the_records_left(
    world: WorkFacts, rule: RuleBook, data: st.DataObject
) -> None:
    score(rule, world, ME)
    kept = [one for one in world.attendances if data.draw(st.booleans())]
    fewer = replace(world, attendances=kept, deeds=list(world.deeds)[1:])
    anew = WorkFacts(
        START, END, END, meetings=list(world.meetings), activities=list(world.activities), attendances=list(kept),
        days=list(world.days), rota=list(world.rota), deeds=list(world.deeds)[1:],
    )  # fmt: skip
    assert score(rule, fewer, ME) == score(rule, anew, ME)


@settings(max_examples=150, deadline=None)
@given(
    worlds(), books(penalties=False), _days, st.sampled_from(["deed", "poor", "dispute", "charity"]), _types
)
def test_one_record_more_never_lowers_a_score_without_penalties(
    world: WorkFacts, rule: RuleBook, day: date, sort: str, kind: str
) -> None:
    before = score(rule, world, ME).total
    deed = replace(world, deeds=[*world.deeds, Deed(uid="new", person="p1", day=day, what="事", sort=sort)])
    assert score(rule, deed, ME).total >= before
    more = replace(
        world,
        activities=[*world.activities, Activity(uid="new", activity_type=kind, topic="某事", day=day)],
        attendances=[*world.attendances, came("new", "new")],
    )
    assert score(rule, more, ME).total >= before


@settings(max_examples=60, deadline=None)
@given(worlds(), books())
def test_order_of_the_records_does_not_matter(world: WorkFacts, rule: RuleBook) -> None:
    turned = replace(
        world,
        activities=list(reversed(world.activities)), attendances=list(reversed(world.attendances)),
        deeds=list(reversed(world.deeds)), rota=list(reversed(world.rota)),
    )  # fmt: skip
    assert score(rule, turned, ME) == score(rule, world, ME)


def test_days_are_added_as_they_are() -> None:
    told = facts(
        activities=[
            Activity(uid="a", activity_type="training", topic="班", day=START, duty_days=Decimal("2.5"))
        ],
        attendances=[came("t", "a")],
    )
    (one,) = score(book(item("training", unit="day")), told, ME).categories[0].items
    assert one.amount == Fraction(5, 2)
    assert one.points == Decimal("4.5")
