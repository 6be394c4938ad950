"""English profanity, by the word list of `glin-profanity`, which sees through `f*ck` and `sh1t`.

The list holds words of goods and of the body, and words that mean something harmless in another language: *hoe* is
Dutch for how, *retard* French for delay, Dick a Dutch name. Those are left out here.
"""

from glin_profanity import Filter

from customer_summary.rules.sentiment_ports import ProfanityCheck

MOST_READ = 5000
"""Characters of a text that are read: the first ones."""

HARMLESS = tuple(
    """
    anal anus bareback barenaked bastinado birdlock bondage boner bs busty butt cock cocks cum dick domination dvda ecchi
    ejaculation erotic erotism escort eunuch fecal figging genitals grope guro hardcore hoe hooker incest intercourse
    kike kinky lolita lovemaking mf nipple nipples nude nudity octopussy orgasm panties panty pegging penis playboy poof
    poon quim rape rapist raping rectum retard santorum scat semen sex sexo sexual sexy shota shrimping simp skeet slut
    snatch snowballing strapon strappado suck sucks swastika swinger testbad01 threesome throating tit tits topless tushy
    twink twinkie undressing upskirt vagina vibrator voyeur vulva xx xxx
    """.split()
)


def make_check() -> ProfanityCheck:
    """Makes the check."""
    found = Filter({"languages": ["english"], "ignore_words": list(HARMLESS)})

    def check(text: str, /) -> bool:
        return bool(found.is_profane(text[:MOST_READ]))

    return check
