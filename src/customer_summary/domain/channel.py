"""The channels over which a conversation is held (spec 12)."""

from enum import Enum


class Channel(Enum):
    """One channel. What sets channels apart is said here once, as properties."""

    LIVE_CHAT = "live_chat"
    SMS = "sms"
    WHATSAPP = "whatsapp"
    LINE = "line"
    WECHAT = "wechat"
    FACEBOOK = "facebook"
    TWITTER = "twitter"
    TEAMS = "teams"
    APPLE_MESSAGES = "apple_messages"
    GOOGLE_BUSINESS_MESSAGES = "google_business_messages"
    SOCIAL = "social"
    CUSTOM = "custom"
    EMAIL = "email"
    VOICE = "voice"
    VIDEO = "video"
    CO_BROWSE = "co_browse"
    SCREEN_SHARING = "screen_sharing"
    RECORD = "record"

    @property
    def is_messaging(self) -> bool:
        """Whether people write to each other over it; the page then has its chat tabs."""
        return self not in _NOT_MESSAGING

    @property
    def is_live(self) -> bool:
        """Whether both sides are there at once: a session closed without End goes back to the queue."""
        return self in _LIVE

    @property
    def is_call(self) -> bool:
        """Whether it is held as a call, alone or with pictures."""
        return self in _CALLS


_CALLS = frozenset({Channel.VOICE, Channel.VIDEO, Channel.CO_BROWSE, Channel.SCREEN_SHARING})
_LIVE = _CALLS | {Channel.LIVE_CHAT}
_NOT_MESSAGING = _CALLS | {Channel.EMAIL, Channel.RECORD}
