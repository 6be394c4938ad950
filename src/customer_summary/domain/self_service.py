"""What the customer did before they asked (spec 5). [seed 000, 001, 004]"""

from datetime import datetime
from enum import Enum
from typing import Annotated

import attrs

from customer_summary.domain.errors import InvalidValue
from customer_summary.domain.fields import SECRET, Id, Text, checked

MAX_TITLE = 600
MAX_URL = 1000


class SelfServiceKind(Enum):
    """The four kinds of action; every kind carries its instant."""

    PAGE_VISITED = "page_visited"
    PHRASE_SEARCHED = "phrase_searched"
    ARTICLE_VIEWED = "article_viewed"
    CUSTOM_ACTION = "custom_action"


@attrs.frozen(kw_only=True, field_transformer=checked)
class SelfServiceAction:
    """One action: the page, the phrase, the article or the tracked action stands in `title`.

    `code` is the number a foreign system gave a kind that is not one of the four; such an action is a custom one.
    """

    id: Id
    at: datetime
    sequence: int = 0
    kind: SelfServiceKind
    title: Annotated[str, Text(least=1, most=MAX_TITLE, strip=False), SECRET]
    url: Annotated[str, Text(most=MAX_URL, strip=False), SECRET] = ""
    ended_at: datetime | None = None
    code: int | None = None

    def __attrs_post_init__(self) -> None:
        if self.ended_at is not None and self.ended_at < self.at:
            raise InvalidValue("ended_at", "must not lie before the beginning")
        if self.code is not None and self.kind is not SelfServiceKind.CUSTOM_ACTION:
            raise InvalidValue("code", "only a custom action carries a foreign code")
