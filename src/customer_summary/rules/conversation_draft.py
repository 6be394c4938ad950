"""One transition of a conversation while it is being made, and the moves that its rules have in common."""

from datetime import datetime
from typing import Any

import attrs

from customer_summary.domain.conversation import Conversation, ConversationStatus
from customer_summary.domain.conversation_effects import NoteInTranscript, TranscriptNote
from customer_summary.domain.conversation_routing import MAX_DECLINED, Attempt, Declined, DeclineReason
from customer_summary.domain.conversation_settings import ConversationSettings
from customer_summary.domain.desk_events import OfferWithdrawn, WrapUpStarted
from customer_summary.domain.send import Send
from customer_summary.domain.workstream import Workstream
from customer_summary.rules.auto_close import limit_of
from customer_summary.rules.machine import Effects

OPEN, ACTIVE, WAITING, WRAP_UP, CLOSED = ConversationStatus


class Draft:
    """The next state of a conversation. Rules change its parts; `done` makes the state.

    `routing` and `clocks` hold what changes of these two, `parts` what changes of the rest.
    """

    __slots__ = ("at", "clocks", "emit", "parts", "routing", "settings", "state", "stream")

    def __init__(
        self, settings: ConversationSettings, stream: Workstream, state: Conversation, at: datetime, emit: Effects
    ) -> None:
        self.settings, self.stream, self.state, self.at, self.emit = settings, stream, state, at, emit
        self.parts: dict[str, Any] = {}
        self.routing: dict[str, Any] = {}
        self.clocks: dict[str, Any] = {}

    def done(self) -> Conversation:
        """Makes the next state."""
        state = self.state
        if self.routing:
            self.parts["routing"] = attrs.evolve(state.routing, **self.routing)
        if self.clocks:
            self.parts["clocks"] = attrs.evolve(state.clocks, **self.clocks)
        return attrs.evolve(state, at=self.at, transitions=state.transitions + 1, **self.parts)

    def part(self, name: str) -> Any:
        """Gives a field as it is so far."""
        return self.parts[name] if name in self.parts else getattr(self.state, name)

    @property
    def offer(self) -> Attempt | None:
        """The offer that is out, as it is so far."""
        found: Attempt | None = self.routing.get("offer", self.state.routing.offer)
        return found

    @property
    def held(self) -> Attempt | None:
        """The offer by which the present agent has it, as it is so far."""
        found: Attempt | None = self.routing.get("held", self.state.routing.held)
        return found

    def modified(self) -> None:
        """Restarts the clock of auto-close."""
        self.clocks["modified_on"] = self.at

    def enter(self, status: ConversationStatus) -> None:
        """Goes to a status, with the limit that is in force for it now."""
        self.parts["status"] = status
        self.clocks["closes_after"] = limit_of(self.settings, self.stream, self.state, status)
        self.clocks["looks_every"] = self.settings.scheduler_period
        self.modified()

    def note(self, note: TranscriptNote) -> None:
        """Writes into the transcript."""
        self.emit(NoteInTranscript, conversation=self.state.id, note=note)

    def withdraw(self, attempt: Attempt | None) -> None:
        """Takes an offer back, or what came of it, where there is one."""
        if attempt is not None:
            message = OfferWithdrawn(at=self.at, agent=attempt.agent, offer=attempt.offer, until=attempt.ends_at)
            self.emit(Send, to=attempt.agent, message=message)

    def withdraw_offer(self) -> None:
        """Takes back the offer that is out, where there is one."""
        if self.offer is not None:
            self.withdraw(self.offer)
            self.routing["offer"] = None

    def own(self, attempt: Attempt) -> None:
        """Gives the conversation to the agent of an offer; who had it until now loses it."""
        state, held = self.state, self.held
        if held is not None and held.offer != attempt.offer:
            self.withdraw(held)
        reopened = state.status is WAITING and state.agent == attempt.agent
        self.enter(ACTIVE)
        self.parts.update(
            agent=attempt.agent,
            assigned_on=state.assigned_on if state.first_accepted_on else attempt.sent_at,
            accepted_on=state.accepted_on if reopened else None,
            in_session=False,
        )
        if any(one.agent == attempt.agent and one.there for one in state.participants):
            self.parts["participants"] = tuple(
                attrs.evolve(one, since=self.at, there=False) if one.agent == attempt.agent else one
                for one in state.participants
            )
        self.routing.update(held=attempt, offer=None, session=0, declined=(), prefers="", scenario=None)
        self.clocks["snoozed_until"] = None

    def open(self, session: int) -> None:
        """Opens a session of the present agent."""
        self.parts.update(
            accepted_on=self.part("accepted_on") or self.at,
            first_accepted_on=self.part("first_accepted_on") or self.at,
            in_session=True,
        )
        self.routing["session"] = session
        self.clocks.update(idle_after=self.stream.idle_after, opened_on=self.at)
        self.modified()

    def decline(self, agent: str | None, reason: DeclineReason) -> None:
        """Remembers that an agent did not take it, or gave it back."""
        if agent is not None and self.state.is_routed:
            known: tuple[Declined, ...] = self.routing.get("declined", self.state.routing.declined)
            new = Declined(agent, reason, self.at, self.at + self.settings.reoffer_after)
            self.routing["declined"] = (*(one for one in known if one.agent != agent), new)[-MAX_DECLINED:]

    def lose_offer(self, reason: DeclineReason | None) -> None:
        """Ends the offer that is out; where nobody has the conversation it waits in its queue as before."""
        offer, nobody = self.offer, self.state.agent is None
        self.routing["offer"] = None
        if nobody:
            self.parts["status"] = OPEN
        if offer is not None and offer.agent == self.state.routing.prefers:
            self.routing["prefers"] = ""
        if offer is not None and nobody and reason is not None:
            self.decline(offer.agent, reason)

    def requeue(self, queue: str = "", *, declined: DeclineReason | None = None) -> None:
        """Takes the conversation from its agent; it waits in a queue, or for the answer to the offer that is out.

        Where nobody ever accepted, the customer is still waiting. [spec 3.2]
        """
        if declined is not None:
            self.decline(self.part("agent"), declined)
        self.enter(OPEN)
        if self.offer is not None:
            self.parts["status"] = ACTIVE
        self.parts.update(
            agent=None,
            queue=queue or self.part("queue"),
            assigned_on=self.part("assigned_on") if self.part("first_accepted_on") else None,
            accepted_on=None,
            in_session=False,
        )
        self.routing.update(held=None, session=0)
        self.clocks.update(queued_on=self.at, snoozed_until=None)

    def wait(self) -> None:
        """Lets the conversation wait for its customer; its agent can open it again."""
        self.open(0)
        self.enter(WAITING)
        self.parts["in_session"] = False
        self.routing["held"] = None

    def wrap_up(self, note: TranscriptNote | None = None) -> None:
        """Ends the talk; the session stays open for the wrap-up, and the desk is told."""
        self.withdraw_offer()
        self.enter(WRAP_UP)
        self.parts["wrap_up_on"] = self.at
        if note is not None:
            self.note(note)
        held = self.held
        if held is not None:
            message = WrapUpStarted(at=self.at, agent=held.agent, offer=held.offer, started_at=self.at)
            self.emit(Send, to=held.agent, message=message)

    def close(self, *, left_by_agent: bool = False) -> None:
        """Closes the conversation, for good; nobody keeps a session of it. Who closed their own needs no telling."""
        self.withdraw_offer()
        if not left_by_agent:
            self.withdraw(self.held)
        self.routing["held"] = None
        self.clocks["snoozed_until"] = None
        self.parts.update(status=CLOSED, closed_on=self.at, in_session=False)
