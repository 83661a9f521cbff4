"""Names by pinyin: our own table of surnames, because general dictionaries read 单 as dan and 查 as cha."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import islice, product

# One reading per character for a text without tones or tone marks, as a dictionary gives them.
Plain = Callable[[str], list[str]]

MOST_READINGS = 8

# First reading: how the surname is read. A second one is also met, or is what many would type.
_READ: dict[str, str] = {
    "单": "shan dan", "仇": "qiu chou", "解": "xie jie", "查": "zha cha", "曾": "zeng ceng",
    "区": "ou qu", "覃": "qin tan", "朴": "piao pu", "盖": "ge gai", "乐": "yue le", "冼": "xian",
    "洗": "xian xi", "缪": "miao mou", "翟": "zhai di", "宓": "mi fu", "尉": "wei yu", "繁": "po fan",
    "黑": "he hei", "秘": "bi mi", "重": "chong zhong", "种": "chong zhong", "员": "yun yuan",
    "贠": "yun", "贾": "jia gu", "隗": "wei kui", "能": "nai neng", "祭": "zhai ji", "折": "she zhe",
    "郇": "xun huan", "郗": "xi chi", "沈": "shen chen", "钭": "tou dou", "晟": "cheng sheng",
    "盛": "sheng cheng", "降": "jiang xiang", "俞": "yu shu", "谌": "chen shen", "阚": "kan",
    "蕃": "pi fan", "牟": "mu mou", "句": "gou ju", "么": "yao me", "行": "xing hang", "薄": "bo bao",
    "卜": "bu", "藏": "zang cang", "都": "du dou", "费": "fei bi", "会": "gui hui", "阿": "a e",
    "柏": "bai bo", "贲": "ben fei", "啜": "chuai chuo", "六": "lu liu", "吕": "lv lu", "闾": "lv lu",
    "莘": "shen xin", "佘": "she", "仝": "tong", "宿": "su xiu", "厍": "she", "叶": "ye xie",
    "强": "qiang jiang", "乜": "nie mie", "佴": "nai er", "昝": "zan", "谷": "gu yu", "戏": "hu xi",
    "尉迟": "yuchi weichi", "万俟": "moqi wansi", "长孙": "zhangsun changsun", "欧阳": "ouyang",
    "司马": "sima", "上官": "shangguan", "诸葛": "zhuge", "令狐": "linghu", "夏侯": "xiahou",
    "皇甫": "huangfu", "公孙": "gongsun", "慕容": "murong", "宇文": "yuwen", "司徒": "situ",
    "司空": "sikong", "端木": "duanmu", "澹台": "tantai dantai", "濮阳": "puyang", "淳于": "chunyu",
    "单于": "chanyu shanyu", "太史": "taishi", "申屠": "shentu", "轩辕": "xuanyuan", "鲜于": "xianyu",
    "闻人": "wenren", "东方": "dongfang", "赫连": "helian", "钟离": "zhongli", "宗政": "zongzheng",
    "南宫": "nangong", "西门": "ximen", "东郭": "dongguo", "南门": "nanmen", "呼延": "huyan",
    "百里": "baili", "第五": "diwu", "独孤": "dugu", "拓跋": "tuoba", "完颜": "wanyan", "纳兰": "nalan",
    "贺兰": "helan", "乐正": "yuezheng", "公冶": "gongye", "亓官": "qiguan", "仲孙": "zhongsun",
    "尔朱": "erzhu",
}  # fmt: skip
SURNAMES: dict[str, tuple[str, ...]] = {surname: tuple(read.split()) for surname, read in _READ.items()}
COMPOUND_SURNAMES = frozenset(s for s in SURNAMES if len(s) == 2)

# Syllables of the compound surnames, for initials.
_SYLLABLES: dict[str, tuple[str, str]] = {
    "yuchi": ("yu", "chi"), "weichi": ("wei", "chi"), "moqi": ("mo", "qi"), "wansi": ("wan", "si"),
    "zhangsun": ("zhang", "sun"), "changsun": ("chang", "sun"), "tantai": ("tan", "tai"),
    "dantai": ("dan", "tai"), "chanyu": ("chan", "yu"), "shanyu": ("shan", "yu"),
    "yuezheng": ("yue", "zheng"),
}  # fmt: skip

# Given-name characters that dictionaries miss, or that are read in more than one way.
_CHARACTERS: dict[str, tuple[str, ...]] = {
    "䶮": ("yan",), "㛃": ("jie",), "堃": ("kun",), "喆": ("zhe",), "昇": ("sheng",), "淼": ("miao",),
    "乐": ("le", "yue"), "长": ("chang", "zhang"), "重": ("chong", "zhong"), "行": ("xing", "hang"),
    "朝": ("chao", "zhao"), "晟": ("sheng", "cheng"), "茜": ("qian", "xi"), "莘": ("shen", "xin"),
    "炅": ("jiong", "gui"), "盛": ("sheng", "cheng"), "强": ("qiang",), "会": ("hui",), "曾": ("zeng",),
    "藏": ("cang", "zang"), "传": ("chuan", "zhuan"), "单": ("dan", "shan"), "解": ("jie", "xie"),
}  # fmt: skip


def split_surname(name: str) -> tuple[str, str]:
    """Surname and given name of a Chinese name; compound surnames first. One character is all surname."""
    compact = re.sub(r"\s+", "", name)
    if len(compact) > 2 and compact[:2] in COMPOUND_SURNAMES:
        return compact[:2], compact[2:]
    return compact[:1], compact[1:]


def readings(name: str, *, plain: Plain) -> tuple[str, ...]:
    """Every full pinyin and initials form to index for a name: ('shanzhiming', 'szm', 'danzhiming', 'dzm').

    `plain` gives one reading per character for the rest of the name. Lower case, without tones, ü as v. The
    usual surname reading comes first; at most MOST_READINGS full forms.
    """
    compact = re.sub(r"[\s·]+", "", unicodedata.normalize("NFKC", name))
    if not compact:
        return ()
    surname, given = split_surname(compact)
    rest = [_character(char, plain) for char in given]
    found: list[str] = []
    for syllables in _limited(_surname(surname, plain), rest):
        found += ["".join(syllables), "".join(s[:1] for s in syllables)]
    return tuple(dict.fromkeys(f for f in found if f))


def _limited(surname: list[tuple[str, ...]], rest: list[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    # The usual given-name reading with every surname reading first, so that the cut never loses a surname.
    usual = tuple(options[0] for options in rest)
    given = [usual, *(combo for combo in product(*rest) if combo != usual)]
    yield from islice((head + tail for tail in given for head in surname), MOST_READINGS)


def _surname(surname: str, plain: Plain) -> list[tuple[str, ...]]:
    known = SURNAMES.get(surname)
    if known is None:
        return [(reading,) for reading in _character(surname, plain)]
    if len(surname) == 1:
        return [(reading,) for reading in known]
    return [_SYLLABLES.get(reading) or _split(reading, surname, plain) for reading in known]


def _split(reading: str, surname: str, plain: Plain) -> tuple[str, ...]:
    """Cut a compound reading at the length of its first character's own reading."""
    first = _character(surname[0], plain)[0]
    return (first, reading[len(first) :]) if reading.startswith(first) else (reading,)


def _character(char: str, plain: Plain) -> tuple[str, ...]:
    if char in _CHARACTERS:
        return _CHARACTERS[char]
    read = [without_tones(r) for r in plain(char)]
    return (read[0] or char.lower(),) if read else (char.lower(),)


def without_tones(reading: str) -> str:
    """Lower-case letters only: 'lǜ' → 'lv', 'Zhāng' → 'zhang'."""
    text = unicodedata.normalize("NFD", reading.lower().replace("ü", "v"))
    text = re.sub("u\u0308", "v", text)
    text = re.sub(r"u[\u0300-\u0304\u030c]*\u0308", "v", text)
    return "".join(c for c in text if not unicodedata.combining(c) and not c.isdigit())


def matches(name: str, typed: str, *, plain: Plain) -> bool:
    """Whether what was typed (lqs, liuqing, 刘) begins a reading of the name or occurs in it."""
    wanted = re.sub(r"[\s'’]+", "", unicodedata.normalize("NFKC", typed)).lower()
    if not wanted:
        return True
    return wanted in name or any(reading.startswith(wanted) for reading in readings(name, plain=plain))
