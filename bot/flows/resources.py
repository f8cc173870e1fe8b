"""Loads and checks all content that the flows need, in the version in use."""

from functools import cache

from bot.content import cached
from bot.content.account_names import load_sentences
from bot.content.fact_examples import load_fact_examples
from bot.content.knowledge import load_knowledge
from bot.content.models import Knowledge
from bot.content.questions import load_questions
from bot.content.service import load_service
from bot.content.speech import forms as speech_forms
from bot.content.stateless_flows import load_counters
from bot.content.statements import load_statements
from bot.content.texts import Texts, load_texts
from bot.content.version import current
from bot.flows.commands import CommandParser, fold
from bot.flows.context import Resources
from bot.flows.precheck.steps import CHOICES
from bot.governments import Registry, load
from bot.understanding import asking
from bot.understanding.encoder import BUNDLED, Encoder, load_encoder
from bot.understanding.facts import second_reader
from bot.understanding.facts.reader import FactReader
from bot.understanding.model_files import load as load_model
from bot.understanding.model_files import model_folder
from bot.understanding.search import Search
from bot.understanding.talk import load_talk_reader


def load_resources(encoder: str = BUNDLED) -> Resources:
    """Load the resources. Raise ContentError with file and line for the first mistake in the content."""
    speech_forms()
    load_sentences()  # read where a verdict is put in words: a mistake in them has to show at the start
    texts = conversation_texts()
    knowledge = load_knowledge()
    typed = cached.typed_words()
    register = load()
    return Resources(
        texts=texts,
        commands=CommandParser(texts.words),
        vocabularies={name: typed.vocabulary(name) for name in typed.questions},
        precheck=cached.precheck_texts(),
        knowledge=knowledge,
        search=_search(encoder, knowledge),
        talk=load_talk_reader(knowledge),
        facts=_facts(encoder, knowledge, register),
        register=register,
        counters=load_counters(knowledge),
        service=load_service(knowledge),
        version=current(),
    )


def _search(encoder: str, knowledge: Knowledge) -> Search:
    """Return the search of this version. The model is loaded anew, because it learns the version's newer lines."""
    model = load_model(model_folder(encoder))
    return Search(knowledge, load_questions(knowledge.by_id), model, _shared_encoder(encoder))


def _facts(encoder: str, knowledge: Knowledge, register: Registry) -> FactReader:
    """Return the reader of facts, with both models that it asks."""
    lines = second_reader.lines_of(load_fact_examples())
    learned = load_model(model_folder(encoder, second_reader.FOLDER))
    second = second_reader.SecondReader(learned, lines, _shared_encoder(encoder))
    return FactReader(register, asking.load(question_examples(knowledge, register)), second)


@cache
def _shared_encoder(choice: str) -> Encoder | None:
    """Return the encoder, which all versions share, because it learns nothing."""
    return load_encoder(choice)


def question_examples(knowledge: Knowledge, register: Registry) -> list[tuple[int, str]]:
    """Return what the detector of questions learns: the bank, the statements, and plain answers as they are typed."""
    typed = cached.typed_words()
    words = (word for values in typed.questions.values() for value in values.values() for word in value.words)
    stems = dict.fromkeys(body.stem for body in register.governments)
    names = [body.name for body in register.governments][::3]
    bodies = (*stems, *names, *(f"{name}です" for name in names[::4]))
    answers = (*words, *typed.yes, *typed.no, *typed.unknown, *bodies)
    questions = (question.text for question in load_questions(knowledge.by_id))
    return asking.examples(questions, load_statements(), answers)


def conversation_texts() -> Texts:
    """Load the sentences, and check them against the questions and commands."""
    return load_texts(choices={**CHOICES, "review": ("confirm",)}, fold=fold)
