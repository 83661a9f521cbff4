"""说明.txt: how anybody checks a 普通报送 without our program.

The text is a function of the manifest and part of format 1: verification makes it anew and compares, because
the file is not listed in the manifest and would otherwise be the one place where a stranger could write.
Changing a word here needs a new format number.
"""

from __future__ import annotations

from datetime import timedelta, timezone

from lianxin.bundle.checkcode import hex_code, spoken_code
from lianxin.bundle.manifest import Manifest
from lianxin.bundle.naming import CERTIFICATE_NAME, MANIFEST_NAME, SIGNATURE_NAME
from lianxin.domain.periods import Period

# China has one civil time; the place of the reader does not matter.
_BEIJING = timezone(timedelta(hours=8))

_TEXT = """数字签名说明

报送单位：{org_name}（代码 {org_code}）
报送期：{period}    报送序号：{seq}    制作时间：{created}（北京时间）
20 位核对码：{spoken}
32 位核对码：{hex}

一、这是什么
上一级文件夹里的文件是报送材料，直接用 Word、Excel 打开即可。
本文件夹里的签名用来核对：这些材料从签名之后有没有被改动过。
数字签名不能代替签字盖章，纸质件仍按原来的规定报送。

二、最简单的核对办法
1. 有“连心”程序的，用它核验这个压缩包，程序会显示 20 位核对码。
   没有的，按第三步自己算出 32 位核对码。
2. 打电话给报送单位，请对方念出核对码，与程序显示的或自己算出的对照。
   不要与本文件里印的对照；电话号码用您自己通讯录里的，不要用文件里写的。

三、不用任何专门程序的核对办法
（一）Windows：在本文件夹的地址栏输入 cmd 并回车，逐行输入：
    certutil -hashfile {manifest} SHA256
  显示的前 32 位就是 32 位核对码。再逐个核对材料：
{windows}
  每个结果应与 {manifest} 中该文件的 sha256 相同。
（二）Linux（含统信、麒麟）或装有 openssl 的电脑：在本文件夹打开终端，逐行输入：
    openssl x509 -in {certificate} -pubkey -noout > /tmp/pub.pem
    openssl dgst -sha256 -verify /tmp/pub.pem -signature {signature} {manifest}
  显示 Verified OK 表示清单与签名时一致。再核对清单和材料：
    sha256sum {manifest}
{linux}
  第一个结果的前 32 位就是 32 位核对码，其余应与 {manifest} 中该文件的 sha256 相同。

四、核对不上怎么办
不要使用这份材料，打电话请报送单位重新发一份。
签名只能说明材料没有改动；签名人是谁，要靠电话核对码来确认。
"""


def instructions(manifest: Manifest, digest: str) -> bytes:
    """Return 说明.txt: UTF-8 with BOM and CRLF, so that the oldest Notepad in use shows it right."""
    paths = [listed.path for listed in manifest.files]
    text = _TEXT.format(
        org_name=manifest.org_name,
        org_code=manifest.org_code,
        period=Period.parse(manifest.period).label,
        seq=manifest.seq,
        created=manifest.created_at.astimezone(_BEIJING).strftime("%Y-%m-%d %H:%M"),
        spoken=spoken_code(digest),
        hex=hex_code(digest),
        manifest=MANIFEST_NAME,
        certificate=CERTIFICATE_NAME,
        signature=SIGNATURE_NAME,
        windows="\n".join(f'    certutil -hashfile "..\\{_windows(path)}" SHA256' for path in paths),
        linux="\n".join(f"    sha256sum {_shell_quoted('../' + path)}" for path in paths),
    )
    return b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode("utf-8")


def _windows(path: str) -> str:
    return path.replace("/", "\\")


def _shell_quoted(path: str) -> str:
    return "'" + path.replace("'", "'\"'\"'") + "'"
