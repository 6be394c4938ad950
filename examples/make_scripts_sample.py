"""Writes `scripts.ndjson`, a log of one conversation in which an agent follows the scripts of `scripts.toml`.

The agent greets the customer, opens a new case form, lets a macro time out and runs it again.
Run it to write the file anew: `python examples/make_scripts_sample.py`.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import customer_summary as cs
from customer_summary.domain.facts import Fact

SAMPLE = Path(__file__).with_name("scripts.ndjson")
SCRIPTS = Path(__file__).with_name("scripts.toml")
CONVERSATION, SESSION = "conversation-1", "session-1"


def at(clock: str) -> datetime:
    """Gives the instant of a clock time such as 09:41:30 on the day of the sample."""
    return datetime.fromisoformat(f"2026-03-02T{clock}+00:00").astimezone(UTC)


def written() -> Iterator[Fact]:
    """The scripts, macros and session templates of the file."""
    morning, held = at("06:00:00"), cs.read_scripts(SCRIPTS.read_bytes(), SCRIPTS.name).held
    yield from (cs.ScriptRecorded(at=morning, script=one) for one in held.scripts)
    yield from (cs.MacroRecorded(at=morning, macro=one) for one in held.macros)
    yield from (cs.SessionTemplateRecorded(at=morning, template=one) for one in held.templates)


def talk() -> Iterator[Fact]:
    """The conversation: Ines, signed in to the portal, wants to send something back."""
    ines = cs.Contact(id="contact-1", name="Ines Duarte", mobile_phone="+351 555 0101")
    yield cs.ContactRecorded(at=at("06:00:00"), contact=ines)
    yield cs.ConversationStarted(
        at=at("09:40:00"),
        conversation=CONVERSATION,
        channel=cs.Channel.LIVE_CHAT,
        queue="Shop",
        customer=ines.ref,
        visitor=cs.VisitorDetails(authenticated=True, language="pt"),
        context=(cs.ContextVariable("topic", "order"),),
    )
    yield cs.ConversationAssigned(at=at("09:40:05"), conversation=CONVERSATION, agent="noor")
    yield cs.ConversationAccepted(at=at("09:40:10"), conversation=CONVERSATION, agent="noor")


def guided() -> Iterator[Fact]:
    """What the agent pressed, and what the host answered."""
    about: dict[str, Any] = {"session": SESSION}
    form = (
        cs.NamedValue("customerName", "Ines Duarte"),
        cs.NamedValue("customerRecordId", "contact-1"),
        cs.NamedValue("customerEntityName", "contact"),
    )
    yield cs.ScriptSessionStarted(
        at=at("09:40:10"),
        conversation=CONVERSATION,
        agent="noor",
        template="shop_chat",
        values=(cs.NamedValue("$oc.topic", "order"),),
        **about,
    )
    welcome: dict[str, Any] = {"script": "shop_welcome", **about}
    yield cs.StepMarkedDone(at=at("09:40:30"), step="shop_greet", pressed_at=at("09:40:30"), **welcome)
    yield cs.MacroRequested(
        at=at("09:41:00"), step="shop_case", run="run-1", pressed_at=at("09:41:00"), values=form, **welcome
    )
    yield cs.ActionSucceeded(
        at=at("09:41:02"), run="run-1", action="form", outputs=(cs.NamedValue("tabId", "tab-2"),), **about
    )
    yield cs.SubScriptViewed(at=at("09:42:00"), step="shop_to_return", pressed_at=at("09:42:00"), **welcome)
    back: dict[str, Any] = {"script": "shop_return", "step": "shop_send_policy", **about}
    topic = (cs.NamedValue("$oc.topic", "return"),)
    yield cs.MacroRequested(at=at("09:42:30"), run="run-2", pressed_at=at("09:42:30"), values=topic, **back)
    yield cs.ActionSucceeded(at=at("09:43:05"), run="run-2", action="search", **about)
    yield cs.MacroRequested(at=at("09:43:30"), run="run-3", pressed_at=at("09:43:30"), values=topic, **back)
    yield cs.ActionSucceeded(at=at("09:43:31"), run="run-3", action="search", **about)
    yield cs.ActionFailed(at=at("09:43:33"), run="run-3", action="send", message="the chat is busy", **about)


def sample() -> Iterator[Fact]:
    """Gives every fact of the sample in order."""
    yield from sorted((*written(), *talk(), *guided()), key=lambda fact: fact.at)


if __name__ == "__main__":
    SAMPLE.write_text("".join(f"{cs.write_fact(fact)}\n" for fact in sample()), "utf-8")
