"""Invented names, places and matters of a county; any number of townships. Nobody and no place is meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, product
from random import Random

COUNTY_CODE, COUNTY_NAME = "439901", "清江县人民代表大会常务委员会"
_KNOWN_TOWNS = (
    "城关镇、石牌镇、响水乡、云溪乡、白水镇、大坪乡、龙潭镇、双溪乡、石门镇、桃源镇、长岭乡、金竹镇、红岩乡、太平镇、花桥镇、青山乡、"
    "梅子镇、高桥乡、沙坝镇、茶店镇、新田乡、永兴镇、九湾乡、柏树镇"
)
_FIRST, _SECOND = "东西南北上下古和", "河岭坪湾桥坝岩泉"
_SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙马胡朱郭何罗高林郑梁谢唐许冯宋韩邓彭曹曾田萧潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚向覃"
)
_GIVEN = "国建志明春秀玉金桂光世永德文大小红海东长立正华荣贵发生强平英兰芳梅珍凤莲霞香云辉军勇刚林"
_VILLAGES = (
    "长坪、卧龙、白岩、双溪、大堰、响水、新寨、石板、老鸦溪、青杠、枫香、岩口、竹园、桥头、水井湾、马鞍"
)


@dataclass(frozen=True)
class Unit:
    """A unit that handles matters; `unit_type` is its code."""

    name: str
    unit_type: str


@dataclass(frozen=True)
class Matter:
    """What people come with: the words, how they are sorted, who handles it and what that unit answers."""

    words: str
    category: str
    unit: str
    answer: str
    referred: bool = False


UNITS = (
    Unit("{}水务站", "station"), Unit("{}规建站", "township"), Unit("{}供电所", "station"),
    Unit("{}农业综合服务中心", "station"), Unit("{}民政所", "township"), Unit("{}综合执法大队", "township"),
    Unit("{}卫生院", "station"), Unit("{}派出所", "station"), Unit("{}中心小学", "station"),
)  # fmt: skip
MATTERS = (
    Matter("{v}村三组饮水管破损，{n}户断水4天", "02", "水务站", "主管已更换，恢复供水。"),
    Matter("{v}村二组机耕道被水冲断，车子进不去", "01", "规建站", "已用碎石垫平，列入明年硬化计划。"),
    Matter("集镇到{v}村一段路灯不亮，晚上出门不方便", "06", "规建站", "更换灯具{n}盏，已经亮了。"),
    Matter("{v}村电压不稳，夏天带不动抽水机", "05", "供电所", "增容变压器已列入农网改造。"),
    Matter("低保复核结果没有告知本人", "10", "民政所", "已上门说明复核情况。"),
    Matter("{v}村口垃圾一周没有清运", "09", "综合执法大队", "调整清运路线，三天一清。"),
    Matter("村卫生室缺医生，老人看病要走{n}里路", "04", "卫生院", "每周二、周五派医生坐诊。"),
    Matter("小学门口没有减速带，放学时车多", "12", "派出所", "上下学安排人员值守，减速带已装。"),
    Matter("土地流转租金拖欠5个月", "08", "农业综合服务中心", "企业已付清，附付款凭证。"),
    Matter("危房改造补助一直没到账", "16", "规建站", "核对账号后已补发。"),
    Matter("{v}村学生上学没有校车，要走{n}里山路", "03", "中心小学", "与客运公司协商增开班车。"),
    Matter("养殖场污水流进{v}村灌溉渠", "09", "综合执法大队", "已责令停排并建沉淀池。"),
    Matter("邻里为宅基地边界争吵，请求调解", "13", "派出所", "已调解，双方签字。"),
    Matter("{v}村村务公开栏三个月没有更新", "14", "民政所", "已督促更新并每月检查。"),
    Matter("水稻病虫害多，希望派农技员指导", "07", "农业综合服务中心", "农技员到村指导两次。"),
    Matter("建房工地拖欠{n}人工资", "11", "派出所", "劳资双方已签还款协议。"),
)  # fmt: skip
REFERRED = (
    Matter("县道{v}段塌方半幅，大车绕行{n}公里", "01", "", "", referred=True),
    Matter("{v}村农村客运班车停开两个月", "01", "", "", referred=True),
    Matter("医保异地报销手续多，跑县里三趟", "10", "", "", referred=True),
    Matter("{v}水库除险加固一直没有开工", "02", "", "", referred=True),
)
TALKS = ("感谢代表帮忙解决了用水问题", "来问合作医疗今年交多少", "来问高龄补贴怎样申请", "建议多到村里接待")


def towns() -> Iterator[tuple[str, str]]:
    """Code and name of one township after the other, each name once."""
    made = (f"{a}{b}{'镇' if at % 3 else '乡'}" for at, (a, b) in enumerate(product(_FIRST, _SECOND)))
    numbered = (f"第{number}镇" for number in count(1))
    for place, name in enumerate(_chained(_KNOWN_TOWNS.split("、"), made, numbered), 101):
        yield f"{COUNTY_CODE}{place:03d}", name


def _chained(*names: Iterator[str] | list[str]) -> Iterator[str]:
    for each in names:
        yield from each


def office_name(town: str) -> str:
    """The congress of a township, as its seal says it."""
    return f"清江县{town}人民代表大会主席团"


def person(random: Random) -> str:
    """A name as there are many."""
    return random.choice(_SURNAMES) + "".join(random.choices(_GIVEN, k=random.choice((1, 2, 2))))


def phone(random: Random) -> str:
    """A number of the form of a mobile one, from a range that is not given out."""
    return f"100{random.randrange(10**8):08d}"


def villages(random: Random, number: int) -> list[str]:
    """So many village names of one township, each once."""
    return random.sample(_VILLAGES.split("、"), number)


def said(matter: Matter, random: Random, village: str) -> str:
    """The words of a matter about one village."""
    return matter.words.format(v=village, n=random.randint(3, 40))
