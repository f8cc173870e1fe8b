"""Offices named after a place that belong to another local government: branch offices, fire headquarters, 都庁."""

import re
from collections.abc import Collection, Mapping

_BRANCH = re.compile(
    r"([一-龥ぁ-んァ-ヶー・]{2,8}?)(?:総合|地域|広域)?(?:振興局|支庁|県民局|県民センター|地方事務所|地域事務所)"
)
_PREFECTURE = re.compile(r"^(?:北海道|東京都|(?:大阪|京都)府|.{2,3}県)の?(?=.)")
_FIRE = re.compile(r"([一-龥ぁ-んァ-ヶー・]{2,14}?)(?:市|町|村)?消防(?:本部|局|組合)")
_SHORT = re.compile(r"(都|道|府)(?:議会|教委|教育委員会|庁|本庁|水道局|の(?:職員|者))")
_SHORT_FOR = {"都": ("東京都",), "道": ("北海道",), "府": ("大阪府", "京都府")}
# Branch offices of prefectures by the place in their name. One of two prefectures (日高, 大島) is asked back.
BRANCHES: Mapping[str, tuple[str, ...]] = {
    "北海道": (
        "空知",
        "石狩",
        "後志",
        "胆振",
        "日高",
        "渡島",
        "檜山",
        "上川",
        "留萌",
        "宗谷",
        "オホーツク",
        "十勝",
        "釧路",
        "根室",
    ),
    "岩手県": ("県南", "沿岸", "盛岡", "県北"),
    "秋田県": ("鹿角", "北秋田", "山本", "由利", "仙北", "平鹿", "雄勝"),
    "山形県": ("村山", "最上", "置賜", "庄内"),
    "東京都": ("大島", "三宅", "八丈", "小笠原"),
    "新潟県": ("村上", "新発田", "三条", "長岡", "魚沼", "南魚沼", "十日町", "柏崎", "上越", "糸魚川", "佐渡"),
    "長野県": ("佐久", "上田", "諏訪", "上伊那", "南信州", "木曽", "松本", "北アルプス", "長野", "北信"),
    "兵庫県": ("東播磨", "北播磨", "中播磨", "西播磨", "但馬", "丹波", "淡路", "阪神北", "阪神南"),
    "和歌山県": ("海草", "那賀", "伊都", "有田", "日高", "西牟婁", "東牟婁"),
    "岡山県": ("備前", "備中", "美作"),
    "長崎県": ("島原", "五島", "壱岐", "対馬", "県央"),
    "熊本県": ("宇城", "玉名", "鹿本", "菊池", "阿蘇", "上益城", "八代", "芦北", "球磨", "天草"),
    "大分県": ("豊肥",),
    "鹿児島県": ("南薩", "北薩", "姶良・伊佐", "大隅", "熊毛", "大島"),
}


def names_branch(text: str) -> bool:
    """Return True if a text names a branch office of a prefecture: 根室振興局."""
    return bool(_BRANCH.search(text))


def prefectures_of_branch(text: str) -> tuple[str, ...]:
    """Return the prefectures that may have this branch office: the one in the text, else those by its place."""
    found = _BRANCH.search(text)
    named = tuple(name for name in BRANCHES if name.rstrip("都府県") in text)
    if len(named) == 1 or not found:
        return named
    return tuple(name for name, places in BRANCHES.items() if found[1].endswith(places))


def is_joint_fire_service(words: str, names: Collection[str]) -> bool:
    """Return True for the fire service of several local governments (草加八潮消防局): its place is the name of none."""
    found = _FIRE.fullmatch(words)
    if found is None:
        return False
    place = _PREFECTURE.sub("", found[1])
    return not any(f"{place}{kind}" in names for kind in ("", "市", "町", "村"))


def short_for(words: str) -> tuple[str, ...]:
    """Return the prefectures whose office is called so at home: 都議会, 府庁."""
    found = _SHORT.match(words)
    return _SHORT_FOR[found[1]] if found else ()
