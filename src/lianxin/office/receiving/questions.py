"""待确认: fields that were written apart with different values, and the answer that ends the question.

At the owner's desk the answer is an entry that names every head; at the county it is an own record that points at
the township's, which decides there (journal.md, "Owner").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lianxin.domain.canonical import JsonValue
from lianxin.domain.dictionary import Record, Wire, kinds, merge_units
from lianxin.domain.journal import PRESENT, REMOVED, STATE
from lianxin.domain.records import ConflictAnswer
from lianxin.domain.values import Kept
from lianxin.office.desk import Desk
from lianxin.office.names import Names
from lianxin.office.people_named import people_of
from lianxin.office.receiving.choices import STATE_WORDS, Choice, choices_of, state_choices, value_before
from lianxin.store.projection import read_row, stored_lookup
from lianxin.store.reading import Reading
from lianxin.store.writing import Change


class QuestionUnknown(Exception):
    """No such question is open, or it has no such answer; nothing was changed."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


@dataclass(frozen=True)
class Question:
    """One open question. `fields` are decided together; `own` says whether this desk may decide it itself.

    `before` is the value that stood before they were written apart, None when there was none. `answer` is what the
    county said of just these values: at the county what was sent, at a township the advice.
    """

    cls: type[Record]
    uid: str
    fields: tuple[str, ...]
    title: str
    org: str
    own: bool
    choices: tuple[Choice, ...]
    answer: ConflictAnswer | None
    before: Choice | None = None

    @property
    def base(self) -> str:
        """The value before, as people read it; "" when there was none."""
        return self.before.shown if self.before is not None else ""

    @property
    def asks_back(self) -> bool:
        """Whether the county gave it back to be decided without saying what it holds right."""
        return self.answer is not None and self.answer.head is None and self.answer.value is None

    @property
    def advised(self) -> str:
        """What the county holds right, as people read it; "" when it says nothing."""
        if self.answer is None or self.asks_back:
            return ""
        named = next((each for each in self.choices if each.head.text() == self.answer.head), None)
        if named is not None:
            return named.shown
        return STATE_WORDS.get(self.answer.value or "", self.answer.value or "")

    @property
    def id(self) -> str:
        """kind/uid/field."""
        return f"{self.cls.KIND}/{self.uid}/{self.fields[0]}"

    @property
    def label(self) -> str:
        """The field as people call it."""
        return "是否删除" if self.fields[0] == STATE else self.cls.spec(self.fields[0]).label

    @property
    def personal(self) -> bool:
        """Whether its values are shown masked at first."""
        return self.fields[0] != STATE and self.cls.spec(self.fields[0]).withheld_able

    def as_json(self, *, reveal: bool = False) -> dict[str, JsonValue]:
        """The line of `conflicts --json`."""
        hide = self.personal and not reveal

        def told(choice: Choice) -> JsonValue:
            return masked(self, choice) if hide else choice.shown

        heads: list[JsonValue] = [
            {
                "head": each.head.text(),
                "number": number,
                "value": told(each) if hide else each.value,
                "shown": told(each),
                "org_code": each.org,
                "actor": each.actor,
                "at": each.at,
            }
            for number, each in enumerate(self.choices, 1)
        ]
        return {
            "id": self.id,
            "kind": self.cls.KIND,
            "uid": self.uid,
            "field": self.fields[0],
            "label": self.label,
            "title": self.title,
            "org_code": self.org,
            "own": self.own,
            "before": None if self.before is None else told(self.before),
            "heads": heads,
            "answered": self.answer is not None,
            "advised": (masked_words(self, self.advised) if hide else self.advised) or None,
        }


def masked(question: Question, choice: Choice) -> str:
    """A personal value as a list shows it."""
    return masked_words(question, choice.shown)


def masked_words(question: Question, shown: str) -> str:
    """The same of words that are shown; "" for none."""
    mask = question.cls.spec(question.fields[0]).kind.mask
    if not shown:
        return ""
    return mask(shown) if mask is not None and len(question.fields) == 1 else "（个人信息）"


def questions(desk: Desk, *, answered: bool = True) -> tuple[Question, ...]:
    """Every open question of this ledger; without `answered` only those nobody here has said anything of."""
    with desk.store.reading() as reading:
        found = questions_in(reading)
    return tuple(each for each in found if answered or each.answer is None)


def questions_in(reading: Reading) -> tuple[Question, ...]:
    """The same in a snapshot at hand."""
    answers = _answers(reading)
    return tuple(
        question
        for cls in kinds()
        for uid, names in reading.in_question(cls)
        for question in _of_record(reading, cls, uid, names, answers)
    )


def question_named(desk: Desk, name: str) -> Question:
    """The open question of this id. Raises QuestionUnknown."""
    found = next((each for each in questions(desk) if each.id == name), None)
    if found is None:
        raise QuestionUnknown(f"没有编号为 {name} 的疑问，可能已经选定；没有改动任何数据。")
    return found


def resolve(
    desk: Desk, name: str, *, take: str | None = None, value: str | None = None
) -> tuple[Change, ...]:
    """Answers a question by one of its values (its number or entry) or by another text.

    Raises QuestionUnknown; what a text cannot mean is said in its words.
    """
    question = question_named(desk, name)
    choice = _chosen(question, take) if take is not None else None
    with desk.store.writing(reason="选定待确认的内容") as writing:
        if not question.own:
            packed = value if value is None else str(_packed(question, value, desk) or "")
            writing.put(_answer(question, choice, packed, writing.new_uid(), desk))
        elif question.fields[0] == STATE:
            state = choice.value if choice is not None else _state_meant(value or "")
            if state == REMOVED:
                writing.remove(question.cls, question.uid)
            else:
                writing.restore(question.cls, question.uid)
        else:
            reading = Reading(writing.connection)
            values: Mapping[str, Wire] = (
                _values_of(reading, question, choice)
                if choice is not None
                else {question.fields[0]: _packed(question, value or "", desk)}
            )
            stored = reading.get(question.cls, question.uid)
            writing.names_people(people_of(reading, stored) if stored is not None else ())
            writing.settle(question.cls, question.uid, values)
        return tuple(writing.changes)


def _of_record(
    reading: Reading,
    cls: type[Record],
    uid: str,
    names: tuple[str, ...],
    answers: Mapping[tuple[str, str, str], ConflictAnswer],
) -> Iterator[Question]:
    row = read_row(reading.connection, cls, uid)
    if row is None:
        return
    units, shown = merge_units(cls), reading.shown(cls, uid)
    history = {line.entry.id: line for line in reading.history(cls.KIND, uid)}
    record = cls.unpacked({**row.values, "uid": uid})
    title = _open_title(record, Names(reading).title(record))
    org = reading.owner(cls.KIND, uid) or ""
    seen: set[str] = set()
    for name in names:
        fields = tuple(each for each in units.get(name, (name,)) if each in names)
        if name in seen:
            continue
        seen.update(fields)
        if name == STATE:
            before = None
            choices = state_choices(row.state.heads.get(STATE, ()), history)
        else:
            heads = shown[fields[0]].conflict
            choices = choices_of(reading, cls, fields, heads, history)
            before = value_before(reading, cls, fields, heads, history)
        answer = answers.get((cls.KIND, uid, fields[0]))
        fits = answer if answer and answer.answered == _named(choices) else None
        yield Question(cls, uid, fields, title, org, reading.is_own(cls, uid), choices, fits, before)


def _open_title(record: Record, title: str) -> str:
    """A title that is a personal value, such as a visitor's name, is shown masked."""
    for spec in record.specs():
        if spec.withheld_able and title and record.shown(spec.wire) == title:
            return spec.kind.mask(title) if spec.kind.mask else "（个人信息）"
    return title


def _named(choices: tuple[Choice, ...]) -> str:
    return " ".join(sorted(each.head.text() for each in choices))


def _answers(reading: Reading) -> dict[tuple[str, str, str], ConflictAnswer]:
    found = sorted(reading.all(ConflictAnswer), key=lambda each: each.uid)
    return {(each.about_kind, each.about, each.field): each for each in found}


def _chosen(question: Question, take: str) -> Choice:
    for number, each in enumerate(question.choices, 1):
        if take in (str(number), each.head.text()):
            return each
    known = "、".join(str(number) for number in range(1, len(question.choices) + 1))
    raise QuestionUnknown(f"这条疑问没有“{take}”这个选项，可用：{known}；没有改动任何数据。")


def _values_of(reading: Reading, question: Question, choice: Choice) -> dict[str, Wire]:
    """What the chosen entry says of every field that is decided with this one."""
    lines = reading.history(question.cls.KIND, question.uid)
    entry = next(line.entry for line in lines if line.entry.id == choice.head)
    lookup = stored_lookup(reading.connection)
    found: dict[str, Wire] = {}
    for name in question.fields:
        write = entry.fields.get(name)
        if write is None:
            continue
        beside = lookup(entry.id, name) if write.commitment is not None else None
        found[name] = beside.value if isinstance(beside, Kept) else write.value
    return found


def _packed(question: Question, text: str, desk: Desk) -> Wire:
    if question.fields[0] == STATE:
        return _state_meant(text)
    spec = question.cls.spec(question.fields[0])
    if not text.strip() and not spec.required:
        return None
    try:
        return spec.kind.pack(spec.kind.parse(text, desk.today()))
    except ValueError as wrong:
        raise QuestionUnknown(f"{spec.label}：{wrong}；没有改动任何数据。") from wrong


def _state_meant(text: str) -> str:
    if text.strip() in (REMOVED, "删除"):
        return REMOVED
    if text.strip() in (PRESENT, "保留"):
        return PRESENT
    raise QuestionUnknown("请填“删除”或“保留”；没有改动任何数据。")


def _answer(
    question: Question, choice: Choice | None, value: str | None, uid: str, desk: Desk
) -> ConflictAnswer:
    return ConflictAnswer(
        uid=uid,
        addressee=question.org,
        about_kind=question.cls.KIND,
        about=question.uid,
        field=question.fields[0],
        answered=_named(question.choices),
        day=desk.today(),
        head=choice.head.text() if choice else None,
        value=value,
    )
