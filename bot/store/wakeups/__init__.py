"""Wake-ups: best-effort messages over the broker that name a user with pending work."""
