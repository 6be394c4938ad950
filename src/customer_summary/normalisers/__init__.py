"""Rules for phone numbers that come with the library, behind an extra, as the port of `rules.phones`."""
