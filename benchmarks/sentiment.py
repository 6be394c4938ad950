"""Sentiment: a message through the window alone, and with the default scorer; and how often that scorer is right.

The floor is a `deque` of six scores with a running sum: it forgets nothing that is late, doubled or edited, because it
never knew of it, and it is no value that can be stored or replayed. A message through our window is two events: the
message, then what was read in it.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from benchmarks.measure import Case, Figure, aiming, figures, interleaved
from benchmarks.sentiment_texts import OTHER_TRADES, SHOP
from customer_summary import (
    EMBEDDED,
    AskScore,
    Author,
    Message,
    MessageScored,
    MessageSent,
    Ports,
    Reading,
    SentimentLevel,
    SentimentPolicy,
    SentimentSettings,
    choose_ports,
    read_text,
    text_digest,
)
from customer_summary.domain.sentiment import LEVELS, level_rank
from customer_summary.rules.sentiment_ports import hundredths

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
FLOOR, OURS = "a deque of six with a running sum", "a message through the window: two events"
READ = "a message with the default scorer"
POLICY = SentimentPolicy(SentimentSettings(threshold=SentimentLevel.NEGATIVE, hysteresis=1))
AIMS = {OURS: 15.0}
"""The most that a message through our window should cost, as a multiple of the floor."""


def run(rounds: int = 15, messages: int = 500) -> list[Figure]:
    """Measures one message of a conversation of so many, and the accuracy of the default scorer."""
    return [*window(rounds, messages), *accuracy()]


def window(rounds: int, messages: int) -> list[Figure]:
    """Measures the window, alone and with the default scorer."""
    sent, ports = [_message(number) for number in range(messages)], choose_ports(POLICY.settings, EMBEDDED)
    cases = {
        FLOOR: _floor([_score(number) for number in range(messages)]),
        OURS: _ours(sent, [_reading(number, one) for number, one in enumerate(sent)]),
        "  of this: a message that comes again": _again(sent),
        READ: _read(sent, ports),
    }
    runs = {name: [one / messages for one in found] for name, found in interleaved(cases, rounds).items()}
    return aiming(figures(runs, against=FLOOR, scale=1e6, unit="us"), AIMS)


TEXTS = tuple(text for texts in SHOP.values() for text in texts)


def _message(number: int) -> MessageSent:
    at = START + timedelta(seconds=number)
    text = TEXTS[number % len(TEXTS)]
    message = Message(id=f"m-{number}", at=at, sequence=number, author=Author.CUSTOMER, text=text)
    return MessageSent(at=at, conversation="c-1", message=message)


def _score(number: int) -> int:
    """Gives a score that wanders, so that the level changes now and then."""
    return abs((number * 700) % 20_000 - 10_000)


def _reading(number: int, event: MessageSent) -> MessageScored:
    return MessageScored(
        at=event.at,
        conversation="c-1",
        message=event.message.id,
        digest=text_digest(event.message.text),
        reading=Reading(_score(number), "en"),
    )


def floor(scores: Sequence[int]) -> int:
    """Gives the rank of the level after these scores, the fastest way there is."""
    six: deque[int] = deque(maxlen=6)
    total, rank = 0, 3
    for score in scores:
        if len(six) == 6:
            total -= six[0]
        six.append(score)
        total += score
        rank = min(6, 7 * total // (10_000 * len(six)))
    return rank


def _floor(scores: Sequence[int]) -> Case:
    return lambda: floor(scores)


def ours(sent: Sequence[MessageSent], read: Sequence[MessageScored]) -> SentimentLevel:
    """Gives the level after these messages and what was read in them, by our machine."""
    state, step = POLICY.start("c-1", START), POLICY.step
    for message, reading in zip(sent, read, strict=True):
        state, _, _ = step(state, message)
        state, _, _ = step(state, reading)
    return state.level


def _ours(sent: Sequence[MessageSent], read: Sequence[MessageScored]) -> Case:
    return lambda: ours(sent, read)


def _again(sent: Sequence[MessageSent]) -> Case:
    state, step = POLICY.start("c-1", START), POLICY.step
    for message in sent[-6:]:
        state, _, _ = step(state, message)

    def case() -> None:
        for _ in sent:
            step(state, sent[-1])

    return case


def _read(sent: Sequence[MessageSent], ports: Ports) -> Case:
    def case() -> None:
        state, step = POLICY.start("c-1", START), POLICY.step
        for message in sent:
            state, _, effects = step(state, message)
            for one in effects:
                if isinstance(one, AskScore):
                    text = message.message.text
                    read = read_text(one, text, ports=ports, settings=POLICY.settings, at=message.at)
                    state, _, _ = step(state, read)

    return case


def accuracy() -> list[Figure]:
    """Counts how many of the labelled texts the default scorer takes as a person would."""
    score = choose_ports(POLICY.settings, EMBEDDED).scorer

    def right(texts: Mapping[str, Sequence[str]]) -> float:
        felt = [(label, score(text, "en")) for label, listed in texts.items() for text in listed]
        ranks = [(label, 3 if found is None else level_rank(hundredths(found), 1)) for label, found in felt]
        return 100 * sum(label == _word(rank) for label, rank in ranks) / len(ranks)

    named = (("messages to a shop", SHOP), ("messages to other trades", OTHER_TRADES))
    return [Figure(name=f"right: {name}", amount=right(texts), unit="%") for name, texts in named]


def _word(rank: int) -> str:
    neutral = LEVELS.index(SentimentLevel.NEUTRAL)
    return "neutral" if rank == neutral else "negative" if rank < neutral else "positive"
