"""The values that are measured: one conversation with everything filled in, its records, histories and log."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import attrs

from customer_summary import (
    Activity,
    ActivityRecorded,
    ActivityType,
    AnswerType,
    Author,
    Case,
    CaseStatus,
    Channel,
    Contact,
    ContactRecorded,
    ContextVariable,
    Conversation,
    ConversationAccepted,
    ConversationAssigned,
    ConversationStarted,
    ConversationStatus,
    Known,
    Message,
    MessageSent,
    PageConfiguration,
    Priority,
    Question,
    Reader,
    RecordKind,
    RecordRef,
    SelfServiceAction,
    SelfServiceKind,
    SelfServiceRecorded,
    SettingMade,
    Skill,
    SurveyAnswer,
    VisitorDetails,
    write_fact,
)
from customer_summary.domain.facts import Fact

BEGIN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
STRIDE = 7919
"""A prime: steps of it visit every place of a list once, in an order that is not sorted."""

_CUSTOMER = RecordRef(RecordKind.CONTACT, "contact-1")
_CASE = RecordRef(RecordKind.CASE, "case-1")


def conversation() -> Conversation:
    """Gives a conversation in which every kind of field has a value."""
    return Conversation(
        id="conversation-1",
        at=BEGIN + timedelta(minutes=5),
        transitions=3,
        channel=Channel.LIVE_CHAT,
        created_on=BEGIN,
        status=ConversationStatus.ACTIVE,
        queue="Service",
        agent="agent-1",
        assigned_on=BEGIN + timedelta(seconds=40),
        accepted_on=BEGIN + timedelta(seconds=55),
        first_accepted_on=BEGIN + timedelta(seconds=55),
        in_session=True,
        skills=(Skill("Billing", 92), Skill("Dutch"), Skill("Ovens", 71)),
        customer=_CUSTOMER,
        case_id=_CASE.id,
        survey=tuple(_answer(number) for number in range(4)),
        visitor=VisitorDetails(
            authenticated=True,
            browser="Firefox 148",
            operating_system="Linux",
            location="Utrecht, Netherlands",
            language="Dutch",
            device="Desktop",
            origin_url="https://shop.example/ovens/stone?from=offer",
        ),
        context=tuple(ContextVariable(f"variable_{one}", f"value {one}", displayable=one < 5) for one in range(8)),
    )


def _answer(number: int) -> SurveyAnswer:
    options = ("Oven", "Mixer", "Other")
    choice = Question(
        name=f"question_{number}", text="Which product is it about?", type=AnswerType.OPTION_SET, options=options
    )
    line = Question(name=f"question_{number}", text="What can we do for you?", required=True)
    return SurveyAnswer(choice, "Oven") if number % 2 else SurveyAnswer(line, "The door of my oven does not lock.")


def contact() -> Contact:
    """Gives the customer of the conversation."""
    return Contact(
        id=_CUSTOMER.id,
        name="Marta Kowal",
        job_title="Owner",
        city="Utrecht",
        location="Utrecht, Netherlands",
        email="marta@bakery.example",
        mobile_phone="+31 6 5550 0101",
        company="Kowal Bakery",
    )


def case(number: int = 1) -> Case:
    """Gives a case of the customer; number 1 is the linked one."""
    return Case(
        id=f"case-{number}",
        title="Oven door does not lock",
        created_on=BEGIN - timedelta(days=number),
        modified_on=BEGIN - timedelta(hours=number),
        customer=_CUSTOMER,
        priority=Priority.HIGH,
        status=CaseStatus.ON_HOLD,
        product="Stone oven S3",
        owner="Noor de Wit",
    )


def activity(number: int) -> Activity:
    """Gives an activity of the linked case or customer; a greater number is newer."""
    return Activity(
        id=f"activity-{number}",
        at=BEGIN - timedelta(days=400) + timedelta(seconds=17 * number),
        sequence=number,
        regarding=_CASE if number % 2 else _CUSTOMER,
        type=ActivityType.EMAIL if number % 3 else ActivityType.PHONE_CALL,
        title="Photos of the hinge",
        body="The customer sent two photos of the hinge; the spring is broken and the latch is bent.",
        author="Noor de Wit",
    )


def activities(count: int) -> list[Activity]:
    """Gives so many activities, in no order."""
    return [activity(place * STRIDE % count) for place in range(count)]


def message(number: int) -> Message:
    """Gives a message of the conversation."""
    return Message(
        id=f"message-{number}",
        at=BEGIN + timedelta(seconds=60 + number),
        sequence=number,
        author=Author.AGENT if number % 2 else Author.CUSTOMER,
        sender="Noor" if number % 2 else "Marta",
        text="Could you send me a photo of the hinge, please?",
    )


def action(number: int) -> SelfServiceAction:
    """Gives something that the customer did before they asked."""
    return SelfServiceAction(
        id=f"action-{number}",
        at=BEGIN - timedelta(minutes=30) + timedelta(seconds=number),
        kind=SelfServiceKind.PAGE_VISITED,
        title="Stone ovens",
        url="https://shop.example/ovens/stone",
    )


def known(timeline: list[Activity]) -> Known:
    """Gives the linked records with a timeline and nothing else."""
    return Known(customer=contact(), case=case(), cases=[case(number) for number in range(1, 5)], timeline=timeline)


def configuration() -> PageConfiguration:
    """Gives a page with all its tabs and the enhanced cards."""
    return PageConfiguration(enhanced_active_conversation_form=True, self_service_enabled=True, additional_details=True)


def reader(locale: str = "en") -> Reader:
    """Gives somebody in Amsterdam who reads the page five minutes after the conversation came."""
    return Reader(now=BEGIN + timedelta(minutes=5), locale=locale, zone="Europe/Amsterdam")


def log_lines(count: int) -> Iterator[bytes]:
    """Writes a log of one conversation, a line at a time: messages and activities in turn, so many of them."""
    whole, at = conversation(), BEGIN
    yield _line(ContactRecorded(at=at, contact=contact()))
    yield _started()
    yield _line(ConversationAssigned(at=at, conversation=whole.id, agent="agent-1"))
    yield _line(ConversationAccepted(at=at, conversation=whole.id, agent="agent-1"))
    for number in range(count):
        received = at + timedelta(seconds=60 + number)
        if number % 2:
            yield _line(ActivityRecorded(at=received, activity=activity(number)))
        else:
            yield _line(MessageSent(at=received, conversation=whole.id, message=message(number)))


def action_lines(count: int, *, shown: bool) -> Iterator[bytes]:
    """Writes a log of one conversation and so many self-service actions, with their tab switched on or off."""
    if shown:
        yield _line(SettingMade(at=BEGIN, name="self_service_enabled", value=True))
    yield _started()
    for number in range(count):
        before = attrs.evolve(action(number), at=BEGIN - timedelta(seconds=number))
        yield _line(SelfServiceRecorded(at=BEGIN, conversation=conversation().id, action=before))
    yield _line(ConversationAssigned(at=BEGIN, conversation=conversation().id, agent="agent-1"))
    yield _line(ConversationAccepted(at=BEGIN, conversation=conversation().id, agent="agent-1"))


def _started() -> bytes:
    whole = conversation()
    start = ConversationStarted(
        at=BEGIN, conversation=whole.id, channel=whole.channel, customer=whole.customer, survey=whole.survey
    )
    return _line(start)


def _line(fact: Fact) -> bytes:
    return write_fact(fact).encode() + b"\n"
