"""Suggestions while typing: the likely category of a matter, and matters that may be the same (never forced)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from lianxin.domain.checks import fold_text

_STRONG, _PLAIN, _WEAK = 6, 3, 1
_MOST_SUGGESTED = 3
_NOT_A_WORD = re.compile(r"[\W_\d]+")

# Words people say, by category code. "!" marks a word that settles the matter, "?" one that only leans.
_WORDS: Mapping[str, str] = {
    "01": "!通村路 !通村公路 !通组路 !断头路 !坑洼 !塌方 公路 道路 修路 路面 硬化 桥 !路灯 !客运 !班车 !公交"
    " 护栏 错车道 !减速带 行路 出行 !红绿灯 !斑马线 绕行 会车 坑坑洼洼 ?路 ?车",
    "02": "!饮水 !水管 !自来水 !断水 !停水 !人饮 !水渠 !清淤 !山塘 !水库 !水费 !河道 !河堤 !灌溉 !挑水 !水井"
    " 水质 蓄水池 供水 水源 水利 防洪 抗旱 渠道 抽水 ?水",
    "03": "!学校 !上学 !小学 !中学 !幼儿园 !校车 !师资 !教师 !食堂 !撤并 !辍学 !学生 教育 !放学 助学 课后 ?老师",
    "04": "!看病 !医保 !医疗 !卫生室 !卫生院 !医生 !村医 !住院 !报销 !药 !公卫 !体检 医院 救护 新农合 疫苗 ?护理",
    "05": "!电压 !停电 !用电 !电网 !变压器 !农网 !信号 !宽带 !网络 !基站 !手机信号 !电费 !电线 !电杆 光纤"
    " 通信 供电 ?网速 ?电",
    "06": "!危房 !宅基地 !建房 !违建 !违章建筑 !住房 !旧房 !房屋 !易地搬迁 !集镇建设 村镇建设 安置房 规划审批"
    " 公厕 厕所改造 ?房",
    "07": "!产业 !种植 !养殖技术 !合作社 !农机 !农产品 !销路 !滞销 !种子 !化肥 !农药 !病虫 !高标准农田 !茶叶"
    " !柑橘 !油茶 !稻谷 农业 收购 冷库 大棚 抛荒 撂荒 乡村旅游 ?种",
    "08": "!土地流转 !征地 !征收 !拆迁 !征拆 !林权 !山林 !承包地 !地界 !确权 !租金 !青苗 !补偿款 林地 耕地"
    " 占地 ?土地 ?补偿",
    "09": "!垃圾 !污水 !扬尘 !清运 !养殖场 !猪场 !臭味 !恶臭 !噪音 !噪声 !焚烧 !排污 !污染 环境 环保 卫生差 异味"
    " 乱倒 采石 粉尘 ?卫生",
    "10": "!低保 !五保 !特困 !养老 !残疾 !救助 !孤儿 !社保 !高龄 !临时救助 !敬老院 !留守 !救济 !兜底 退役军人"
    " 优抚 困难群众 大病 ?困难",
    "11": "!欠薪 !工资 !务工 !就业 !招工 !拖欠工资 !农民工 !劳动合同 !工伤 !创业 就业培训 找工作 零工 岗位",
    "12": "!治安 !盗窃 !被盗 !消防 !交通安全 !食品安全 !赌博 !诈骗 !打架 !监控 !隐患 !减速带 !酒驾 !食药 安全"
    " 药品安全 烟花爆竹 溺水 路口 巡逻 ?危险",
    "13": "!纠纷 !矛盾 !邻里 !调解 !争执 !合同纠纷 !离婚 !赡养 !债务 !打官司 家庭 边界 争议 ?吵架",
    "14": "!村务公开 !财务公开 !村务 !党务 !公示不 !村集体 !三资 !村委会 !村规民约 !换届 !选举 不公示 不公开"
    " 村组干部待遇 ?公开 ?公示",
    "15": "!作风 !态度差 !推诿 !扯皮 !吃拿卡要 !不作为 !乱作为 !干部态度 !优亲厚友 !形式主义 态度 敷衍 不理",
    "16": "!惠农补贴 !粮食补贴 !种粮补贴 !一卡通 !退耕还林 !公益林补 !农机补贴 !耕地地力 !生态补偿 补贴 直补"
    " 补助 ?到账",
    "17": "!文化广场 !广场舞 !体育 !健身 !农家书屋 !彩礼 !移风易俗 !大操大办 !红白喜事 !文艺 !篮球 文化 戏台"
    " 殡葬 图书",
}


def _table() -> tuple[tuple[str, str, int], ...]:
    weights = {"!": _STRONG, "?": _WEAK}
    found = []
    for code, words in _WORDS.items():
        for word in words.split():
            bare = word.lstrip("!?")
            # A longer word says more: 土地流转 outweighs 养殖.
            found.append((code, bare, weights.get(word[0], _PLAIN) + len(bare) * (word[0] != "?")))
    return tuple(found)


_TABLE = _table()


def suggest_category(words: str) -> tuple[str, ...]:
    """The likeliest category codes for what was said, best first, three at most; empty when nothing speaks.

    Only a suggestion: the clerk's choice is never changed by it.
    """
    text = fold_text(words)
    scores: dict[str, int] = {}
    for code, word, weight in _TABLE:
        if word in text:
            scores[code] = scores.get(code, 0) + weight
    ranked = sorted(scores, key=lambda code: (-scores[code], code))
    worth = [code for code in ranked if scores[code] * 2 >= scores[ranked[0]]]
    return tuple(worth[:_MOST_SUGGESTED])


@dataclass(frozen=True)
class Match:
    """A text that resembles another; `share` is exact, so that a limit is compared, not a rounding."""

    key: str
    share: Fraction


def trigrams(text: str) -> frozenset[str]:
    """The runs of three characters of a text without signs, spaces and numerals; short texts count whole."""
    bare = _NOT_A_WORD.sub("", fold_text(text))
    if len(bare) < 3:
        return frozenset({bare}) if bare else frozenset()
    return frozenset(bare[place : place + 3] for place in range(len(bare) - 2))


def similar(words: str, others: Iterable[tuple[str, str]], threshold: Fraction) -> tuple[Match, ...]:
    """Those of the other (key, text) that share more than `threshold` of their trigrams, most alike first."""
    mine = trigrams(words)
    found = []
    for key, text in others:
        theirs = trigrams(text)
        either = len(mine | theirs)
        if either and (share := Fraction(len(mine & theirs), either)) > threshold:
            found.append(Match(key, share))
    return tuple(sorted(found, key=lambda match: (-match.share, match.key)))
