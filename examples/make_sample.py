"""Writes `sample.ndjson`, a log in the project's own words: every section, every kind of action.

Run it to write the file anew: `python examples/make_sample.py`.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from customer_summary.domain import conversation_events as events
from customer_summary.domain import facts
from customer_summary.domain.case import Case, CaseStatus, Priority
from customer_summary.domain.channel import Channel
from customer_summary.domain.configuration import SettingLevel
from customer_summary.domain.context import ContextDefinition, ContextType, ContextVariable
from customer_summary.domain.conversation import Skill
from customer_summary.domain.customer import Account, Contact
from customer_summary.domain.identification import Identification, IdentifiedBy, Match, MatchResult
from customer_summary.domain.message import Author, Message
from customer_summary.domain.record import RecordKind, RecordRef
from customer_summary.domain.self_service import SelfServiceAction, SelfServiceKind
from customer_summary.domain.survey import AnswerType, Question, SurveyAnswer
from customer_summary.domain.timeline import Activity, ActivityStatus, ActivityType, QuickNote
from customer_summary.domain.visitor import VisitorDetails
from customer_summary.wire.log import write_fact
from sample_desks import desks

SAMPLE = Path(__file__).with_name("sample.ndjson")
CONVERSATION = "conversation-1"
DAY = datetime(2026, 3, 2, tzinfo=UTC)
CONTACT = RecordRef(RecordKind.CONTACT, "contact-1")
CASE = RecordRef(RecordKind.CASE, "case-3")


def at(clock: str, *, days_ago: int = 0) -> datetime:
    """Gives the instant of a clock time such as 09:41:30 on the day of the sample, or some days before."""
    hours, minutes, seconds = map(int, clock.split(":"))
    return DAY - timedelta(days=days_ago) + timedelta(hours=hours, minutes=minutes, seconds=seconds)


def settings() -> Iterator[facts.Fact]:
    """The page of this sample: enhanced, with every tab."""
    morning = at("06:00:00")
    for level, name in (
        (SettingLevel.ENVIRONMENT, "self_service_enabled"),
        (SettingLevel.ENVIRONMENT, "additional_details"),
        (SettingLevel.APP, "enhanced_active_conversation_form"),
        (SettingLevel.APP, "customize_active_conversation_form"),
        (SettingLevel.APP, "skill_update_enabled"),
    ):
        yield facts.SettingMade(at=morning, level=level, name=name, value=True)
    yield facts.SkillCatalogueMade(at=morning, skills=("Dutch", "Field service", "Ovens"))
    yield facts.ContextDefinitionsMade(at=morning, definitions=(ContextDefinition("Ovens", ContextType.NUMBER),))


def records() -> Iterator[facts.Fact]:
    """The customer, their employer, their cases, and what happened before today."""
    morning = at("06:00:00")
    yield facts.ContactRecorded(
        at=morning,
        contact=Contact(
            id="contact-1",
            name="Marta Kowal",
            job="Head baker",
            job_title="Owner",
            relationship_type="Customer",
            city="Utrecht",
            category="Gold",
            preferred_contact="E-mail",
            location="Utrecht, Netherlands",
            email="marta@bakery.example",
            mobile_phone="+31 6 5550 0101",
            company="Kowal Bakery",
        ),
    )
    yield facts.AccountRecorded(
        at=morning,
        account=Account(
            id="account-1",
            name="Kowal Bakery",
            number="A-1007",
            city="Utrecht",
            phone="+31 30 555 0100",
            primary_contact="Marta Kowal",
        ),
    )
    cases = (
        ("case-1", "Timer stops at 30 minutes", Priority.NORMAL, CaseStatus.PROBLEM_SOLVED, 90),
        ("case-2", "Invoice sent twice", Priority.LOW, CaseStatus.INFORMATION_PROVIDED, 41),
        ("case-3", "Oven door does not lock", Priority.HIGH, CaseStatus.IN_PROGRESS, 1),
        ("case-4", "Second opinion on the door", Priority.NORMAL, CaseStatus.MERGED, 2),
        ("case-5", "Wrong colour delivered", Priority.LOW, CaseStatus.CANCELLED, 200),
    )
    for number, (name, title, priority, status, days) in enumerate(cases, 1):
        yield facts.CaseRecorded(
            at=morning,
            case=Case(
                id=name,
                number=f"CAS-{1000 + number}",
                title=title,
                customer=CONTACT,
                priority=priority,
                status=status,
                product="Stone oven S3",
                owner="Noor de Wit",
                created_on=at("08:00:00", days_ago=days + 3),
                modified_on=at("16:20:00", days_ago=days),
            ),
        )
    activities = (
        ("activity-1", CASE, ActivityType.EMAIL, "Photos of the hinge", at("16:20:00", days_ago=1)),
        ("activity-2", CASE, ActivityType.PHONE_CALL, "Called back, no answer", at("17:05:00", days_ago=1)),
        ("activity-3", CONTACT, ActivityType.APPOINTMENT, "Yearly service visit", at("10:00:00", days_ago=60)),
    )
    for name, regarding, kind, title, when in activities:
        yield facts.ActivityRecorded(
            at=morning,
            activity=Activity(id=name, at=when, regarding=regarding, type=kind, title=title, author="Noor de Wit"),
        )
    yield facts.ActivityRecorded(
        at=morning,
        activity=Activity(
            id="activity-4",
            at=at("17:10:00", days_ago=1),
            regarding=CASE,
            type=ActivityType.TASK,
            title="Order a new lock",
            author="Noor de Wit",
            status=ActivityStatus.ACTIVE,
            due=at("12:00:00"),
        ),
    )


def before_asking() -> Iterator[facts.Fact]:
    """What the customer did for herself, one action of each kind, then the chat she started."""
    yield events.ConversationStarted(
        at=at("09:40:00"),
        conversation=CONVERSATION,
        channel=Channel.LIVE_CHAT,
        queue="Ovens",
        visitor_number=7,
        skills=(Skill("Dutch", 97), Skill("Ovens")),
        survey=(
            SurveyAnswer(Question(name="Subject", text="What is it about?", required=True), "The oven door"),
            SurveyAnswer(
                Question(
                    name="Urgency",
                    text="How urgent is it?",
                    type=AnswerType.OPTION_SET,
                    options=("It can wait", "Today", "Right now"),
                ),
                "Today",
            ),
            SurveyAnswer(Question(name="Order", text="Your order number, if you have it")),
            SurveyAnswer(
                Question(name="Consent", text="May we keep this chat?", type=AnswerType.CONSENT, required=True),
                answer=True,
            ),
        ),
        visitor=VisitorDetails(
            authenticated=True,
            browser="Firefox 148",
            operating_system="Android 17",
            location="Utrecht, Netherlands",
            language="nl",
            device="Phone",
        ),
        context=(
            ContextVariable("Warranty", "until 2027-05", displayable=True),
            ContextVariable("Ovens", 3, displayable=True),
            ContextVariable("experiment", "b"),
        ),
    )
    yield events.RecordsIdentified(
        at=at("09:40:00"),
        conversation=CONVERSATION,
        identification=Identification(
            customer=Match(MatchResult.FOUND, CONTACT, IdentifiedBy.SUBJECT),
            case=Match(MatchResult.FOUND, CASE, IdentifiedBy.CUSTOMER),
        ),
    )
    actions = (
        ("09:31:00", SelfServiceKind.PAGE_VISITED, "Stone oven S3", "/ovens/s3"),
        ("09:33:20", SelfServiceKind.PHRASE_SEARCHED, "door does not lock", "/search"),
        ("09:34:10", SelfServiceKind.ARTICLE_VIEWED, "Aligning the door of an S3", "/help/118"),
        ("09:38:45", SelfServiceKind.CUSTOM_ACTION, "Warranty check: covered", ""),
    )
    for number, (clock, kind, title, url) in enumerate(actions, 1):
        yield events.SelfServiceRecorded(
            at=at("09:40:00"),
            conversation=CONVERSATION,
            action=SelfServiceAction(
                id=f"action-{number}", at=at(clock), sequence=number, kind=kind, title=title, url=url
            ),
        )


def message(number: int, clock: str, author: Author, sender: str, text: str) -> facts.Fact:
    """Gives a message of the conversation."""
    sent = Message(id=f"message-{number}", at=at(clock), sequence=number, author=author, sender=sender, text=text)
    return events.MessageSent(at=at(clock), conversation=CONVERSATION, message=sent)


def conversation() -> Iterator[facts.Fact]:
    """The talk: a bot, then an agent, a note, and the end."""
    name = CONVERSATION
    yield message(1, "09:40:05", Author.BOT, "Ovie", "Welcome! One moment, I am looking for a colleague.")
    yield message(2, "09:40:20", Author.CUSTOMER, "Marta", "My oven door will not lock and I bake at noon.")
    yield events.ConversationAssigned(at=at("09:41:30"), conversation=name, agent="noor", queue="Ovens")
    yield events.ConversationAccepted(at=at("09:41:42"), conversation=name, agent="noor")
    yield message(3, "09:42:00", Author.AGENT, "Noor", "Good morning Marta, I have your photos of the hinge here.")
    yield message(4, "09:43:10", Author.CUSTOMER, "Marta", "That is quick. Can you send somebody today?")
    yield events.SkillAdded(at=at("09:43:30"), conversation=name, skill=Skill("Field service"))
    yield facts.NoteTaken(
        at=at("09:44:00"),
        note=QuickNote(
            id="note-1",
            at=at("09:44:00"),
            regarding=CASE,
            title="Visit today",
            body="Bakes at noon. Mechanic with the new lock before 11.",
            author="Noor de Wit",
        ),
    )
    yield message(5, "09:45:00", Author.AGENT, "Noor", "A mechanic will be with you before eleven, with a new lock.")
    yield message(6, "09:45:25", Author.CUSTOMER, "Marta", "Wonderful, thank you!")
    yield events.ConversationEnded(at=at("09:46:00"), conversation=name)
    yield events.SessionClosed(at=at("09:48:00"), conversation=name)


def sample() -> Iterator[facts.Fact]:
    """All facts of the sample, in the order in which the host received them."""
    everything = [*settings(), *records(), *desks(), *before_asking(), *conversation()]
    yield from sorted(everything, key=lambda fact: fact.at)


def main() -> None:
    """Writes the sample."""
    SAMPLE.write_text("".join(write_fact(fact) + "\n" for fact in sample()), "utf-8")


if __name__ == "__main__":
    main()
