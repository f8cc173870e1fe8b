"""Write the figures of docs/explanation/scaling.md from `bench/results/latest.json`: `-m scripts.scaling_figures`.

Sizes are multiples of the rate that one machine was measured to sustain. Limits are given with that rate.
"""

import re
from pathlib import Path

from bench.figures import Report, read
from bench.starting import PARENT

PAGE = Path(__file__).parent.parent / "docs" / "explanation" / "scaling.md"
END_TO_END, MEMORY, GROWTH = "end to end", "start and memory", "growth"
LINES_LIMIT = 2000  # replies a second and channel
REDIS_CORE = (3000, 5000)  # events a second that fill its one core: 0.2-0.35 ms each
ID_BYTES, ID_HOURS = 190, 25  # of an event id that was seen, in Redis
APPENDED = 8500  # bytes an event, in the append-only file
_PLACE = re.compile(r"(<!-- (measured|sizes): [^>]* -->\n).*?(<!-- /\2 -->)", re.DOTALL)


def with_figures(page: str, report: Report | None = None) -> str:
    """Return the page with the results of the last run between its markers."""
    found = report or read()
    parts = {"measured": measured(found), "sizes": sizes(found)}
    return _PLACE.sub(lambda place: f"{place[1]}{parts[place[2]]}\n{place[3]}", page)


def _value(report: Report, part: str, name: str, unit: str) -> float:
    return next(f.median for f in report.figures if (f.part, f.name, f.unit) == (part, name, unit))


def sustained(report: Report) -> float:
    """Return the events a second that one machine answered without falling behind."""
    return _value(report, END_TO_END, "ours, LINE after 50 ms: held", "events/s")


def _cpu(report: Report) -> float:
    """Return the CPU milliseconds of an event at about that rate: web, worker and Redis together."""
    rates = [float(f.name[6:-2]) for f in report.figures if re.fullmatch(r"ours, \d+/s", f.name) and f.unit == "CPU µs"]
    nearest = min(rates, key=lambda rate: abs(rate - sustained(report)))
    return _value(report, END_TO_END, f"ours, {nearest:.0f}/s", "CPU µs") / 1000


def measured(report: Report) -> str:
    """Return the measurements of one machine as a table."""
    rows = [
        ("events a second, sustained, LINE answering after 50 ms: **1×**", f"**{sustained(report):,.0f}**"),
        ("CPU an event at about that rate", f"{_cpu(report):.1f} ms"),
        *((f"idle, with {broker} as broker", _idle(report, broker)) for broker in ("Redis", "RabbitMQ")),
        (
            "memory of a web process; of their parent, which serves nothing",
            f"{_memory(report, 'web process')}; {_memory(report, PARENT)} MB",
        ),
        ("memory of a worker process", f"{_memory(report, 'worker process')} MB"),
        ("an open conversation in Redis, begun; all answers given", _conversation(report)),
    ]
    origin = report.origins[END_TO_END]
    head = f"Measured {origin.date} on one machine of {origin.machine['cores']} cores, load and stand-in for LINE on it"
    return "\n".join([f"| {head} | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)])


def _idle(report: Report, broker: str) -> str:
    def of(what: str, unit: str) -> str:
        return f"{_value(report, END_TO_END, f'idle on {broker}: {what}', unit):.3g}"

    cpu = ", ".join(f"{kind} {of(f'CPU of {kind}', '%')}" for kind in ("worker", "web", "Redis"))
    return f"event in → reply out {of('p50', 'ms')} ms (p50), {of('p99', 'ms')} ms (p99); % of a core: {cpu}"


def _memory(report: Report, kind: str) -> str:
    return f"{_value(report, MEMORY, kind, 'MB'):.0f}"


def _conversation(report: Report) -> str:
    begun, full = (
        _value(report, GROWTH, f"an open conversation, {state}", "bytes in Redis")
        for state in ("just begun", "all answers given")
    )
    return f"{begun:,.0f}; {full:,.0f} bytes"


def sizes(report: Report) -> str:
    """Return what breaks first at which multiple of the measured rate, as a table."""
    rate = sustained(report)

    def size(times: float) -> str:
        return f"{times:,.0f}× ({rate * times:,.0f}/s)"

    def reached(events: float) -> str:
        return f"{events / rate:.2g}"

    ids = rate * ID_HOURS * 3600
    core = f"{reached(REDIS_CORE[0])}–{reached(REDIS_CORE[1])}× ({REDIS_CORE[0]:,}–{REDIS_CORE[1]:,}/s)"
    line = f"{reached(LINES_LIMIT)}× ({LINES_LIMIT:,}/s)"
    rows = (
        (size(1), "nothing", "one machine, one Redis; `WEB_PROCESSES=2`, `WORKER_PROCESSES=2`"),
        (
            f"{size(1)}, day and night",
            f"memory for event ids: 25 hours of it are {ids / 1e6:.0f} million ids, {ids * ID_BYTES / 1e9:.1f} GB; "
            f"an hour of it is {rate * 3600 * ID_BYTES / 1e9:.1f} GB",
            "memory, or a cluster; shorten `ACCEPTED_TTL` knowingly",
        ),
        (
            f"from {size(1)} on",
            "CPU of web and workers",
            "more processes, then machines: both are stateless, start as many as you like",
        ),
        (
            line,
            "**LINE**: 2,000 replies a second per channel. It answers 429, replies are retried later, tokens expire "
            "after a minute, and the rest is sent as pushes, which count against the quota; up to there the bot needs "
            f"{LINES_LIMIT * _cpu(report) / 1000:.0f} cores",
            "a second channel with its own Redis",
        ),
        (
            core,
            "Redis's one core",
            "RabbitMQ takes the wake-ups off it, then a cluster: three masters hold three times as much",
        ),
        (
            size(10),
            f"append-only file: {rate * 10 * APPENDED / 1e6:.0f} MB a second",
            "`auto-aof-rewrite-min-size 1gb`; the file shrinks to the live data, which is little",
        ),
        (
            size(100),
            "connections: a worker process keeps up to `WORKER_THREADS` + 4 to **each** Redis server, "
            "a web process up to 18",
            "`maxclients` (10,000): 130 worker processes of 64 threads; then fewer, larger ones",
        ),
        (
            size(100),
            "one hot key: the metrics (`{figures}`) and dead letters are on one server each; "
            "one call per second and process",
            "nothing before 1,000 processes",
        ),
        (
            size(1000),
            "256 buckets: no more than 256 masters, and uneven from about 50 on",
            "more than one channel could ever send",
        ),
    )
    return "\n".join(
        ["| Size | What breaks first | What to do |", "|---|---|---|", *(f"| {' | '.join(r)} |" for r in rows)]
    )


if __name__ == "__main__":
    PAGE.write_text(with_figures(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
