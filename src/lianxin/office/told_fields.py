"""A record told as a JSON object, read as typed fields: names as people write them, values as a clerk would type them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lianxin.domain.canonical import JsonValue
from lianxin.domain.dictionary import Record, Spec
from lianxin.domain.records import Contact, Visitor
from lianxin.office.cases.listed_states import COMPUTED


class ToldRefused(Exception):
    """The object cannot be stored as it was told: wire name or label → Chinese sentence."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("refused")
        self.problems = problems


def typed_fields(cls: type[Record], told: Mapping[str, JsonValue]) -> tuple[str | None, dict[str, str]]:
    """The uid and the typed texts by wire name. Raises ToldRefused for a name the dictionary does not hold."""
    typed: dict[str, str] = {}
    uid: str | None = None
    for key, value in told.items():
        if key in ("uid", "标识"):
            uid = None if value is None else str(value)
            continue
        spec = spec_named(cls, key)
        if spec is None and said_beside(cls, key, told):
            continue
        if spec is None:
            raise ToldRefused({key: f"{cls.LABEL}没有“{key}”这一项"})
        typed[spec.wire] = text_of(key, value)
    return uid, typed


def said_beside(cls: type[Record], key: str, told: Mapping[str, JsonValue]) -> bool:
    """Whether `list` prints a member only beside others: person_uid beside person, the state of a matter."""
    stem = key.removesuffix("_uid").removesuffix("_code")
    return key in COMPUTED.get(cls.KIND, ()) or (
        stem != key and stem in told and spec_named(cls, stem) is not None
    )


def objects_in(key: str, value: JsonValue) -> Iterator[Mapping[str, JsonValue]]:
    """The objects of a list that stands inside another object. Raises ToldRefused for anything else in it."""
    for each in value if isinstance(value, Sequence) and not isinstance(value, str) else ():
        if not isinstance(each, Mapping):
            raise ToldRefused({key: "这里应是一组对象，一行一个"})
        yield each


def spec_named(cls: type[Record], key: str) -> Spec | None:
    """The field of this wire name, name or label, or else of this synonym."""
    for spec in cls.specs():
        if key in (spec.wire, spec.name, spec.label):
            return spec
    for spec in cls.specs():
        if key in spec.synonyms:
            return spec
    return None


def text_of(key: str, value: JsonValue) -> str:
    """A JSON value as a clerk would have typed it. Raises ToldRefused for an object."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str | int):
        return str(value)
    if isinstance(value, Mapping):
        raise ToldRefused({key: "这里应是文字，不能是对象"})
    return "、".join(text_of(key, each) for each in value)


def split_visitors(
    told: Mapping[str, JsonValue],
) -> tuple[dict[str, JsonValue], list[Mapping[str, JsonValue]]]:
    """The contact's own members, and its visitors however they were told: a name, a list, objects, or flat."""
    own: dict[str, JsonValue] = {}
    flat: dict[str, JsonValue] = {}
    visitors: list[Mapping[str, JsonValue]] = []
    for key, value in told.items():
        if key in ("visitors", "visitor", "来访人", "来访群众", "反映人", "姓名", "name"):
            visitors.extend(_visitors(value))
        elif spec_named(Contact, key) is None and spec_named(Visitor, key) is not None:
            flat[key] = value
        else:
            own[key] = value
    if flat:
        first = visitors[0] if visitors else {}
        visitors[:1] = [{**flat, **first}]
    return own, visitors


def _visitors(value: JsonValue) -> Iterator[Mapping[str, JsonValue]]:
    if isinstance(value, Mapping):
        yield value
    elif isinstance(value, str):
        for name in value.replace("，", "、").replace(",", "、").split("、"):
            if name.strip():
                yield {"name": name.strip()}
    elif value is not None and not isinstance(value, int):
        for each in value:
            yield from _visitors(each)
