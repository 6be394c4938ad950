"""The tone of a field: what a terminal or a web page may colour, without a colour."""

from enum import Enum


class Tone(Enum):
    """How much a value asks for attention."""

    NEUTRAL = "neutral"
    MUTED = "muted"
    GOOD = "good"
    NOTICE = "notice"
    URGENT = "urgent"
