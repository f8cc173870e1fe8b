"""Parts of patterns that several questions share: negations, and whose account is spoken of."""

import re

NEG = (
    r"(?:ない|なかった|なく(?!な)|無い|なし|無し|ないす|ねえ|ねぇ|ねー|ねす|ねず|ねっす|ねーす|り?ませ(?:ん|ぬ)|まへん|へん|せん(?!ぱい)|ゼロ|ぜろ|0件|"
    r"とらん|ちょらん|どらん|とらず|おらず|おらん|ておらん|てん(?!ぷ)|せず|なかと|なか(?=$|です|ばい|とよ)|にゃあ|んのよ|のうて|んかった)"
)
OUTSIDERS = re.compile(
    r"(?:観光協会|社協|社会福祉協議会|商工会(?:議所)?|財団|公社|協会|業者|個人)(?:さん)?の?(?:あかうんと|らいん|line|やつ)"
)

# A clause that only denies: いえ、違います
NO = re.compile(r"(?:いえ|いいえ|いや|違|ちが)[^、。]{0,6}$")


Table = tuple[tuple[str, re.Pattern[str]], ...]


def first(text: str, table: Table) -> str | None:
    """Return the name of the first pattern that is found."""
    return next((value for value, pattern in table if pattern.search(text)), None)


def table(**patterns: str) -> Table:
    """Return patterns by the value that they give, in their order; `yes__` is `yes` again."""
    return tuple((name.rstrip("_"), re.compile(pattern)) for name, pattern in patterns.items())
