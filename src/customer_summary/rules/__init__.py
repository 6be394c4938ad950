"""What happens: pure functions and machines over those values."""
