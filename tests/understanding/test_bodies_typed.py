"""No way to type a body leads to another one: a sample in `make test`, all of them in `make fuzz`."""

from bot.flows.context import Context, Resources
from bot.flows.reading import read_message
from tests.governments.ways_to_write import REGISTER, WAYS_TO_TYPE, sampled
from tests.understanding.test_messages import TODAY


def test_a_typed_body_is_taken_or_offered_and_never_another(resources: Resources) -> None:
    ctx = Context(resources=resources, today=TODAY, new_conversation_id="typed")
    missed = []
    for government, way in sampled(WAYS_TO_TYPE, 300):
        text = way.format(government.name, full=government.full_name)
        read = read_message(text, "body", {}, ctx)
        noted = read.facts.get("body")
        same = {one.full_name for one in REGISTER.homonyms(government)}
        assert noted in {None, government.full_name}, (text, noted)
        assert noted is None or "{full}" in way or len(same) == 1, (text, same)
        assert set(read.facts) <= {"body", "applicant"}, (text, read.facts)
        if noted is None and government.full_name not in read.ask_back.get("body", ()):
            missed.append(text)
    assert not missed
