"""The Chinese sentence of every code: what happened, accident or attack, what to do next."""

from __future__ import annotations

from dataclasses import dataclass

from lianxin.bundle.codes import Code, Verdict
from lianxin.bundle.paths import hidden
from lianxin.domain.codes import RECEIVED_VERDICT

VERDICT_WORDS = {verdict: RECEIVED_VERDICT.label_of(verdict.value.lower()) for verdict in Verdict}
"""The words that the log of received files has for each verdict."""


@dataclass(frozen=True)
class Sentence:
    """`what` happened, `cause` (accident or attack; may be empty) and what to do `next`."""

    verdict: Verdict
    what: str
    cause: str
    next: str

    def told(self, detail: str) -> str:
        """Return the message with the place named behind what happened.

        Places can quote a stranger's names, so what shows nothing or turns the text around is left out.
        """
        seen = "".join("" if hidden(character) else character for character in detail)
        place = f"（{seen}）" if seen else ""
        return f"{self.what}{place}。{self.cause}"


_REJECT, _QUARANTINE, _HOLD, _ACCEPT = Verdict.REJECT, Verdict.QUARANTINE, Verdict.HOLD, Verdict.ACCEPT
_UNTOUCHED = "原文件和本机数据都没有改动，"
_COPY_FAULT = "多半是拷贝或传输时出的错。"
_CHANGED = "文件在签名之后被改动过，可能是误存，也可能有人做了手脚。"
_SUSPECT = "正常报送不会这样，可能有人做了手脚。"

SENTENCES: dict[Code, Sentence] = {
    Code.OK: Sentence(_ACCEPT, "核验通过，内容与签名时完全一致", "", "不用管，可以正常使用。"),
    Code.NOT_ZIP: Sentence(
        _REJECT,
        "这不是报送件，也不是压缩包",
        "多半是选错了文件。",
        f"{_UNTOUCHED}请重新选择报送单位发来的 zip 文件。",
    ),
    Code.ZIP_FEATURE: Sentence(
        _REJECT,
        "压缩包的结构与本程序生成的不同",
        "多半是解开后用别的压缩软件重新打包过，也可能有人往里塞了东西。",
        f"{_UNTOUCHED}请报送单位把原来的文件重新发一次，不要解开再打包。",
    ),
    Code.PATH: Sentence(
        _REJECT,
        "压缩包里有不安全的文件名",
        "正常报送不会出现这种文件名，可能有人做了手脚。",
        f"{_UNTOUCHED}不要解开这个文件，请打电话与报送单位核对。",
    ),
    Code.TOO_BIG: Sentence(
        _REJECT,
        "文件超出允许的大小",
        "可能附件太多，也可能是有人故意做的“压缩炸弹”。",
        f"{_UNTOUCHED}不要解开这个文件，请打电话与报送单位核对，附件分批报送。",
    ),
    Code.DUPLICATE: Sentence(
        _REJECT,
        "压缩包里有重名的文件",
        _SUSPECT,
        f"{_UNTOUCHED}不要解开这个文件，请打电话与报送单位核对。",
    ),
    Code.CORRUPT: Sentence(
        _REJECT, "文件不完整或已损坏", _COPY_FAULT, f"{_UNTOUCHED}请重新拷贝；仍然这样就请报送单位重发一次。"
    ),
    Code.NO_MANIFEST: Sentence(
        _REJECT,
        "这是一个普通压缩包，里面没有报送清单",
        "多半是选错了文件，或只打包了其中一部分。",
        f"{_UNTOUCHED}请选择报送单位发来的原文件。",
    ),
    Code.MANIFEST_JSON: Sentence(
        _REJECT,
        "报送清单读不出来",
        "清单有签名但写法不合规定，可能由别的程序制作。",
        f"{_UNTOUCHED}请退回重报。",
    ),
    Code.FORMAT: Sentence(
        _REJECT,
        "报送清单的格式不对",
        "清单有签名但内容不合规定，可能由别的程序制作。",
        f"{_UNTOUCHED}请退回重报。",
    ),
    Code.SCHEMA: Sentence(
        _REJECT, "报送清单的数据版本不认识", "可能由别的程序制作。", f"{_UNTOUCHED}请退回重报。"
    ),
    Code.MISSING_FILE: Sentence(
        _REJECT,
        "报送件里少了文件",
        "可能拷贝时漏了，也可能被人删掉了。",
        f"{_UNTOUCHED}请报送单位重发原文件。",
    ),
    Code.EXTRA_FILE: Sentence(
        _REJECT,
        "报送件里多了清单上没有的文件",
        "有人在签名之后加了文件。",
        f"{_UNTOUCHED}不要打开多出来的文件，请打电话与报送单位核对后重发。",
    ),
    Code.HASH: Sentence(
        _REJECT, "文件内容与签名时不一致", _CHANGED, f"{_UNTOUCHED}请打电话与报送单位核对，并退回重报。"
    ),
    Code.COUNTS: Sentence(
        _QUARANTINE,
        "清单写的条数与实际条数不一致",
        "可能是对方程序出错，也可能有人做了手脚。",
        f"{_UNTOUCHED}文件已另存，请打电话与报送单位核对。",
    ),
    Code.DOCUMENT_MISMATCH: Sentence(
        _QUARANTINE,
        "报表里的数字与清单上的合计不一致",
        "可能是对方程序出错，也可能报表被换过。",
        f"{_UNTOUCHED}文件已另存，请打电话与报送单位核对数字。",
    ),
    Code.NO_SIGNATURE: Sentence(
        _REJECT,
        "报送件里没有数字签名",
        "可能只拷贝了一部分，也可能签名被人去掉了。",
        f"{_UNTOUCHED}请报送单位重发原文件。",
    ),
    Code.BAD_CERT: Sentence(
        _REJECT,
        "签名证书读不出来或不合规定",
        "可能文件损坏，也可能证书被换过。",
        f"{_UNTOUCHED}请报送单位重发；仍然这样就打电话核对。",
    ),
    Code.BAD_SIGNATURE: Sentence(
        _REJECT,
        "数字签名对不上，报送清单已不是签名时的样子",
        _CHANGED,
        f"{_UNTOUCHED}请打电话与报送单位核对，并退回重报。",
    ),
    Code.UNTRUSTED_ISSUER: Sentence(
        _REJECT,
        "签名证书不是本县颁发的，无法确认是谁签的",
        "可能对方还没有在县里登记，或这里没有选本县的证书；也可能有人冒名。",
        f"{_UNTOUCHED}请打电话核对是不是该单位报的，并按规定登记。",
    ),
    Code.CERT_MISMATCH: Sentence(
        _REJECT,
        "签名证书与清单上写的不是同一张",
        "证书被换过，可能有人做了手脚。",
        f"{_UNTOUCHED}请打电话与报送单位核对，并退回重报。",
    ),
    Code.ORG_MISMATCH: Sentence(
        _REJECT,
        "签名证书上的单位代码与清单上的不一致",
        "可能拿错了密钥，也可能有人冒用别的单位名义。",
        f"{_UNTOUCHED}请打电话与清单上写的单位核对。",
    ),
    Code.CERT_TIME: Sentence(
        _REJECT,
        "签名时间不在证书有效期内",
        "可能对方电脑的日期不对，或证书已经过期。",
        f"{_UNTOUCHED}请报送单位核对电脑日期，更新证书后重报。",
    ),
    Code.REVOKED: Sentence(
        _REJECT,
        "签名用的密钥已经作废",
        "可能对方还在用旧密钥，也可能遗失的密钥被人冒用。",
        f"{_UNTOUCHED}请打电话与报送单位核对，换新密钥后重报。",
    ),
    Code.BAD_CRL: Sentence(
        _REJECT,
        "密钥作废名单读不出来或签名不对",
        "可能文件损坏，也可能有人做了手脚。",
        f"{_UNTOUCHED}请向县里重新要一份。",
    ),
    Code.CRL_ROLLBACK: Sentence(
        _REJECT,
        "收到的密钥作废名单比本机的旧",
        "可能拿错了旧文件，也可能有人想让作废的密钥重新能用。",
        "本机仍用较新的名单，数据没有改动，请向县里要最新的一份。",
    ),
    Code.SM2_UNAVAILABLE: Sentence(
        _QUARANTINE,
        "报送件用国密算法签名，这台电脑无法核验",
        "不是文件的问题。",
        f"{_UNTOUCHED}文件已另存，请换一台能核验的电脑。",
    ),
    Code.POLICY: Sentence(
        _REJECT,
        "签名人没有报送这类文件的权限，或内容不合报送规定",
        "可能用错了密钥或报送方式，也可能有人越权。",
        f"{_UNTOUCHED}请打电话与报送单位核对后重报。",
    ),
    Code.UNIT_ENDED: Sentence(
        _QUARANTINE,
        "报送单位已经变更，过了代收的日期",
        "多半是原来的电脑还在用旧代码报送。",
        f"{_UNTOUCHED}文件已另存。请对方用新代码重新登记、重报；确要收下的，先在“单位代码变更”里改代收日期，再收一次。",
    ),
    Code.SCOPE: Sentence(
        _REJECT,
        "报送件里有不属于该单位的记录",
        "可能对方程序出错，也可能有人越权改别人的数据。",
        f"{_UNTOUCHED}请打电话与报送单位核对。",
    ),
    Code.TYPE: Sentence(
        _REJECT,
        "报送件里有不允许的文件类型",
        "可能误放了文件，也可能有人夹带程序。",
        f"{_UNTOUCHED}不要打开该文件，请报送单位换成 Word、Excel、PDF 或图片后重报。",
    ),
    Code.MAGIC: Sentence(
        _REJECT,
        "文件的实际内容与扩展名不符",
        "可能改错了扩展名，也可能是伪装的文件。",
        f"{_UNTOUCHED}不要打开该文件，请报送单位核对后重报。",
    ),
    Code.ACTIVE_CONTENT: Sentence(
        _REJECT,
        "文件里带有宏、外部链接或嵌入对象",
        "可能用了带宏的模板，也可能是病毒。",
        f"{_UNTOUCHED}不要打开该文件，请报送单位去掉后重报。",
    ),
    Code.OFFICE_BOMB: Sentence(
        _REJECT,
        "Word 或 Excel 文件解开后大得不正常",
        _SUSPECT,
        f"{_UNTOUCHED}不要打开该文件，请打电话与报送单位核对。",
    ),
    Code.NOT_FOR_US: Sentence(
        _REJECT,
        "这份报送件不是发给本单位的",
        "多半是拿错了U盘或发错了人。",
        f"{_UNTOUCHED}请退还给报送单位。",
    ),
    Code.CANNOT_DECRYPT: Sentence(
        _REJECT,
        "报送件已加密，这里打不开",
        "只有收件单位在自己的电脑上能打开，也可能文件损坏。",
        f"{_UNTOUCHED}请在收件单位的电脑上打开；仍打不开就请报送单位重发。",
    ),
    Code.ID_CONFLICT: Sentence(
        _QUARANTINE,
        "已经收过同一编号但内容不同的报送件",
        _SUSPECT,
        f"{_UNTOUCHED}文件已另存，请打电话与报送单位核对哪一份是真的。",
    ),
    Code.FORK: Sentence(
        _QUARANTINE,
        "同一本账出现了两个不同的版本",
        "可能对方从旧备份恢复过或两台电脑用了同一份数据，也可能有人做了手脚。",
        f"{_UNTOUCHED}文件已另存，请打电话与报送单位核对。",
    ),
    Code.NEWER_FORMAT: Sentence(
        _HOLD,
        "报送件由更新版本的程序制作，本程序读不懂",
        "不是文件的问题。",
        f"{_UNTOUCHED}请升级本程序后再收。",
    ),
    Code.BAD_ENTRY: Sentence(
        _REJECT,
        "报送件里的记录写法不对",
        "可能由别的程序制作，也可能有人做了手脚。",
        f"{_UNTOUCHED}请打电话与报送单位核对，并退回重报。",
    ),
    Code.GAP: Sentence(
        _HOLD,
        "中间还缺前面的报送件",
        "多半是前一份还没有收到。",
        "这份已暂存，没有导入，请先收前面的报送件，收到后会自动接上。",
    ),
    Code.FUTURE_CLOCK: Sentence(
        _ACCEPT, "报送件的制作时间比本机时间还晚", "多半是其中一台电脑的日期不对。", "请核对两边电脑的日期。"
    ),
    Code.CERT_EXPIRED_SINCE: Sentence(
        _ACCEPT, "签名时证书有效，现在已经过期", "", "这份可以用，请提醒报送单位更新证书。"
    ),
    Code.NO_CRL: Sentence(_ACCEPT, "没有密钥作废名单可查", "", "可以用，请向县里要最新的作废名单。"),
    Code.CRL_STALE: Sentence(
        _ACCEPT, "密钥作废名单已经过了更新日期", "", "可以用，请向县里要最新的作废名单。"
    ),
    Code.REVOKED_LATER: Sentence(
        _ACCEPT, "签名用的密钥在收下之后才作废", "", "以前收下的有效，以后再用这个密钥签的不要收。"
    ),
    Code.CLOCK_BACKWARD: Sentence(
        _ACCEPT, "报送件的制作时间比它的前一份还早", "多半是对方电脑的日期调过。", "请报送单位核对电脑日期。"
    ),
    Code.SIGNER_UNCONFIRMED: Sentence(
        _ACCEPT,
        "内容完整，与签名时一致；签名人的身份未经县里确认",
        "",
        "请打电话与报送单位核对 20 位核对码；数字签名不能代替签字盖章，纸质件照常报送。",
    ),
    Code.ALREADY_HERE: Sentence(Verdict.NOOP, "这份报送件以前收过，内容相同", "", "不用管，没有重复导入。"),
    Code.OLDER: Sentence(_ACCEPT, "这份报送件里没有新内容，后面的已经收过", "", "不用管。"),
    Code.LATE: Sentence(_ACCEPT, "报送件在期限之后才到", "", "已收下，是否通报由县里决定。"),
    Code.NEWER_SCHEMA_KEPT: Sentence(
        _ACCEPT, "对方程序较新，有些内容本程序暂时看不懂，已原样留存", "", "请升级本程序，升级后会自动显示。"
    ),
}
