"""How a record and its fields are declared: once, with everything that is true of them.

Database column, form row, ledger header, import matching, parsing, masking, what leaves the house, the audit
sentence and the reference page all follow from the declaration (see docs/adr/0001).
"""

from __future__ import annotations

import dataclasses as dc
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import (
    ClassVar,
    Generic,
    Literal,
    NamedTuple,
    Self,
    TypedDict,
    TypeVar,
    Unpack,
    cast,
    dataclass_transform,
)

from lianxin.domain.checks import visible_text
from lianxin.domain.codes import CodeList
from lianxin.domain.dates import Unreadable
from lianxin.domain.frozen import Frozen, freeze

T = TypeVar("T")
Wire = str | int | bool | None
Privacy = Literal["open", "content", "personal", "sensitive"]
Audience = Literal["local", "office", "common", "to"]

ADDRESSEE = "addressee"
"""Wire name of the office code that a record of audience `to` is written for; it chooses the stream."""

OWNER_KIND = "owner_kind"
"""Wire name of the field that tells the kind of what an `owner` field points at."""

SCHEMA = 1
"""Version of the dictionary written into every entry; raised when the meaning of a field changes."""

WITHHELD_ABLE: frozenset[Privacy] = frozenset({"personal", "sensitive"})
"""Classes whose values lie beside the entries and may stay at home (journal.md, "Values beside entries")."""


@dc.dataclass(frozen=True)
class Kind(Generic[T]):
    """A type of value: read as typed, packed for store and wire, shown to people.

    `parse` takes the typed text and the local civil date of today. `blank` stands for a value that is not here
    (withheld, erased, or from a desk whose dictionary lacks it), so that projecting never refuses a record.
    """

    name: str
    parse: Callable[[str, date], T]
    pack: Callable[[T], Wire]
    unpack: Callable[[Wire], T]
    show: Callable[[T], str]
    blank: T
    column: Literal["text", "integer"] = "text"
    codes: CodeList | None = None
    refers: str = ""
    mask: Callable[[str], str] | None = None
    lines: bool = False
    person_name: bool = False


@dc.dataclass(frozen=True)
class Spec:
    """Everything true of one field. `wire` names it in journal, column and JSON and never changes."""

    name: str
    wire: str
    label: str
    kind: Kind[object]
    required: bool
    default: object
    length: int
    privacy: Privacy
    search: bool
    unit: str
    merge: str
    synonyms: tuple[str, ...]
    note: str
    ledger: bool

    @property
    def withheld_able(self) -> bool:
        """True when the value lies beside the entry and travels only by choice."""
        return self.privacy in WITHHELD_ABLE


class More(TypedDict, total=False):
    """What else may be true of a field."""

    wire: str
    length: int
    privacy: Privacy
    search: bool
    unit: str
    merge: str
    synonyms: tuple[str, ...]
    note: str
    ledger: bool


@dc.dataclass(frozen=True)
class _Told:
    """What a field specifier was told, before the field has its name."""

    kind: Kind[object]
    label: str
    required: bool
    default: object
    more: More


def told(kind: Kind[T], label: str, **more: Unpack[More]) -> T:
    """A field that must be given. Personal fields cannot be `told`: they may be withheld, so they are `maybe`."""
    if more.get("privacy", "open") in WITHHELD_ABLE:
        raise ValueError(f"{label} may be withheld: declare it with maybe(required=True)")
    said = _Told(cast("Kind[object]", kind), label, True, kind.blank, more)
    field: T = dc.field(metadata={"told": said})
    return field


def given(kind: Kind[T], label: str, *, default: T, **more: Unpack[More]) -> T:
    """A field that always has a value because it starts with a sensible one."""
    said = _Told(cast("Kind[object]", kind), label, False, default, more)
    return dc.field(default=default, metadata={"told": said})


def maybe(
    kind: Kind[T], label: str, *, default: None = None, required: bool = False, **more: Unpack[More]
) -> T | None:
    """A field that may be empty. `required` asks for it at registration though it may be withheld later."""
    said = _Told(cast("Kind[object]", kind), label, required, None, more)
    field: T | None = dc.field(default=default, metadata={"told": said})
    return field


@dc.dataclass(frozen=True)
class Parsed(Generic[T]):
    """A record read from typed text, or the problems beside its fields (wire name → Chinese sentence)."""

    record: T | None
    problems: Mapping[str, str]


_KINDS: dict[str, type[Record]] = {}
_SPECS: dict[type[Declared], tuple[Spec, ...]] = {}


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(told, given, maybe))
class Declared(Frozen):
    """Makes every subclass a frozen dataclass whose specs are read once."""

    KIND: ClassVar[str] = ""
    LABEL: ClassVar[str] = ""
    AUDIENCE: ClassVar[Audience] = "office"
    OF_COUNTY: ClassVar[bool] = False
    """Kinds by which a county decides; a township that writes one claims what is not its own."""
    NUMBERED: ClassVar[str] = ""
    PARENT: ClassVar[str] = ""

    def __init_subclass__(
        cls,
        kind: str,
        label: str = "",
        audience: Audience = "office",
        of_county: bool = False,
        numbered: str = "",
        parent: str = "",
        merge: str = "field",
    ) -> None:
        cls.KIND, cls.LABEL, cls.AUDIENCE, cls.NUMBERED, cls.PARENT = kind, label, audience, numbered, parent
        cls.OF_COUNTY = of_county or audience in ("common", "to")
        freeze(cls)
        _SPECS[cls] = tuple(_specs_of(cls, merge))

    @classmethod
    def specs(cls) -> tuple[Spec, ...]:
        """The declared fields in paper order."""
        return _SPECS[cls]

    @classmethod
    def spec(cls, wire: str) -> Spec:
        """The field of this wire name. Raises KeyError for a name the dictionary does not hold."""
        return _by_wire(cls)[wire]


def _specs_of(cls: type[Declared], merge: str) -> Iterator[Spec]:
    for field in dc.fields(cls):  # type: ignore[arg-type]
        said = field.metadata["told"]
        assert isinstance(said, _Told)
        more = said.more
        yield Spec(
            name=field.name,
            wire=more.get("wire", field.name),
            label=said.label,
            kind=said.kind,
            required=said.required,
            default=said.default,
            length=more.get("length", 0),
            privacy=more.get("privacy", "open"),
            search=more.get("search", False),
            unit=more.get("unit", ""),
            merge=more.get("merge", "*" if merge == "record" else field.name),
            synonyms=more.get("synonyms", ()),
            note=more.get("note", ""),
            ledger=more.get("ledger", True),
        )


def _by_wire(cls: type[Declared]) -> Mapping[str, Spec]:
    found = _WIRES.get(cls)
    if found is None:
        found = _WIRES[cls] = {spec.wire: spec for spec in cls.specs()}
    return found


_WIRES: dict[type[Declared], Mapping[str, Spec]] = {}


def _plain_text(text: str, _today: date) -> str:
    return text.strip()


def text_of(wire: Wire) -> str:
    """Unpacks what is a text to people too."""
    return "" if wire is None else str(wire)


_UID: Kind[str] = Kind("uid", _plain_text, str, text_of, str, "")
_REMARK: Kind[str] = Kind("lines", _plain_text, str, text_of, str, "", lines=True)


class Record(Declared, kind=""):
    """One thing of the field, whole and frozen. `uid` is a UUIDv7; human numbers are separate from it."""

    uid: str = told(_UID, "标识", ledger=False)
    remark: str | None = maybe(
        _REMARK, "备注", default=None, length=1000, search=True, privacy="content", synonyms=("说明",)
    )

    def __init_subclass__(
        cls,
        kind: str,
        label: str = "",
        audience: Audience = "office",
        of_county: bool = False,
        numbered: str = "",
        parent: str = "",
        merge: str = "field",
    ) -> None:
        super().__init_subclass__(
            kind=kind,
            label=label,
            audience=audience,
            of_county=of_county,
            numbered=numbered,
            parent=parent,
            merge=merge,
        )
        if kind in _KINDS:
            raise ValueError(f"kind {kind} is declared twice")
        _KINDS[kind] = cls

    @classmethod
    def fields(cls) -> tuple[Spec, ...]:
        """The fields of people's interest: all but the uid, 备注 last."""
        own = [spec for spec in cls.specs() if spec.wire not in ("uid", "remark")]
        return (*own, cls.spec("remark"))

    @classmethod
    def parse(cls, typed: Mapping[str, str], *, uid: str, today: date) -> Parsed[Self]:
        """Reads typed text (by wire name) into a record, or says beside each field what is wrong."""
        values: dict[str, object] = {"uid": uid}
        problems: dict[str, str] = {}
        for spec in cls.fields():
            text = typed.get(spec.wire, "").strip()
            problem = _read_into(values, spec, text, today)
            if problem:
                problems[spec.wire] = problem
        if problems:
            return Parsed(None, problems)
        return Parsed(_make(cls, values), {})

    def with_typed(self, typed: Mapping[str, str], *, today: date) -> Parsed[Self]:
        """This record with only the named fields read anew; an empty text clears a field."""
        values: dict[str, object] = dict(self.__dict__)
        problems: dict[str, str] = {}
        for wire, text in typed.items():
            problem = _read_into(values, self.spec(wire), text.strip(), today)
            if problem:
                problems[wire] = problem
        if problems:
            return Parsed(None, problems)
        return Parsed(_make(type(self), values), {})

    @classmethod
    def unpacked(cls, wire: Mapping[str, Wire]) -> Self:
        """Makes the record from packed values; what is missing is blank, so that nothing merged is refused."""
        values: dict[str, object] = {}
        for spec in cls.specs():
            value = wire.get(spec.wire)
            if value is None:
                values[spec.name] = spec.default if spec.wire != "uid" else ""
            else:
                values[spec.name] = spec.kind.unpack(value)
        return _make(cls, values)

    @classmethod
    def unpacked_rows(cls, rows: Iterable[Sequence[object]]) -> list[Self]:
        """What `unpacked` makes of each row of packed values, which stand in the order of `specs()`.

        For hundreds of thousands at once: most fields of a record are blank and cost nothing here.
        """
        names, texts, others = _row_reader(cls)
        made: list[Self] = []
        for row in rows:
            record = cls.__new__(cls)
            values = record.__dict__
            values.update(zip(names, row, strict=True))
            for name, start in texts:
                if values[name] is None:
                    values[name] = start
            for name, unpack, start in others:
                value = values[name]
                values[name] = unpack(value) if isinstance(value, (str, int)) else start
            made.append(record)
        return made

    def packed(self) -> dict[str, Wire]:
        """Values by wire name as store and journal keep them, without the uid."""
        values: Mapping[str, object] = self.__dict__
        return {
            spec.wire: None if (value := values[spec.name]) is None else spec.kind.pack(value)
            for spec in self.specs()
            if spec.wire != "uid"
        }

    def shown(self, wire: str) -> str:
        """The field as people read it; empty for an empty field."""
        spec = self.spec(wire)
        value = cast(object, getattr(self, spec.name))
        return "" if value is None else spec.kind.show(value)


class _RowReader(NamedTuple):
    """The names of a row's values, which of its texts do not start empty, and what is no text as it stands."""

    names: tuple[str, ...]
    texts: tuple[tuple[str, object], ...]
    others: tuple[tuple[str, Callable[[Wire], object], object], ...]


_ROW_READERS: dict[type[Record], _RowReader] = {}


def _row_reader(cls: type[Record]) -> _RowReader:
    found = _ROW_READERS.get(cls)
    if found is None:
        told = [
            (spec.name, spec.kind.unpack, "" if spec.wire == "uid" else spec.default) for spec in cls.specs()
        ]
        found = _ROW_READERS[cls] = _RowReader(
            tuple(name for name, _, _ in told),
            tuple((name, start) for name, unpack, start in told if unpack is text_of and start is not None),
            tuple(each for each in told if each[1] is not text_of),
        )
    return found


def _make(cls: type[T], values: dict[str, object]) -> T:
    made = cls.__new__(cls)
    made.__dict__.update(values)
    return made


_NUMBER = re.compile(r"[\d０-９][\d０-９,，.．]*")


def _read_into(values: dict[str, object], spec: Spec, text: str, today: date) -> str:
    """Puts the value of one typed text; returns a Chinese sentence when it cannot."""
    text = visible_text(text)
    if not text:
        if spec.required:
            return f"请填写{spec.label}"
        values[spec.name] = spec.default
        return ""
    if any(ch < " " and ch not in "\n\t" for ch in text):
        return f"{spec.label}里有看不见的控制字符，请删去后重填"
    if spec.length and len(text) > spec.length:
        return f"{spec.label}最多{spec.length}字，现在{len(text)}字"
    number = text.removesuffix(spec.unit).rstrip() if spec.unit else text
    try:
        # 1,260.50元: the unit of the field behind a number says nothing else.
        value = spec.kind.parse(number if _NUMBER.fullmatch(number) else text, today)
    except ValueError as wrong:
        reason = str(wrong) if isinstance(wrong, Unreadable) else f"看不懂“{text[:20]}”"
        return f"{spec.label}：{reason}"
    if spec.required and (value is None or value == ""):
        return f"请填写{spec.label}"
    values[spec.name] = spec.default if value == "" else value
    return ""


def kinds() -> Sequence[type[Record]]:
    """Every declared kind of record, in the order of declaration."""
    return tuple(cls for name, cls in _KINDS.items() if name)


def kind_named(name: str) -> type[Record]:
    """The record class of a kind; English singular or plural. Raises KeyError with the name."""
    word = name.strip().replace("_", "-")
    for candidate in (word, *_singulars(word)):
        if candidate in _KINDS and candidate:
            return _KINDS[candidate]
    raise KeyError(name)


def _singulars(word: str) -> Iterator[str]:
    if word.endswith("ies"):
        yield word[:-3] + "y"
    if word.endswith("s"):
        yield word[:-1]
    if word == "people":
        yield "person"


def merge_units(cls: type[Record]) -> Mapping[str, tuple[str, ...]]:
    """Wire name → the wire names that are written and conflict together with it (journal.md, "Merge unit")."""
    groups: dict[str, list[str]] = {}
    for spec in cls.specs():
        if spec.wire != "uid":
            groups.setdefault(spec.merge, []).append(spec.wire)
    return {wire: tuple(members) for members in groups.values() for wire in members}
