"""The sentences of the conversation, as frozen models of `ja/ui.yaml`, `ja/words.yaml` and `ja/precheck.yaml`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.content.knowledge import JA
from bot.content.loader import ContentModel, Model, read_document
from bot.content.talk import Pattern
from bot.content.text_checks import (
    Blanks,
    Choices,
    refuse_blanks,
    refuse_choices,
    refuse_shared_words,
    refuse_unexplained,
)


class WelcomeText(ContentModel):
    """The greeting."""

    title: str
    lead: str
    returning: str
    points: tuple[str, ...]
    note: str


class ItemText(ContentModel):
    """A row of the menu."""

    label: str
    note: str


class MenuText(ContentModel):
    """The text menu; `items` by function."""

    title: str
    lead: str
    more: str
    items: Mapping[str, ItemText]


class MovesText(ContentModel):
    """Labels of the moves that every conversation knows."""

    back: str
    cancel: str
    resume: str
    restart: str
    menu: str
    change: str
    handover: str
    erase: str
    precheck: str


class NoticeText(ContentModel):
    """A short word of its own."""

    title: str
    text: str


class OpenerText(ContentModel):
    """The button under some answers that opens the function which knows more."""

    label: str
    entries: tuple[str, ...]


class FaqText(ContentModel):
    """The sentences around the entries."""

    title: str
    lead: str
    category_lead: str
    count: str
    candidates_title: str
    candidates_lead: str
    none_of_these: str
    helpful: str
    wrong: str
    related: str
    contacts: str
    openers: Mapping[str, OpenerText]

    def opener(self, entry: str) -> tuple[tuple[str, str], ...]:
        """Function and label of the button under that entry, if it has one."""
        return tuple((name, one.label) for name, one in self.openers.items() if entry in one.entries)


class HandoverText(ContentModel):
    """The sentences around a resume code."""

    phrase: str
    text: str
    copy_label: str
    taken: str
    replace_title: str
    replace_text: str
    replace: str


class UiText(ContentModel):
    """`ui.yaml`."""

    welcome: WelcomeText
    menu: MenuText
    moves: MovesText
    notices: Mapping[str, NoticeText]
    reference: str
    tester: str
    faq: FaqText
    resume: NoticeText
    handover: HandoverText


class WordsText(ContentModel):
    """`words.yaml`: what always works, and what opens a function."""

    always: Mapping[str, tuple[str, ...]]
    functions: Mapping[str, tuple[str, ...]]


class QuestionText(ContentModel):
    """One question of a flow; `choices` by value."""

    label: str
    title: str
    why: str
    page: int
    hint: str = ""
    choices: Mapping[str, str]


class VerdictText(ContentModel):
    """The sentences around the verdict."""

    labels: Mapping[str, str]
    marks: Mapping[str, str]
    change: str
    again: str
    form: str
    copy_form: str
    sheet: str
    copy_text: str
    contacts: str
    partners: str
    disclaimer: str
    heading: str
    conditions_title: str
    steps_title: str
    timeline_title: str
    warnings_title: str
    cannot_undo: str
    timeline_today: str
    timeline_apply: str
    timeline_review: str
    timeline_effective: str


class TextVersionText(ContentModel):
    """The result as plain text, to be pasted into a mail."""

    title: str
    checked: str
    account: str
    verdict: str
    conditions: str
    schedule: str
    steps: str
    cannot_undo: str
    form: str
    source: str


class ConversationText(ContentModel):
    """The sentences that answer free words in the pre-check, and the forms of those words.

    `echo` by question and value. By question: `again`, other words for it, `find_out`, how the answer can be found,
    and `entries` of the knowledge that explain its condition.
    """

    echo: Mapping[str, Mapping[str, str]]
    noted: str
    same: str
    corrected: str
    conflict: str
    conflict_rest: str
    likely: str
    which_account: str
    left_open: str
    open_points: str
    still_open: str
    nothing_known: str
    lost: NoticeText
    again: Mapping[str, str]
    entries: Mapping[str, tuple[str, ...]]
    stuck: str
    skip: str
    back_notes: tuple[str, ...]
    find_out: Mapping[str, str]
    kinds: Mapping[str, str]
    waits: tuple[Pattern, ...]
    starts: tuple[Pattern, ...]
    asks_if_eligible: tuple[Pattern, ...]
    wishes: tuple[Pattern, ...]
    corrections: tuple[Pattern, ...]
    wants_verdict: tuple[Pattern, ...]


class PrecheckText(ContentModel):
    """`precheck.yaml`."""

    heading: str
    intro: str
    source: str
    questions: Mapping[str, QuestionText]
    skipped: str
    problems: Mapping[str, str]
    notes: Mapping[str, str]
    conversation: ConversationText
    buttons: Mapping[str, str]
    verdict: VerdictText
    text_version: TextVersionText


class NameCheckText(ContentModel):
    """`name_check.yaml`."""

    heading: str
    question: QuestionText
    source: str
    headlines: Mapping[str, str]
    suggestions_title: str
    copy_label: str
    homonyms: str
    more: str
    caution: str
    next: str
    precheck: str


@dataclass(frozen=True, slots=True)
class Texts:
    """Every sentence that is not an answer of the knowledge."""

    ui: UiText
    words: WordsText
    precheck: PrecheckText
    name_check: NameCheckText


_UI: Blanks = {
    "faq.count": ("count",),
    "handover.phrase": ("code",),
    "handover.text": ("phrase",),
    "reference": ("reference",),
    "tester": ("code",),
}
_PRECHECK: Blanks = {
    "source": ("page",),
    "problems.body_not_found": ("text",),
    "problems.body_several": ("count",),
    "problems.name_ng": ("text", "message"),
    "problems.name_unclear": ("text", "message"),
    "notes.body": ("name",),
    "notes.name_ok": ("name",),
    "notes.now": ("value",),
    "notes.understood": ("value",),
    "conversation.noted": ("values",),
    "conversation.same": ("values",),
    "conversation.corrected": ("label", "before", "value"),
    "conversation.conflict": ("label", "before", "value"),
    "conversation.conflict_rest": ("labels",),
    "conversation.likely": ("label",),
    "conversation.left_open": ("label", "how"),
    "conversation.open_points": ("labels",),
    "conversation.still_open": ("labels",),
    "buttons.change_to": ("value",),
    "text_version.checked": ("day",),
    "text_version.account": ("body", "name"),
    "text_version.verdict": ("verdict",),
    "text_version.form": ("address",),
}
_NAME_CHECK: Blanks = {"source": ("page",), "homonyms": ("names",)}


def load_texts(*, choices: Choices, fold: Callable[[str], str]) -> Texts:
    """Raises ContentError with file and line for the first mistake.

    `choices`: the values each question of the pre-check knows. `fold`: what makes two spellings one word.
    """
    words = read_document(JA / "words.yaml", WordsText)
    refuse_shared_words(words, fold)
    precheck = read_document(JA / "precheck.yaml", PrecheckText)
    refuse_blanks(precheck, _PRECHECK)
    refuse_choices(precheck, {name: text.choices for name, text in precheck.value.questions.items()}, choices)
    conversation = precheck.value.conversation
    refuse_unexplained(precheck, "conversation.again", conversation.again, choices)
    refuse_unexplained(precheck, "conversation.find_out", conversation.find_out, set(choices) - {"review"})
    return Texts(
        ui=_filled("ui.yaml", UiText, _UI),
        words=words.value,
        precheck=precheck.value,
        name_check=_filled("name_check.yaml", NameCheckText, _NAME_CHECK),
    )


def _filled(name: str, model: type[Model], blanks: Blanks) -> Model:
    document = read_document(JA / name, model)
    refuse_blanks(document, blanks)
    return document.value
