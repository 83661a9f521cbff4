"""Hints about the records a file brought: numbers, fields, dates, doubles, people (domain.md 7.3 no. 6 to 10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from fractions import Fraction

from lianxin.bundle.manifest import Role
from lianxin.county.received.hints.hint import Hint, Looked
from lianxin.domain.casework.step_checks import own_problems
from lianxin.domain.casework.steps import StepRecord
from lianxin.domain.categories import similar
from lianxin.domain.dictionary import Record, kind_named
from lianxin.domain.records import Contact, Opinion, Visitor
from lianxin.office.sending.redacting import Redactor, typed
from lianxin.store.reading import Condition, Reading

About = tuple[str, str]
_NUMBER = "number"
_CODE = "code"


def record_hints(reading: Reading, looked: Looked) -> Iterator[Hint]:
    """Everything that the records themselves say."""
    records = list(_brought(reading, looked))
    yield _numbers(reading, records)
    yield _fields(records)
    yield from _days(reading, looked, records)
    yield _doubles(reading, looked, records)
    yield _people(looked, records)


def _brought(reading: Reading, looked: Looked) -> Iterator[Record]:
    kinds = dict.fromkeys(each.kind for each in looked.brought)
    for kind in kinds:
        try:
            cls = kind_named(kind)
        except KeyError:
            continue
        yield from reading.by_uid(cls, looked.of_kind(kind)).values()


def _numbers(reading: Reading, records: Iterable[Record]) -> Hint:
    by_class: dict[type[Record], list[str]] = {}
    for record in records:
        number = record.packed().get(_NUMBER)
        if record.NUMBERED and isinstance(number, str) and number:
            by_class.setdefault(type(record), []).append(number)
    found: list[About] = []
    for cls, numbers in by_class.items():
        rows = reading.fields(cls, (_NUMBER, "uid"), Condition(_NUMBER, "in", tuple(dict.fromkeys(numbers))))
        named: dict[str, list[str]] = {}
        for number, uid in rows:
            named.setdefault(str(number), []).append(str(uid))
        found += [(cls.KIND, uid) for uids in named.values() if len(uids) > 1 for uid in uids]
    words = f"{len(found)}条记录的编号与别的重了" if found else "编号没有重的"
    return Hint(6, "编号", words, bool(found), tuple(found), "编号与另一条记录重了，请核对")


def _fields(records: Iterable[Record]) -> Hint:
    found = [(each.KIND, each.uid) for each in records if any(_wrong(each))]
    words = (
        f"{len(found)}条有必填项空着、待补全，或用了名单里没有的代码" if found else "必填项齐全，代码都认得"
    )
    return Hint(
        7, "必填项和代码", words, bool(found), tuple(found), "必填项没有填全，或代码不在名单里，请补正"
    )


def _wrong(record: Record) -> Iterator[bool]:
    packed = record.packed()
    yield isinstance(record, Contact) and record.to_complete
    for spec in record.fields():
        value = packed.get(spec.wire)
        if spec.required and not spec.withheld_able:
            yield value is None or value == ""
        if spec.kind.codes is not None and spec.kind.name == _CODE and isinstance(value, str) and value:
            yield spec.kind.codes.find(value) is None


def _days(reading: Reading, looked: Looked, records: Iterable[Record]) -> Iterator[Hint]:
    contacts = [each for each in records if isinstance(each, Contact)]
    # The signed time is UTC; in the small hours its day is the one before.
    period, made = looked.period, looked.manifest.created_at.date() + timedelta(days=1)
    wrong = [(each.KIND, each.uid) for each in contacts if each.day > made]
    wrong += [
        (each.KIND, each.uid)
        for each in records
        if isinstance(each, StepRecord) and _odd(reading, each, looked)
    ]
    words = f"{len(wrong)}条的日期不合先后，或晚于报送日期" if wrong else "先后顺序都对"
    yield Hint(8, "日期", words, bool(wrong), tuple(wrong), "日期不合先后，请核对")
    new = {each.uid for each in looked.brought if each.new and each.kind == Contact.KIND}
    late = [each for each in contacts if each.uid in new and period is not None and each.day < period.start]
    if late:
        yield Hint(
            8, "补报", f"{len(late)}条来访走访是本期以前的，算补报", False, tuple((each.KIND, each.uid) for each in late)
        )  # fmt: skip


def _odd(reading: Reading, step: StepRecord, looked: Looked) -> bool:
    opinion = reading.get(Opinion, step.opinion)
    return opinion is not None and next(own_problems(opinion, step, today=looked.today), "") != ""


def _doubles(reading: Reading, looked: Looked, records: Iterable[Record]) -> Hint:
    """The same visitor's telephone and much the same words, at another township."""
    own = {each.uid: each for each in records if isinstance(each, Contact)}
    visitors = [each for each in records if isinstance(each, Visitor) and each.phone]
    phones = tuple(dict.fromkeys(each.phone for each in visitors if each.phone))
    there = reading.all(Visitor, Condition("phone", "in", phones)) if phones else []
    threshold = Fraction(looked.profile.duplicate_share.value, 100)
    found: dict[About, None] = {}
    for visitor in visitors:
        mine = own.get(visitor.contact)
        others = [each.contact for each in there if each.phone == visitor.phone]
        texts = [
            (uid, contact.words)
            for uid, contact in reading.by_uid(Contact, others).items()
            if _elsewhere(reading, looked, uid)
        ]
        if mine is not None and similar(mine.words, texts, threshold):
            found[(Contact.KIND, mine.uid)] = None
    words = (
        f"{len(found)}件别的乡镇也登记了（同一电话、同一件事）" if found else "没有发现与别的乡镇重复登记的"
    )
    return Hint(
        9, "跨乡镇重复", words, bool(found), tuple(found), "与别的乡镇登记的是同一件事，请核对由谁办理"
    )


def _elsewhere(reading: Reading, looked: Looked, uid: str) -> bool:
    return reading.owner(Contact.KIND, uid) != looked.manifest.org_code


def _people(looked: Looked, records: Iterable[Record]) -> Hint:
    numbers_only = Redactor()
    found = [
        (each.KIND, each.uid)
        for each in records
        if any(
            numbers_only.without_numbers(text) != text
            for spec in each.specs()
            if typed(spec)
            and not spec.withheld_able
            and isinstance(text := each.packed().get(spec.wire), str)
        )
    ]
    carried = any(each.role is Role.VALUES for each in looked.manifest.files)
    how = "姓名电话加密带来，只有县人大能看" if carried else "没有带来来访人的姓名电话"
    words = f"{how}；{len(found)}条的文字里有电话号码或身份证号" if found else f"{how}，文字里没有号码"
    return Hint(10, "个人信息", words, bool(found), tuple(found), "文字里有电话号码或身份证号，请涂黑后重报")
