"""What all tests share: Hypothesis profiles and the reference data."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile(
    "ci", max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "thorough",
    max_examples=5000,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.target, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


@pytest.fixture(scope="session")
def reference_data() -> Path:
    """The folder of reference data; tests that need it skip without it."""
    named = os.environ.get("CUSTOMER_SUMMARY_DATA")
    if not named:
        pytest.skip("CUSTOMER_SUMMARY_DATA names no folder of reference data")
    folder = Path(named)
    assert folder.is_dir(), "CUSTOMER_SUMMARY_DATA must name a folder"
    return folder
