from hypothesis import HealthCheck, settings

# A busy machine must not fail a test of pure functions.
settings.register_profile("busy machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy machine")
