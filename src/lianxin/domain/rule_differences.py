"""What another rule profile would change: seen before anybody switches to it."""

from __future__ import annotations

from dataclasses import dataclass

from lianxin.domain.rules import Rule, RuleProfile, labels

_NONE = "没有规定"
_EVERY = {1: "每月", 2: "每两个月", 3: "每季度", 4: "每四个月", 6: "每半年", 12: "每年"}


@dataclass(frozen=True)
class RuleDifference:
    """One rule that differs: how it reads now and then, and the text the new one stands in."""

    name: str
    label: str
    now: str
    then: str
    source: str


def differences(now: RuleProfile, then: RuleProfile) -> tuple[RuleDifference, ...]:
    """The rules whose number, unit or rhythm differ, in the order of the profile; another source alone is none."""
    before, after = _rules(now), _rules(then)
    return tuple(
        RuleDifference(name, label, _read(before.get(name)), _read(after.get(name)), _source(after.get(name)))
        for name, label in labels().items()
        if _read(before.get(name)) != _read(after.get(name))
    )


def rhythm(rule: Rule) -> str:
    """每三个月一次算起 or 每季度: how a rule repeats, the two kinds told apart; empty when it does not."""
    if rule.cadence == "interval":
        return f"每隔{rule.months}个月以内"
    if rule.cadence == "calendar":
        return _EVERY.get(rule.months, f"每{rule.months}个月") + "（按日历）"
    return ""


def _rules(profile: RuleProfile) -> dict[str, Rule]:
    return {name: rule for name, rule in vars(profile).items() if isinstance(rule, Rule)}


def _read(rule: Rule | None) -> str:
    if rule is None:
        return _NONE
    return f"{rhythm(rule)}{rule.shown}"


def _source(rule: Rule | None) -> str:
    return rule.source if rule is not None else ""
