"""What holds for every test."""

from hypothesis import HealthCheck, settings

# A slow machine is no failure, and the same code passes or fails the same way each time.
settings.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")
