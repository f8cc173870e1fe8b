"""The load generator reports no contestant faster than it can be."""

from bench.load import Generator, Run, post
from tests.bench.slow_servers import Stub, running

REQUESTS = [post("/callback", b"{}", "signature")] * 2000
A_LITTLE_MORE = 1.3


def flooded(stub: Stub, *, connections: int, seconds: float) -> Run:
    generator = Generator(stub.port, connections)
    try:
        return generator.flood(REQUESTS, seconds)
    finally:
        generator.close()


def test_answers_that_come_late_do_not_make_a_slow_server_look_fast() -> None:
    with running(Stub(at_once=4, seconds=0.1)) as stub:
        run = flooded(stub, connections=16, seconds=3)
    assert run.in_time < run.answered == len(run.latencies)
    assert 0 < run.rate <= stub.most * A_LITTLE_MORE


def test_a_lost_connection_counts_as_a_lost_request_and_does_not_end_the_clock() -> None:
    with running(Stub(at_once=8, seconds=0.02, loses_first=True)) as stub:
        run = flooded(stub, connections=8, seconds=3)
    assert run.unanswered == 1
    assert 0 < run.rate <= stub.most * A_LITTLE_MORE


def test_a_paced_run_lasts_until_its_last_answer() -> None:
    with running(Stub(at_once=2, seconds=0.1)) as stub:
        generator = Generator(stub.port, 8)
        run = generator.pace(REQUESTS[:8], 1000)
        generator.close()
    assert (run.answered, run.unanswered) == (8, 0)
    assert run.rate <= stub.most * A_LITTLE_MORE
