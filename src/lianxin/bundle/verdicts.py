"""What a check of a received file ends with: verdict, code, and one plain Chinese sentence for each."""

from __future__ import annotations

from dataclasses import dataclass

from lianxin.bundle.checkcode import hex_code, spoken_code
from lianxin.bundle.codes import Code, Verdict
from lianxin.bundle.manifest import Manifest
from lianxin.bundle.sentences import SENTENCES, VERDICT_WORDS
from lianxin.domain.canonical import JsonValue

__all__ = ["Code", "Outcome", "Refused", "Verdict", "accepted", "refused", "verdict_of", "verdict_words"]


class Refused(Exception):
    """A check found `code`; `detail` names the place in Chinese (a file, a limit) or is empty."""

    def __init__(self, code: Code, detail: str = "") -> None:
        super().__init__(code.value, detail)
        self.code = code
        self.detail = detail


@dataclass(frozen=True)
class Outcome:
    """The result for one file. Manifest facts are None until the signature over them was found right."""

    file: str
    verdict: Verdict
    code: Code
    message: str
    next: str
    manifest: Manifest | None = None
    manifest_sha256: str | None = None
    warnings: tuple[Code, ...] = ()

    @property
    def ok(self) -> bool:
        """True for ACCEPT and NOOP: exit status 0."""
        return self.verdict in (Verdict.ACCEPT, Verdict.NOOP)

    @property
    def org_code(self) -> str | None:
        """Division code of the sender as signed."""
        return self.manifest.org_code if self.manifest else None

    @property
    def period(self) -> str | None:
        """Period as signed."""
        return self.manifest.period if self.manifest else None

    @property
    def seq(self) -> int | None:
        """Number of the bundle within its replica as signed."""
        return self.manifest.seq if self.manifest else None

    @property
    def check_code(self) -> str | None:
        """核对码 in hex, groups of four: the machine-readable form."""
        return hex_code(self.manifest_sha256) if self.manifest_sha256 else None

    @property
    def spoken_code(self) -> str | None:
        """核对码 in 20 decimal digits, groups of five: for screen and telephone."""
        return spoken_code(self.manifest_sha256) if self.manifest_sha256 else None

    def as_json(self) -> dict[str, JsonValue]:
        """Return the line of `verify --json` (cli.md), plus the warnings."""
        return {
            "file": self.file,
            "verdict": self.verdict.value,
            "code": self.code.value,
            "message": self.message,
            "next": self.next,
            "org_code": self.org_code,
            "period": self.period,
            "seq": self.seq,
            "check_code": self.check_code,
            "warnings": [code.value for code in self.warnings],
        }


def verdict_of(code: Code) -> Verdict:
    """Return the verdict a code leads to."""
    return SENTENCES[code].verdict


def verdict_words(verdict: Verdict) -> str:
    """Return the verdict in the clerk's words."""
    return VERDICT_WORDS[verdict]


def refused(file: str, finding: Refused, *, manifest: Manifest | None, digest: str | None) -> Outcome:
    """Make the outcome of a check that stopped."""
    sentence = SENTENCES[finding.code]
    return Outcome(
        file=file,
        verdict=sentence.verdict,
        code=finding.code,
        message=sentence.told(finding.detail),
        next=sentence.next,
        manifest=manifest,
        manifest_sha256=digest,
    )


def accepted(
    file: str, code: Code, *, manifest: Manifest, digest: str, warnings: tuple[Code, ...]
) -> Outcome:
    """Make the outcome of a file that went through; each warning adds its sentence."""
    sentence = SENTENCES[code]
    more = [SENTENCES[warning] for warning in warnings if warning is not code]
    return Outcome(
        file=file,
        verdict=sentence.verdict,
        code=code,
        message="".join([sentence.told(""), *(item.told("") for item in more)]),
        next="".join([sentence.next, *(item.next for item in more)]),
        manifest=manifest,
        manifest_sha256=digest,
        warnings=warnings,
    )
