"""What is known of the visitor's side of a chat (spec 4.2)."""

from typing import Annotated

import attrs

from customer_summary.domain.fields import SECRET, Text, checked

MAX_ORIGIN = 2048


@attrs.frozen(kw_only=True, field_transformer=checked)
class VisitorDetails:
    """Browser, system, place and language of a visitor; what is not known is empty text.

    `authenticated` is true exactly when the customer was signed in to the portal when the chat started.
    [seed 000, 001, 004] Only the host's verified identity may set it: nothing that a visitor sends does.
    `language` is the language of the interaction, not of the browser.
    """

    authenticated: bool = False
    browser: str = ""
    operating_system: str = ""
    location: Annotated[str, SECRET] = ""
    language: str = ""
    device: str = ""
    origin_url: Annotated[str, Text(most=MAX_ORIGIN, strip=False), SECRET] = ""


UNKNOWN_VISITOR = VisitorDetails()
"""Nothing is known: not authenticated, every detail empty."""
