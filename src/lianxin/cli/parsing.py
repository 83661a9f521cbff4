"""The words of the command line."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NoReturn

from lianxin.cli.handed_arguments import add_handed
from lianxin.cli.review_arguments import add_review
from lianxin.cli.rules_arguments import add_rules
from lianxin.cli.saying import WRONG_USE, complain
from lianxin.cli.yearly_arguments import add_yearly

_STAGES = (
    "open", "all", "late", "back",
    "sent", "assigned", "upward", "answered", "again", "closed", "unreached", "returned", "taken_back",
)  # fmt: skip
"""What `referred` is narrowed by: what is not over, everything, past its day, 不满意 came back, then the stages."""
_WORDS = (
    (re.compile(r"the following arguments are required: (.*)"), r"缺少 \1"),
    (re.compile(r"unrecognized arguments: (.*)", re.DOTALL), r"多出了 \1"),
    (
        re.compile(r"argument (.*?): invalid choice: (.*?) \(choose from (.*)\)", re.DOTALL),
        r"\1 不能是 \2，可用：\3",
    ),
    (re.compile(r"argument (.*?): expected (?:one|at least one) argument"), r"\1 后面没有写内容"),
    (re.compile(r"argument (.*?): invalid \S+ value: (.*)", re.DOTALL), r"\1 不能是 \2"),
    (re.compile(r"argument (.*?): ignored explicit argument (.*)", re.DOTALL), r"\1 后面不用写 \2"),
    (re.compile(r"one of the arguments (.*) is required"), r"\1 要写一个"),
    (re.compile(r"argument (.*?): not allowed with argument (.*)"), r"\1 和 \2 只能写一个"),
    (re.compile(r"ambiguous option: (.*?) could match (.*)", re.DOTALL), r"\1 可以是 \2，请写全"),
)
"""What the standard library says of a wrong command line, in the clerk's words."""


def _in_words(message: str) -> str:
    for shape, words in _WORDS:
        if match := shape.fullmatch(message):
            return " ".join(match.expand(words).split())
    return " ".join(message.split())


def _at_least_nothing(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        complain(f"命令写法不对：{_in_words(message)}。用 lianxin --help 查看用法，没有改动任何数据", "C201")
        sys.exit(WRONG_USE)


def _add_enrolment(command: Callable[[str, str], argparse.ArgumentParser], everywhere: _Parser) -> None:
    """`enrol` and `keys` with their steps; a step's name is in `step`."""
    steps = command("enrol", "登记：乡镇申请、县人大签发、乡镇接收").add_subparsers(
        dest="step", metavar="步骤", required=True, parser_class=_Parser
    )

    def step(name: str, about: str) -> argparse.ArgumentParser:
        return steps.add_parser(name, help=about, parents=[everywhere])

    def writes(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
        parser.add_argument("--to", type=Path, required=True)
        return parser

    def needs_root(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
        parser.add_argument("--root", type=Path, help="导出的根密钥文件")
        return parser

    writes(step("request", "乡镇：生成登记申请")).add_argument("--new-key", action="store_true")
    issue = needs_root(writes(step("issue", "县人大：签发证书")))
    issue.add_argument("file", type=Path)
    issue.add_argument("--instead", action="store_true", help="同时作废这台电脑原来的证书（换了密钥）")
    accept = step("accept", "乡镇：接收登记答复")
    accept.add_argument("file", type=Path)
    accept.add_argument("--root-code")
    step("confirm", "乡镇：根证书核对码已核对").add_argument("code")
    needs_root(writes(step("revoke", "县人大：作废证书"))).add_argument("code")
    needs_root(writes(step("profile", "县人大：重发证书清单和规则")))
    step("list", "县人大：已登记的单位")
    step("checked", "县人大：恢复备份以后，作废名单已核对")
    renew = needs_root(step("renew", "县人大：续发快到期的证书，随回执下发"))
    renew.add_argument("numbers", nargs="*", metavar="证书编号", help="不写就是快到期的全部")
    recode = step("recode", "县人大：单位更名、合并、拆分，新代码接续原代码")
    recode.add_argument("former")
    recode.add_argument("code")
    recode.add_argument("--on", type=date.fromisoformat, required=True)
    recode.add_argument("--change", choices=("renamed", "merged", "split"), default="renamed")
    recode.add_argument("--name", default="", help="新单位的名称，列进乡镇名单")
    recode.add_argument("--until", type=date.fromisoformat, help="原代码的报送件收到哪天为止")
    keys = command("keys", "密钥").add_subparsers(
        dest="step", metavar="步骤", required=True, parser_class=_Parser
    )
    export = keys.add_parser("export-root", help="县人大：把根密钥导出到U盘", parents=[everywhere])
    needs_root(writes(export))


def _add_receiving(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    receive = command("receive", "接收报送")
    receive.add_argument("files", type=Path, nargs="+")
    receive.add_argument("--preview", action="store_true", help="只看会怎样，不导入")
    receipts = command("receipts", "县人大：生成回执")
    receipts.add_argument("--to", type=Path, required=True)
    receipts.add_argument(
        "--again", metavar="区划代码", nargs="+", default=[], help="给这些乡镇再写一份（U盘丢了、文件坏了）"
    )
    command("accept", "接收县人大的回执").add_argument("files", type=Path, nargs="+")
    command("undo-receive", "撤回一份收下的报送件").add_argument("bundle_id")
    command("rebuild", "用留存的报送件重建数据")
    add_review(command)
    referred = command("referred", "县人大：乡镇转报事项和办理情况")
    referred.add_argument("--town", default="", help="只看这个乡镇（区划代码）")
    referred.add_argument("--unit", default="", help="只看这个承办单位")
    referred.add_argument(
        "--stage", default="open", choices=_STAGES,
        help="办理状态；不写就是没有办结的",
    )  # fmt: skip
    overview = command("overview", "县人大：各乡镇报送情况")
    overview.add_argument("--period", help="时段，如 2026-11；不写就是当前这个月")
    overview.add_argument("--text", action="store_true", help="只要可以粘贴的话")
    command("conflicts", "待确认的疑问")
    resolve = command("resolve", "选定一条疑问的答案")
    resolve.add_argument("id")
    answer = resolve.add_mutually_exclusive_group(required=True)
    answer.add_argument("--take", metavar="HEAD", help="取用哪一个，序号或编号")
    answer.add_argument("--value", metavar="TEXT", help="改为别的内容")


def _add_papers(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """`figures`, `document`, and what belongs to documents: their templates and their numbers."""
    figures = command("figures", "统计数")
    figures.add_argument("--period", required=True)
    figures.add_argument("--xlsx", type=Path)
    figures.add_argument("--text", action="store_true")
    figures.add_argument("--by-township", action="store_true", help="县人大：分乡镇列出，末尾是全县")
    figures.add_argument("--cutoff", type=int, metavar="日", help="分乡镇时另用一个统计截止日，如 25")
    figures.add_argument("--rank", metavar="指标", default="", help="分乡镇时按这个指标排名次")
    reported = command("as-reported", "县人大：各乡镇定稿数与现数并列，列出不一致")
    reported.add_argument("--period", required=True)
    reported.add_argument("--cutoff", type=int, metavar="日")
    document = command("document", "生成文书")
    document.add_argument("name", nargs="?")
    document.add_argument("--for", dest="uid")
    document.add_argument("--period")
    document.add_argument("--to", type=Path)
    document.add_argument("--blank", action="store_true", help="空白表，每张一个表号")
    document.add_argument("--copies", type=int, default=1, help="空白表印几张")
    document.add_argument("--check", type=Path, metavar="FILE", help="测量一份公文是否合乎 GB/T 9704-2012")
    template = command("template", "文书模板：取出改、换上用、恢复原样")
    template.add_argument("step", choices=("list", "take", "put", "reset"))
    template.add_argument("name", nargs="?", help="文书名称")
    template.add_argument("file", nargs="?", type=Path, help="要换上的 .docx 文件")
    template.add_argument("--to", type=Path, help="取出到这个 .docx 文件")
    outgoing = command("outgoing", "发文字号：已用、预留、作废和缺号，编下一个号")
    outgoing.add_argument("step", choices=("list", "take", "use", "void"))
    outgoing.add_argument("number", nargs="?", help="文号")
    outgoing.add_argument("--title", help="标题")
    outgoing.add_argument("--organ", help="发往机关")
    outgoing.add_argument("--for", dest="uid", help="关联的记录")
    outgoing.add_argument("--reserve", action="store_true", help="预留，不马上用")
    outgoing.add_argument("--reason", help="作废的原因")
    outgoing.add_argument("--year", type=int)


def _add_records(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """What reads and writes records: import, list, put, attach."""
    imported = command("import", "导入台账")
    imported.add_argument("kind")
    imported.add_argument("file", type=Path)
    imported.add_argument("--preview", action="store_true")
    behalf = imported.add_argument_group("代录（县人大）")
    behalf.add_argument(
        "--behalf", metavar="CODE", help="代哪个乡镇录（9位区划代码）；种类可以是 return、workbook"
    )
    behalf.add_argument("--period", help="报送期，如 2026-11；不写时按表里的")
    behalf.add_argument("--beside", action="store_true", help="与先前代录的一起计入，不替换")
    behalf.add_argument("--sure", action="store_true", help="表里写的是别的乡镇也照录")
    command("undo-import", "撤销一次导入").add_argument("id")
    listing = command("list", "列出记录")
    listing.add_argument("kind")
    listing.add_argument("--search", default="")
    listing.add_argument("--limit", type=_at_least_nothing)
    listing.add_argument("--reveal", action="store_true")
    put = command("put", "登记或修改记录")
    put.add_argument("kind")
    put.add_argument("--json-file", type=Path, required=True)
    attach = command("attach", "给一条记录添加附件")
    attach.add_argument("uid", help="记录的标识或编号")
    attach.add_argument("files", type=Path, nargs="+")
    attach.add_argument("--caption", help="内容说明")
    attach.add_argument("--keep-size", action="store_true", help="不缩小照片")
    attach.add_argument("--keep-place", action="store_true", help="不去掉拍摄位置")
    attach.add_argument("--not-personal", action="store_true", help="不含个人信息")


def make_parser() -> argparse.ArgumentParser:
    """Every command with its options; a command's name is in `command`, none means the window."""
    everywhere = _Parser(add_help=False)
    for flags, about in (
        ("--json", "每行一个 JSON 对象"),
        ("--debug", "出错时附上技术细节"),
    ):
        everywhere.add_argument(flags, action="store_true", default=argparse.SUPPRESS, help=about)
    everywhere.add_argument("--home", type=Path, default=argparse.SUPPRESS, help="数据文件夹")
    everywhere.add_argument("--user", metavar="NAME", default=argparse.SUPPRESS, help="使用人的姓名或代号")
    parser = _Parser(prog="lianxin", description="连心：乡镇人大工作台账", parents=[everywhere])
    parser.add_argument("--version", action="store_true", help="显示版本")
    commands = parser.add_subparsers(dest="command", metavar="命令", parser_class=_Parser)

    def command(name: str, about: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=about, parents=[everywhere])

    opening = command("open", "打开窗口，接着处理这个文件：报送件、回执或备份")
    opening.add_argument("opened", metavar="FILE", type=Path)
    demo = command("demo", "用示例数据走一遍")
    demo.add_argument("--open", action="store_true", dest="open_window")
    init = command("init", "建立新机构")
    init.add_argument("--role", required=True, choices=("township", "county"))
    init.add_argument("--code", required=True)
    init.add_argument("--name", required=True)
    init.add_argument("--profile", default="national")
    dictionary = command("dictionary", "各类记录和字段")
    dictionary.add_argument("kind", nargs="?", default="")
    _add_records(command)
    send = command("send", "报送县人大")
    send.add_argument("--period")
    send.add_argument("--to", type=Path, required=True)
    send.add_argument("--plain", action="store_true")
    send.add_argument("--handover", action="store_true", help="移交给本单位另一台电脑")
    send.add_argument("--reader", action="append", default=[], help="另一台电脑的收件码，或它的登记申请文件")
    verify = command("verify", "核验报送件")
    verify.add_argument("files", type=Path, nargs="+")
    verify.add_argument("--trust", type=Path)
    _add_papers(command)
    _add_enrolment(command, everywhere)
    _add_receiving(command)
    add_rules(command)
    add_handed(command)
    add_yearly(command)
    backing = command("backup", "备份")
    backing.add_argument("--to", type=Path, required=True)
    backing.add_argument("--moving", action="store_true", help="换电脑：装成一个搬家文件，本机记下已经搬走")
    command("repair", "检查数据文件，坏了就用备份修复")
    restoring = command("restore", "从备份恢复")
    restoring.add_argument("file", type=Path)
    restoring.add_argument("--moving", action="store_true", help="从旧电脑搬来：空文件夹里才做，搬好逐项数过")
    command("check", "检查数据")
    command("rebuild-index", "重建检索目录")
    command("self-test", "检验装好的程序")
    return parser
