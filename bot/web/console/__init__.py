"""`/console`: what the operators see and do. Only `routes` and `guard` load with the web process."""
