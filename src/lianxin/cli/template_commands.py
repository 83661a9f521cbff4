"""`template`: the office's own Word templates of its documents, taken out, put in and put back."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping

from lianxin.bootstrap import App
from lianxin.cli.commands import Run
from lianxin.cli.saying import DONE, CommandProblem, Voice


def _template(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.office.paperwork.templates import TemplateRefused

    try:
        _STEPS[told.step](app, told, voice)
    except TemplateRefused as wrong:
        raise CommandProblem(str(wrong).rstrip("。"), code="C223") from wrong
    return DONE


def _list(app: App, told: argparse.Namespace, voice: Voice) -> None:
    from lianxin.office.paperwork.templates import fields_of, templates

    for each in templates(app.desk, _labels()):
        if each.fixed:
            voice.tell(
                {"name": each.paper, "label": each.label, "fixed": each.fixed},
                f"{each.paper}　{each.label}　固定样式　{each.fixed}",
            )
            continue
        since = each.since.isoformat() if each.since else None
        state = f"本单位的模板（{since}换上）" if since else "随程序的模板"
        voice.tell(
            {
                "name": each.paper, "label": each.label, "since": since, "problem": each.problem or None,
                "fields": list(fields_of(app.desk, each.paper)),
            },
            f"{each.paper}　{each.label}　{state}{'　' + each.problem if each.problem else ''}",
        )  # fmt: skip


def _take(app: App, told: argparse.Namespace, voice: Voice) -> None:
    from lianxin.office.beside import write_beside
    from lianxin.office.papers.form_examples import take_template
    from lianxin.office.paperwork.templates import fields_of

    if told.to is None or told.to.suffix.lower() != ".docx":
        raise CommandProblem("请用 --to 写明取出到哪个 .docx 文件；没有生成文件", code="C211")
    paper = _named(told)
    target = write_beside(told.to, take_template(app.desk, paper))
    voice.tell(
        {"path": str(target)}, f"已取出到 {target}。可以用的字段：{'、'.join(fields_of(app.desk, paper))}"
    )


def _put(app: App, told: argparse.Namespace, voice: Voice) -> None:
    from lianxin.office.paperwork.templates import put_template

    paper = _named(told)
    if told.file is None:
        raise CommandProblem("请写明换上哪个文件；原来的模板没有变", code="C201")
    put_template(app.desk, paper, told.file.name, told.file.read_bytes())
    voice.tell({"name": paper}, "已换上，从现在起按它打印；要改回去用 template reset")


def _reset(app: App, told: argparse.Namespace, voice: Voice) -> None:
    from lianxin.office.paperwork.templates import reset_template

    paper = _named(told)
    reset_template(app.desk, paper)
    voice.tell({"name": paper}, "已恢复随程序的模板")


def _named(told: argparse.Namespace) -> str:
    """The name of the document, however it was written. Raises CommandProblem."""
    if told.name is None:
        raise CommandProblem("请写明是哪一种文书（template list 列出全部）；没有改动任何数据", code="C201")
    return next((name for name, label in _labels().items() if label == told.name), str(told.name))


def _labels() -> Mapping[str, str]:
    from lianxin.office.papers.catalogue import PAPERS

    return {paper.name: paper.label for paper in PAPERS.values()}


_STEPS: dict[str, Callable[[App, argparse.Namespace, Voice], None]] = {
    "list": _list,
    "take": _take,
    "put": _put,
    "reset": _reset,
}
COMMANDS: dict[str, Run] = {"template": _template}
