"""Wake-ups: best-effort messages over the broker that name a user with pending work. Dramatiq is used here alone."""

import os

# dramatiq reads this while it is imported: milliseconds until a consumer retries after it lost the broker.
os.environ.setdefault("dramatiq_restart_delay", "500")
