"""Phone numbers as the library `phonenumbers` reads them (extra `phones`), a port of the one that telephones use."""

import phonenumbers

from customer_summary.domain.errors import InvalidValue
from customer_summary.rules.phones import PhoneNormaliser, simple_phone


def make_normaliser(region: str) -> PhoneNormaliser:
    """Makes the rule. A number without a country code is one of `region`; without a region it stays as written.

    What cannot be a number is compared by the simple rule. Refuses, with `InvalidValue`, a region that is none.
    """
    if region and region not in phonenumbers.SUPPORTED_REGIONS:
        raise InvalidValue("region", "expected a region of two capital letters, such as NL")

    def normalise(text: str, /) -> str:
        try:
            number = phonenumbers.parse(text, region or None)
        except phonenumbers.NumberParseException:
            return simple_phone(text)
        if not phonenumbers.is_possible_number(number):
            return simple_phone(text)
        written: str = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        return f"{written};{number.extension}" if number.extension else written

    return normalise
