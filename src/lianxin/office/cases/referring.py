"""Turning names into references: what is called so, or a new record of that name where the office may add one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lianxin.domain.dictionary import Record
from lianxin.domain.records import District, HandlingUnit, Person, Region, Station
from lianxin.office.names import find_named
from lianxin.store.reading import Reading
from lianxin.store.writing import Writing

_MAKERS: Mapping[str, Callable[[str, str], Record]] = {
    "station": lambda uid, name: Station(uid=uid, name=name),
    "unit": lambda uid, name: HandlingUnit(uid=uid, name=name, unit_type=unit_type_of(name)),
    "region": lambda uid, name: Region(uid=uid, name=name),
    "district": lambda uid, name: District(uid=uid, number=name),
    "person": lambda uid, name: Person(uid=uid, name=name),
}
"""Kinds that a name alone makes (cli.md: unknown names, units, stations and districts are created)."""


def unit_type_of(name: str) -> str:
    """The likely type of a handling unit by its name; the clerk corrects it where it is wrong."""
    if name.startswith(("县", "市", "区")):
        return "county"
    if name.endswith(("公司", "厂", "银行", "营业部")):
        return "company"
    if name.endswith(("村", "社区", "居委会", "村委会")):
        return "village"
    return "station" if name.endswith(("所", "站", "院", "中心", "校")) else "township"


class References:
    """Finds or makes referred records inside one transaction, each name looked up once.

    `known` are the names that an earlier transaction of the same work found; it is added to.
    """

    def __init__(self, writing: Writing, known: dict[tuple[str, str], str] | None = None) -> None:
        self._writing = writing
        self._reading = Reading(writing.connection)
        self._known: dict[tuple[str, str], str] = {} if known is None else known

    def uid_of(self, kind: str, text: str, *, make: bool = True) -> str | None:
        """The uid for a name or uid; None when it is unknown and may not be made."""
        key = (kind, text)
        if key not in self._known:
            found = find_named(self._reading, kind, text)
            if found is None and make and kind in _MAKERS:
                found = self._writing.new_uid()
                self._writing.put(_MAKERS[kind](found, text))
            if found is None:
                return None
            self._known[key] = found
        return self._known[key]
