"""/help, /sources and /topics: what the bot does, from what, and about what."""

from hashlib import sha256

from telegram import Update
from telegram.ext import CommandHandler, ContextTypes

from answers.compose import card
from answers.render import Rendered
from bot import menus
from bot.delivery import Button
from bot.handlers.kind import NEW, Handler
from bot.keyboards import TOPIC
from bot.office import Office
from bot.pages import HelpPage, SourcesPage, TopicPage, TopicsPage

MOST_ARTICLES = 20
MOST_TOPICS = 30


def handlers(office: Office) -> list[Handler]:
    commands = menus.described((*menus.ASK, *menus.READ, *menus.PRIVATE), office)

    async def help_(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message:
            page = HelpPage(commands=commands, username=context.bot.username)
            await office.delivery.send(update.message.chat_id, office.still(page))

    async def sources(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message:
            await office.delivery.send(update.message.chat_id, office.page(_sources(office)))

    async def topics(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message:
            known = office.desk.snapshot.base.coverage.topics[:MOST_TOPICS]
            buttons = [[Button(topic, f"{TOPIC}:{code_of(topic)}")] for topic in known]
            await office.delivery.send(update.message.chat_id, office.still(TopicsPage(topics=known)), buttons)

    return [
        CommandHandler(name, do, filters=NEW)
        for name, do in (("help", help_), ("sources", sources), ("topics", topics))
    ]


def _sources(office: Office) -> SourcesPage:
    base = office.desk.snapshot.base
    shown = tuple(base.articles(limit=MOST_ARTICLES))
    return SourcesPage(coverage=base.coverage, articles=shown, more=base.coverage.articles - len(shown))


def topic_page(topic: str, office: Office) -> Rendered:
    """The facts of a topic, newest first, as many as fit whole in one message."""
    facts = office.desk.snapshot.base.topic(topic)
    cards = tuple(card(fact, office.today()) for fact in facts[:20])
    for shown in range(len(cards), -1, -1):
        rendered = office.page(TopicPage(topic=topic, cards=cards[:shown], more=len(facts) - shown))
        if rendered.fits:
            break
    return rendered


def code_of(topic: str) -> str:
    """Eight characters that stand for a topic on a button, which holds at most 64 bytes."""
    return sha256(topic.encode()).hexdigest()[:8]
