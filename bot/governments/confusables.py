"""Characters in names of local governments that people and input methods confuse."""

import re

_LINKS = re.compile("[ケの]")  # 越ヶ谷市, 西ノ宮市
# In each group any two characters look or sound alike, or come from one key of an input method.
_GROUPS = (
    "大太犬 始姶 坂阪板 埼崎碕琦 群郡 谷屋 河川 埠阜 媛姫 牧枚 兵浜 原腹 駒狛 達立 波並 保安 子寺時 端橋 隅墨 "
    "籐藤 茨荊 湯潟泻 仲中 島鳥 栗粟 萩荻 釜窯 徳得 賀加 城木 末未 綾陵 岡丘崗 笠傘 笹篠 盛森守 尾毛 境堺 蒲浦薄 "
    "水氷永 千干 王玉 士土 矢失 日白目 石右 州洲 須順 那邦 能熊 鹿塵 鶴鵜 亀電 東柬 西酉 巳己已 村材 林杯 柏拍 "
    "栃朽 磐盤 姥姨 昭沼 淡談 八入人 二ニ 三ミ"
)
CONFUSABLE_PAIRS = frozenset(
    frozenset((one, other)) for group in _GROUPS.split() for one in group for other in group if one != other
)

# Names in kana that people write in kanji.
KANJI_SPELLINGS = {
    "さぬき市": ("讃岐市",),
    "つがる市": ("津軽市",),
    "むつ市": ("陸奥市",),
    "廿日市市": ("二十日市市",),
    "ふじみ野市": ("富士見野市", "ふじ見野市"),
    "ひたちなか市": ("常陸那珂市", "ひたち那珂市"),
    "つくばみらい市": ("筑波未来市", "つくば未来市"),
    "かすみがうら市": ("霞ケ浦市",),
    "いわき市": ("磐城市", "岩城市"),
    "うきは市": ("浮羽市",),
    "いすみ市": ("夷隅市",),
    "いなべ市": ("員弁市",),
    "あわら市": ("芦原市",),
    "かほく市": ("河北市",),
    "にかほ市": ("仁賀保市",),
    "えびの市": ("海老野市",),
    "たつの市": ("龍野市",),
    "みどり市": ("緑市",),
    "東かがわ市": ("東香川市",),
    "いちき串木野市": ("市来串木野市",),
    "南あわじ市": ("南淡路市",),
    "あきる野市": ("秋留野市",),
    "あま市": ("海部市",),
    "みやま市": ("三山市",),
    "ニセコ町": ("新雪谷町", "二世古町"),
    "えりも町": ("襟裳町",),
    "せたな町": ("瀬棚町",),
    "みなかみ町": ("水上町",),
    "ときがわ町": ("都幾川町",),
    "まんのう町": ("満濃町",),
    "東みよし町": ("東三好町",),
    "いの町": ("伊野町",),
    "さつま町": ("薩摩町",),
    "おおい町": ("大飯町",),
}


def edit_cost(distance: int, typed: str, name: str) -> float:
    """Return the edit distance, in which a character replaced by a confusable one counts half."""
    if len(typed) != len(name):
        return 0.25 if _LINKS.sub("", typed) == _LINKS.sub("", name) else distance
    pairs = zip(typed, name, strict=True)
    halves = sum(frozenset((one, other)) in CONFUSABLE_PAIRS for one, other in pairs if one != other)
    return max(distance - halves / 2, distance / 2)


def shared_ends(typed: str, name: str) -> int:
    """Return the number of characters that both texts share at the beginning and at the end."""
    return _common(typed, name) + _common(typed[::-1], name[::-1])


def _common(one: str, other: str) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
