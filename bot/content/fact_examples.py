"""Examples of what staff state in the pre-check, by the answer that they give. The second reader learns from them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field

from bot.content.knowledge import JA
from bot.content.loader import ContentModel, load_yaml
from bot.content.models import Line

FOLDER = JA / "facts"
NOTHING, UNSURE = "nothing", "unsure"
AFTER = "｜"  # 認証｜まだです: what was written while that question was spoken of
SPOKEN_OF = {
    "body": "団体名",
    "has_account": "アカウントの有無",
    "plan_in_use": "地方公共団体プランの利用",
    "applicant": "申込者",
    "account_name": "アカウント名",
    "verified": "認証",
    "current_plan": "料金プラン",
    "email_domain": "メールアドレス",
    "apply_date": "申込日",
}


Lines = tuple[Line, ...]
Question = Literal[
    "body",
    "has_account",
    "plan_in_use",
    "applicant",
    "account_name",
    "verified",
    "current_plan",
    "email_domain",
    "apply_date",
]


@dataclass(frozen=True)
class FactExample:
    """A line with the answer that it gives (`verified=yes`, `unsure`, `nothing`) and the file that it stands in."""

    writer: str
    label: str
    text: str


class FactExamples(ContentModel):
    """One writer's file: for each question with choices the lines of each value, and lines that answer none."""

    has_account: dict[Literal["true", "false"], Lines] = Field(default_factory=dict)
    plan_in_use: dict[Literal["none", "this_account", "other_account"], Lines] = Field(default_factory=dict)
    applicant: dict[Literal["staff", "agency", "affiliate"], Lines] = Field(default_factory=dict)
    verified: dict[Literal["yes", "pending", "no"], Lines] = Field(default_factory=dict)
    current_plan: dict[Literal["communication", "light", "standard"], Lines] = Field(default_factory=dict)
    unsure: dict[Question, Lines] = Field(default_factory=dict)
    nothing: Lines = ()

    def labelled(self) -> Iterator[tuple[str, str]]:
        """Yield each line with its label: `verified=yes`, `unsure`, or `nothing`."""
        for key in ("has_account", "plan_in_use", "applicant", "verified", "current_plan"):
            for value, lines in getattr(self, key).items():
                yield from ((f"{key}={value}", line) for line in lines)
        yield from ((UNSURE, line) for lines in self.unsure.values() for line in lines)
        yield from ((NOTHING, line) for line in self.nothing)


def load_fact_examples(folder: Path = FOLDER) -> tuple[FactExample, ...]:
    """Return the lines of all files by name; ContentError with file and line at the first mistake."""
    return tuple(
        FactExample(path.stem, label, text)
        for path in sorted(folder.glob("*.yaml"))
        for label, text in load_yaml(path, FactExamples).labelled()
    )
