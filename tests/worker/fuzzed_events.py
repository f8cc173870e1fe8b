"""Webhook events as LINE sends them, and as it never would: strategies for Hypothesis."""

import copy
import json
import os
import time
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

USERS = tuple(f"U{digit * 32}" for digit in "abc")
GROUP, ROOM = "C" + "d" * 32, "R" + "e" * 32
MORE = os.environ.get("FUZZ_EXAMPLES", "")
STARTED_MS = int(time.time() * 1000)  # events of some fixed day would be passed over as too old

Json = Any


def fuzz(examples: int) -> settings:
    """The same few examples each time; with FUZZ_EXAMPLES so many others (`make fuzz`)."""
    return settings(
        max_examples=int(MORE or examples),
        derandomize=not MORE,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
    )


WORDS = (
    *(
        "メニュー",
        "ヘルプ",
        "最初から",
        "戻る",
        "やめる",
        "続ける",
        "データ削除",
        "申込前チェック",
        "よくある質問",
        "料金",
        "アカウント名チェック",
    ),
    *(
        "プレミアムID",
        "日程",
        "申込の流れ",
        "パートナー",
        "お問い合わせ",
        "はい",
        "いいえ",
        "横浜市",
        "府中市",
        "中央区",
        "神奈川県",
        "職員",
    ),
    *(
        "あります",
        "使っていません",
        "認証済み",
        "コミュニケーション",
        "lg.jp",
        "未定",
        "2026-12-01",
        "@yokohama-city",
        "月5000通",
        "引き継ぐ",
    ),
    *(
        "西区",
        "横濱市",
        "ﾖｺﾊﾏ",
        "7K3F-9Q2M",
        "{{7*7}}",
        "<script>alert(1)</script>",
        "%s%n",
        "${jndi:ldap://e}",
        "\r\nX: y",
        "null",
    ),
)
STRANGE = ("", " ", "\u3000", "\x00", "\u202e", "か\u3099", "👨‍👩‍👧‍👦🏳️‍🌈", "゛", "\ufeff", "\U0010ffff", "が", "A")
_TEXTS = st.one_of(
    st.sampled_from(WORDS + STRANGE),
    st.tuples(st.sampled_from(STRANGE), st.sampled_from([30, 300, 5000])).map(lambda pair: (pair[0] * pair[1])[:5000]),
    st.tuples(st.sampled_from(WORDS), st.sampled_from(STRANGE)).map("".join),
    st.text(max_size=40),
    st.text(st.characters(categories=["Cs", "Mn", "So", "Lo", "Cf"]), max_size=20),
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """What a user may type or paste."""
    return draw(_TEXTS)


TEXTS = texts()
FLOWS = (
    "precheck",
    "faq",
    "plans",
    "premium_id",
    "schedule",
    "partners",
    "contacts",
    "menu",
    "name_check",
    "handover",
    "process",
)
STEPS = (
    "body",
    "applicant",
    "has_account",
    "account_name",
    "verified",
    "plan_in_use",
    "current_plan",
    "review",
    "start",
    "category",
)
VALUES = (
    "yes",
    "no",
    "back",
    "cancel",
    "change",
    "true",
    "false",
    "staff",
    "none",
    "resume",
    "open",
    "0",
    "1",
    "skip",
    "",
)
DATA = st.one_of(
    st.builds(
        "flow={}&step={}&value={}&sid={}".format,
        st.sampled_from(FLOWS),
        st.sampled_from(STEPS),
        st.sampled_from(VALUES) | TEXTS,
        st.sampled_from(("", "abc", "x" * 100)),
    ),
    TEXTS,
)
SOURCES: st.SearchStrategy[Json] = st.one_of(
    st.sampled_from(USERS).map(lambda user: {"type": "user", "userId": user}),
    st.just({"type": "group", "groupId": GROUP, "userId": USERS[0]}),
    st.just({"type": "room", "roomId": ROOM}),
)


def _message(content: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    return content.map(lambda fields: {"type": "message", "message": {"id": "468789577898262530", **fields}})


def _mentioning(text: str) -> Json:
    mentionees = [{"index": 0, "length": 3, "type": "user", "isSelf": True}, {"index": 900, "length": 5, "type": "all"}]
    return {"type": "text", "text": text, "mention": {"mentionees": mentionees}}


KINDS: st.SearchStrategy[Json] = st.one_of(
    _message(TEXTS.map(lambda text: {"type": "text", "text": text, "quoteToken": "q"})),
    _message(TEXTS.map(_mentioning)),
    _message(
        st.sampled_from(["sticker", "image", "video", "audio", "file", "location", "brandNew"]).map(
            lambda kind: {"type": kind}
        )
    ),
    DATA.map(lambda data: {"type": "postback", "postback": {"data": data}}),
    DATA.map(lambda data: {"type": "postback", "postback": {"data": data, "params": {"date": "2026-12-01"}}}),
    st.booleans().map(lambda again: {"type": "follow", "follow": {"isUnblocked": again}}),
    st.just({"type": "unsend", "unsend": {"messageId": "468789577898262530"}}),
    st.sampled_from(["unfollow", "join", "leave", "memberJoined", "messageEdited", "beacon", "videoPlayComplete"]).map(
        lambda kind: {"type": kind}
    ),
)


def _event(number: int, source: Json, fields: Json, *, standby: bool) -> Json:
    return {
        "mode": "standby" if standby else "active",
        "timestamp": STARTED_MS + number,
        "source": source,
        "webhookEventId": f"01FUZZ{number:020d}",
        "deliveryContext": {"isRedelivery": False},
        **({} if standby else {"replyToken": f"{number:032d}"}),
        **fields,
    }


NUMBERS = st.integers(0, 10**12)
_GOOD = st.builds(_event, NUMBERS, SOURCES, KINDS, standby=st.sampled_from([False, False, False, True]))


@st.composite
def good(draw: st.DrawFn) -> Json:
    """An event as LINE sends it."""
    return draw(_GOOD)


GOOD = good()
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    TEXTS,
    st.sampled_from([20, 63, 400]).map(lambda digits: -(10**digits)),
)
_ANYTHING: st.SearchStrategy[Json] = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3), max_leaves=8
)


@st.composite
def anything(draw: st.DrawFn) -> Json:
    """Any value that Python's JSON can write, and some that JSON cannot hold."""
    return draw(_ANYTHING)


ANYTHING = anything()
DEEP = st.sampled_from([50, 260, 700]).map(lambda depth: json.loads("[" * depth + "]" * depth))


def _places(value: Json, before: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every field of an event."""
    if not isinstance(value, dict):
        return [before] if before else []
    below = [place for key in value for place in _places(value[key], (*before, key))]
    return [before, *below] if before else below


@st.composite
def mutated(draw: st.DrawFn) -> Json:
    """A good event of which a field or three are gone, or are something else."""
    event = copy.deepcopy(draw(GOOD))
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from(_places(event)))
        part = event
        for key in way:
            part = part[key] if isinstance(part, dict) and isinstance(part.get(key), dict) else event
        if draw(st.booleans()):
            part[last] = draw(ANYTHING | DEEP)
        else:
            part.pop(last, None)
    return event


EVENTS = st.one_of(GOOD, mutated(), mutated(), ANYTHING)


def body_of(events: list[Json], *, readable: bool = False) -> bytes:
    """As JSON, with what JSON does not allow: NaN, half surrogate pairs (as such where `readable`)."""
    content = {"destination": "U" + "0" * 32, "events": events}
    return json.dumps(content, ensure_ascii=not readable).encode("utf-8", "surrogatepass")
