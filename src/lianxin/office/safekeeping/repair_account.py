"""What a clerk is told of a repair: what it stands on, what lacks if anything, where the damaged file is."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from lianxin.domain.dates import show_moment
from lianxin.store.backup_file import BackupFacts, read_facts
from lianxin.store.errors import StoreProblem
from lianxin.store.repair import Repaired


def inside_words(facts: BackupFacts) -> str:
    """石牌镇…，来访走访86、意见建议53，最后一条登记2026年11月3日 16:12."""
    inside = facts.inside
    if inside is None:
        return f"流水{facts.entries:,}条（旧版程序做的备份，里面的件数要恢复后才看得到）"
    counts = "、".join(f"{label}{count:,}" for label, count in inside.counts) or "还没有登记"
    latest = f"，最后一条登记{_moment(inside.latest)}" if inside.latest else ""
    return f"{inside.office}：{counts}{latest}"


def file_words(path: Path) -> str:
    """What a backup file says of itself before it is opened, or why it says nothing."""
    try:
        facts = read_facts(path)
    except StoreProblem as problem:
        return problem.message
    except OSError:
        return f"{path.name} 读不出来，U盘可能已拔出。"
    return f"{show_moment(facts.made_at)}的备份。{inside_words(facts)}"


def account(done: Repaired) -> tuple[str, ...]:
    """The plain account, a sentence each."""
    return tuple(words for words in (_ground(done), _lost(done), _drafts(done), _aside(done)) if words)


def _ground(done: Repaired) -> str:
    if done.what == "foreign log":
        return "数据文件本身是好的，只是旁边混进了别的日志文件，已经移开。"
    added = done.salvaged.entries
    if done.ground is None:
        return f"没有能用的备份；从坏了的文件里读出了{added:,}条流水，数据由它们重建。"
    more = f"备份以后写的，从坏了的文件里又读出{added:,}条，也放回去了。" if added else ""
    where = f"（{done.ground_path}）" if done.ground_path else ""
    return f"用的是{show_moment(done.ground.made_at)}的备份{where}。{more}"


def _lost(done: Repaired) -> str:
    if done.lost == 0:
        return _beside(done)
    since = _moment(done.until) if done.until else "一开始"
    until = show_moment(done.broken_at) if done.broken_at else "数据文件不见以前"
    span = f"{since}以后、{until}以前登记的"
    if done.lost is None:
        return f"{span}可能缺一部分，本机没有记数，说不准有没有。请对照纸质登记看一遍，缺的补录。"
    return f"缺{done.lost:,}条流水（一次登记通常是两三条）：{span}。请对照纸质登记补录。"


def _beside(done: Repaired) -> str:
    """No entry is known to lack; what stands beside the entries may."""
    ground = f"{show_moment(done.ground.made_at)}" if done.ground else "最早一条"
    if not done.salvaged.values:
        return (
            f"流水一条不少，但其中有的姓名、电话等个人信息读不出来了。请把{ground}以后登记的对照纸质登记看一遍，"
            "空着的补上。"
        )
    if done.whole:
        return "没有丢失内容：本机记着写过多少条，现在一条不少。"
    return (
        f"本机写过的流水一条不少。草稿、设置、收到的文件等没有全部读出来，读不出的用备份里的：请看一下{ground}"
        "以后收到的报送件和回执在不在，没写完的要重写。"
    )


def _drafts(done: Repaired) -> str:
    return (
        f"没有写完的草稿读出{done.salvaged.drafts}份，打开那一页时会问要不要接着写。"
        if done.salvaged.drafts
        else ""
    )


def _aside(done: Repaired) -> str:
    return f"原来的文件没有删除，另存在 {done.aside}。" if done.aside else ""


def _moment(at: str) -> str:
    return show_moment(datetime.fromisoformat(at))
