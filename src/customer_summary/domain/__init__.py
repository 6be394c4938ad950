"""What there is: frozen values, the nouns and their events."""
