"""Understands what staff write: questions, and what is said around them.

Matrix products here are small. One thread each is fastest, and leaves the other core to the other processes, so the
thread count is set before numpy is loaded.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
