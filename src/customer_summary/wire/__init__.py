"""What travels: JSON in and out, versions, foreign payloads."""
