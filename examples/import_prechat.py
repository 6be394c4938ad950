"""Turns a pre-chat card and what a visitor answered into a log.

The source is a JSON file that holds one card, or a list of cards (or of objects that keep theirs under `card`), of
which `--index` chooses one. The answers are a JSON object with a value for the id of each input, as a widget submits
it; without them every question gets a sample answer: a text that counts the questions, the last choice, a consent.
The chat is accepted and stays in session, so that its page shows. The instants are made up.

    python examples/import_prechat.py cards.json --index 0 > survey.ndjson
    python -m customer_summary show survey.ndjson
"""

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from customer_summary import (
    AnswerType,
    Channel,
    ConversationAccepted,
    ConversationAssigned,
    ConversationStarted,
    CustomerSummaryError,
    DecodeError,
    PreChatCard,
    Problem,
    read_answers,
    read_card,
    write_fact,
)
from customer_summary.domain.facts import Fact
from customer_summary.wire.text import read_json

CONVERSATION = "conversation-1"
AGENT = "agent"
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
ASSIGNED, ACCEPTED = timedelta(seconds=5), timedelta(seconds=10)


def choose(document: object, index: int | None) -> object:
    """Gives the card of a document: itself, or the one at `index` where there are several.

    Raises `DecodeError` where a list comes without an index that it has, or one card with an index.
    """
    if isinstance(document, list):
        if index is None or not 0 <= index < len(document):
            raise DecodeError((Problem("", f"a list of {len(document)}: choose one with --index, the first is 0"),))
        document = document[index]
    elif index is not None:
        raise DecodeError((Problem("", "no list: --index chooses one of a list"),))
    return document["card"] if isinstance(document, dict) and "card" in document else document


def sample_answers(card: PreChatCard) -> dict[str, object]:
    """Gives a value for every input of a card, as a widget submits it."""
    answers: dict[str, object] = {}
    for number, (name, question, choices) in enumerate(
        zip(card.inputs, card.survey.questions, card.choices, strict=True), 1
    ):
        match question.type:
            case AnswerType.OPTION_SET:
                answers[name] = list(choices)[-1]
            case AnswerType.CONSENT:
                answers[name] = "true"
            case AnswerType.MULTIPLE_LINES:
                answers[name] = f"Sample answer {number}\nand its second line"
            case AnswerType.SINGLE_LINE:
                answers[name] = f"Sample answer {number}"
    return answers


def chat(document: object, submission: object = None) -> Iterator[Fact]:
    """Gives the facts of a chat that began with this card; raises `DecodeError` for a card or answers that are none."""
    card = read_card(document)
    answers = read_answers(card, sample_answers(card) if submission is None else submission)
    yield ConversationStarted(at=START, conversation=CONVERSATION, channel=Channel.LIVE_CHAT, survey=answers)
    yield ConversationAssigned(at=START + ASSIGNED, conversation=CONVERSATION, agent=AGENT)
    yield ConversationAccepted(at=START + ACCEPTED, conversation=CONVERSATION, agent=AGENT)


def main(argv: list[str] | None = None) -> int:
    """Writes the log of one card and its answers to standard output."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("file", type=Path, help="a card, or a list of cards")
    parser.add_argument("--index", type=int, metavar="N", help="which card of a list; the first is 0")
    parser.add_argument(
        "--answers", type=Path, metavar="FILE", help="a JSON object of answers (default: sample answers)"
    )
    options = parser.parse_args(argv)
    try:
        card = choose(read_json(options.file.read_bytes()), options.index)
        # bytes, so that a file that says null is refused as no object
        submission = None if options.answers is None else options.answers.read_bytes()
        lines = [write_fact(fact) + "\n" for fact in chat(card, submission)]
        sys.stdout.buffer.writelines(line.encode() for line in lines)
        sys.stdout.flush()
    except CustomerSummaryError as error:
        print(f"import_prechat: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"import_prechat: {error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
