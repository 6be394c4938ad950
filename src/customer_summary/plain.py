"""Plain text for a terminal: text that cannot take the terminal over."""

import unicodedata

_HIDDEN = {"Cc", "Cf", "Zl", "Zp"}
_KEPT = {"\n", "\t", "\u00ad", "\u200c", "\u200d"}  # also the soft hyphen and the joiners that scripts need


def plain(text: str) -> str:
    r"""Gives text in which nothing can steer the terminal: control and direction characters become U+FFFD.

    >>> plain("\x1b[31mred")
    '\ufffd[31mred'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        "\ufffd" if unicodedata.category(one) in _HIDDEN and one not in _KEPT else one
        for one in text.replace("\r\n", "\n")
    )
