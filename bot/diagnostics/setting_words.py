"""What is wrong with a setting, in Japanese; bot/settings.py says it in English."""

import re

# beginnings of the sentences there, each with what to say for it; {rest}: what follows
_WORDS = (
    ("is not set", "が設定されていません"),
    ("must not contain spaces", "に空白は使えません"),
    ("must start with ", "は {rest} で始めてください"),
    ("is not a URL", "は URL ではありません"),
    ("has a parameter for TLS", "の TLS のパラメーターは rediss:// でだけ使えます"),
    ("has a parameter that is not one of ", "の ? のあとに使えるのは {rest} だけです"),
    ("has a parameter whose value ", "の ? のあとの値が使えません"),
    ("has a parameter or a value ", "の ? のあとの名前か値が使えません"),
    ("has no host", "にホスト名がありません"),
    ("has no path", "にパスがありません"),
    ("has a port ", "のポートは 0 から 65535 までの数にしてください"),
    ("must be one secret", "は1つ、またはコンマで区切った2つにしてください"),
    ("must be one key", "は1つ、またはコンマで区切った異なる3つまでにしてください"),
    ("must be at least 32 ", "は32文字以上にしてください（例: openssl rand -hex 32 の出力）"),
    ("must be the output ", "は openssl rand -hex 32 などの出力だけにしてください（コマンド・空白・# は使えません）"),
    ("must be printable ", "は空白のない半角英数字・記号にしてください"),
    ("must be an IP ", "は IP アドレスにしてください"),
    ("must be lines of ", "は madoguchi console-user の出力を空白で区切って並べてください"),
    ("names an operator twice", "に同じ名前が2回あります"),
    ("may name several nodes ", "に複数のノードを書けるのは REDIS_CLUSTER=1 のときだけです"),
    ("is the seed node ", "は REDIS_CLUSTER=1 のとき必要です"),
    ("must name a broker ", "は REDIS_CLUSTER=1 のとき別のブローカー（amqp://…）にしてください"),
)


def in_japanese(problem: str) -> str:
    """`NAME: what is wrong`, as the settings put it."""
    name, _, text = problem.partition(": ")
    for begins, words in _WORDS:
        if text.startswith(begins):
            return name + words.format(rest=re.sub(", ", " か ", text.removeprefix(begins)))
    return f"{name} の値が正しくありません"
