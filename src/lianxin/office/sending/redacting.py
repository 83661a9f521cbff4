"""Taking the visitors themselves out of texts that go to the county: names, numbers and exact addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeVar

from lianxin.documents.blackout import HIDDEN_NAME, HIDDEN_NUMBER, blacked_out
from lianxin.domain.dictionary import Record, Spec, Wire
from lianxin.domain.records import Visitor
from lianxin.office.sending.withholding import withheld_texts
from lianxin.store.carrying import texts_ever
from lianxin.store.reading import Reading

R = TypeVar("R", bound=Record)

HIDDEN_ADDRESS = "（住址略）"
HIDDEN_TEXT = "（已涂黑）"
_SHORTEST_NUMBER = 7
_DIGITS = re.compile(r"[0-9０-９](?:[ \u3000\-－—.·]?[0-9０-９]){5,}[xXｘＸ]?")
_NOT_DIGIT = re.compile(r"[^0-9Xx]")
_SPACES = frozenset(" \t\n\r\u3000\u00a0")
_PLACE = re.compile(
    r"(?:[\u4e00-\u9fff]{1,8}?(?:省|市|州|县|区))*(?:[\u4e00-\u9fff]{1,6}?(?:镇|乡|街道))?"
    r"(?:[\u4e00-\u9fff]{1,8}?(?:村委会|村|社区|居委会))?"
    r"(?:第?[一二三四五六七八九十0-9０-９]{1,3}(?:村民)?小?组)?"
)
"""A place as large as a villagers' group; matters happen there, so it is no address of one person."""
_VILLAGE = re.compile(r"^.*?(?:村委会|村|社区|居委会)")
NUMBERS_ONLY = frozenset({"deputies", "recorder", "invited"})
"""Fields that name deputies and staff, whose names are public."""

_GIVEN = frozenset({"number", "paper_number"})
"""Numbers the office gives; they are long rows of digits and nobody's."""


class Redactor:
    """Knows every visitor of the ledger and takes them out of free text.

    All visitors at once: a neighbour's words name another neighbour. Ordinary words may fall with a name; that is
    the lesser harm.
    """

    def __init__(
        self,
        *,
        names: Iterable[str] = (),
        numbers: Iterable[str] = (),
        addresses: Iterable[str] = (),
        withheld: Iterable[str] = (),
    ) -> None:
        self._withheld = frozenset(text.strip() for text in withheld)
        bare = (_without_spaces(name) for name in names)
        self._names = _Words((name for name in bare if len(name) > 1), HIDDEN_NAME)
        self._numbers = {found for number in numbers for found in _numbers_in(number)}
        self._addresses = _Words({part for each in addresses for part in _exact(each)}, HIDDEN_ADDRESS)

    def clean(self, text: str) -> str:
        """The text without addresses, names and numbers of visitors; nothing of one that was blacked out."""
        if text.strip() in self._withheld:
            return HIDDEN_TEXT
        return self.without_numbers(self._names.hidden_in(self._addresses.hidden_in(text)))

    def without_numbers(self, text: str) -> str:
        """The text without phone and identity numbers, of visitors or of anybody."""
        return _DIGITS.sub(self._number, blacked_out(text))

    def names_somebody(self, text: str) -> bool:
        """Whether the text holds the name of a visitor or a phone or identity number."""
        return self._names.hidden_in(text) != text or self.without_numbers(text) != text

    def cleaned(self, record: R) -> R:
        """The record with every text people typed cleaned; deputies and staff keep their names."""
        packed = record.packed()
        changed: dict[str, Wire] = {}
        for spec in record.fields():
            value = packed.get(spec.wire)
            if isinstance(value, str) and value and typed(spec):
                clean = self.without_numbers if spec.wire in NUMBERS_ONLY else self.clean
                changed[spec.wire] = clean(value)
        return type(record).unpacked({**packed, **changed, "uid": record.uid})

    def _number(self, found: re.Match[str]) -> str:
        digits = _digits(found[0])
        known = digits in self._numbers or digits.rstrip("Xx") in self._numbers
        return HIDDEN_NUMBER if known else found[0]


class _Words:
    """Finds the longest known word at each place, spaces inside it or not (王 芳)."""

    def __init__(self, words: Iterable[str], instead: str) -> None:
        self._words = frozenset(words)
        self._lengths: dict[str, tuple[int, ...]] = {}
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[0], set()).add(len(word))
        for first, found in lengths.items():
            self._lengths[first] = tuple(sorted(found, reverse=True))
        self._instead = instead

    def hidden_in(self, text: str) -> str:
        """The text with every word of ours replaced."""
        if not self._words or not text:
            return text
        places = [at for at, char in enumerate(text) if char not in _SPACES]
        bare = "".join(text[at] for at in places)
        parts: list[str] = []
        copied, at = 0, 0
        while at < len(bare):
            length = next((n for n in self._lengths.get(bare[at], ()) if bare[at : at + n] in self._words), 0)
            if length:
                parts += [text[copied : places[at]], self._instead]
                copied = places[at + length - 1] + 1
            at += length or 1
        return "".join([*parts, text[copied:]])


def redactor_of(reading: Reading) -> Redactor:
    """The redactor for everybody who ever came, under names corrected since too, and what the sender blacked out."""

    def ever(field: str) -> set[str]:
        return set(texts_ever(reading, Visitor.KIND, field))

    visitors = reading.all(Visitor)
    return Redactor(
        names=ever("name") | {each.name for each in visitors if each.name},
        numbers=ever("phone")
        | ever("identity_number")
        | {number for each in visitors for number in (each.phone, each.identity_number) if number},
        addresses=ever("address") | {each.address for each in visitors if each.address},
        withheld=withheld_texts(reading),
    )


def typed(spec: Spec) -> bool:
    """Whether people type what they like into this field."""
    return spec.kind.name in ("text", "lines", "name") and spec.wire not in _GIVEN


def _exact(address: str) -> set[str]:
    """The address, and the part below the village, when they say more than the group somebody lives in."""
    bare = _without_spaces(address)
    if len(bare) < 4 or _PLACE.fullmatch(bare):
        return set()
    below = _VILLAGE.sub("", bare, count=1)
    return {bare, below} if len(below) >= 4 and not _PLACE.fullmatch(below) else {bare}


def _without_spaces(text: str) -> str:
    return "".join(char for char in text if char not in _SPACES)


def _numbers_in(text: str) -> set[str]:
    found = {_digits(part) for part in re.split(r"[、,，;；/ ]", text)} | {_digits(text)}
    return {number for number in found if len(number) >= _SHORTEST_NUMBER}


def _digits(text: str) -> str:
    plain = text.translate({0xFF10 + n: str(n) for n in range(10)} | {ord("ｘ"): "X", ord("Ｘ"): "X"})
    return _NOT_DIGIT.sub("", plain).upper()
