"""The mail domain in a message."""

import re

from bot.text.normalize import fold

_DOMAIN = re.compile(r"(?<![a-z0-9.-])@?(?:[a-z0-9._+-]+@)?((?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,})(?![a-z0-9@-])")
_LG = re.compile(
    r"(?<![a-z.])lg(?:[.どd・]|どっと|ドット)?jp|える?じー?(?:どっと)?\.?jp|(?<![a-z])lg(?![a-z.])|えるじー"
)
_NOT = re.compile(
    r"^[^、。,]{0,8}?(?:では|じゃ|で)?(?:は)?(?:ありません|ない|なく|ません|ねえ|なし|不可|非対応|使えな|持って(?:い)?な|付いて(?:い)?(?:な|お?りま?せ)|以外|かどうか|か(?:は|な)|って何|もらえ|でき(?:ない|ませ))"
    r"|^[^、。,]{0,16}?(?:では|じゃ)(?:ござい|あり)ません"
)
_FORMER = re.compile(r"→|^(?:から(?!出|送|申|の?めーる|の?メール|で|やり|連絡|手続|$)|ではなく|じゃなく|でなく)")


def find_domain(raw: str, *, bare: bool) -> str | None:
    """Return the domain a clause names; what it denies or has replaced is left out."""
    if re.search(r"no-?reply|届い|から(?:でし|来|き)", raw):
        return None  # an address that wrote to them
    plain = fold(raw, spaces=True)
    found = []
    for match in _DOMAIN.finditer(plain):
        after = plain[match.end() :]
        if (
            re.search(r"\.(?:html?|php|png|jpg)$", match[1])
            or "//" in plain[: match.start()][-3:]
            or _NOT.match(after)
            or _FORMER.match(after.strip())
        ):
            continue
        found.append(match[1])
    if found:
        return found[-1] if len(set(found)) == 1 or "→" in plain else None
    kana = fold(raw, kana=True, spaces=False)
    loose = _LG.search(kana)
    topic = bare or re.search(r"めーる|あどれす|めあど|どめいん", kana)
    if loose and (topic or "lg.jp" in kana or "lgjp" in kana) and not _NOT.match(kana[loose.end() :]):
        return "lg.jp"
    if bare and re.search(r"(?:g|じー)めーる|gmail", kana):
        return "gmail.com"
    return None


def denies_lg(raw: str) -> bool:
    """Return True if a clause says that the address is not one of lg.jp."""
    kana = fold(raw, kana=True, spaces=False)
    loose = _LG.search(kana)
    return bool(loose and _NOT.match(kana[loose.end() :]))
