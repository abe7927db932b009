"""From a saved page to an answer, and what becomes of it: brought in, drawn, reviewed, published, corrected, retracted."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path

from click.testing import CliRunner

from bot.__main__ import main
from tests.bot.harness import ADMIN, OTHER_ADMIN, Chat, labels, quotes
from tests.bot.test_admin import say_first

PAGE = """<!doctype html><html lang="en"><head>
<title>{title} | Harbour Times</title>
<meta property="og:site_name" content="Harbour Times"><meta property="og:title" content="{title}">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{title}", "datePublished": "{day}",
 "publisher": {{"name": "Harbour Times"}}, "author": [{{"@type": "Person", "name": "Jo Gray"}}]}}</script>
</head><body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>{title}</h1><p class="byline">By Jo Gray</p>
{paragraphs}
<aside><h2>Read more</h2><ul><li><a href="/x">How to pack a bag</a></li></ul></aside>
</article><footer>© 2026 Harbour Times</footer></body></html>"""
LEAVE = "“The water is still rising. We ask everybody in the old town to leave now,” she told reporters."
FLOOD = (
    "The river Alder broke its banks on Sunday night and flooded the old town of Aldery, the fire service said.",
    f"Mayor Ann Lee said 300 people had left their homes in Aldery. {LEAVE}",
    "The road bridge to the harbour is closed until Wednesday, police said in a statement.",
    "The fire service has asked the neighbouring towns for pumps and boats, and the first of them are on their way.",
)
LATER = (
    "The mayor of Aldery corrected the number of people who had left their homes in the flooded old town.",
    "Mayor Ann Lee said 130 people had left their homes in Aldery, not 300 as she had said before.",
    "She blamed a slip in the lists that the fire service kept in the night of the flood, which broke over the town on Sunday.",
    "The road bridge to the harbour will be open again on Thursday, a day later than planned, police said.",
)
HOW_MANY = "How many people left their homes in Aldery?"
EDIT = {"method": "editMessageText"}


def command(chat: Chat, *words: str) -> str:
    environment = {"OTR_DATA": str(chat.data), "OTR_STATE": str(chat.data.parent / "cli"), "OTR_ENCODER": "lexical"}
    done = CliRunner().invoke(main, words, env=environment, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def saved(folder: Path, name: str, title: str, day: str, paragraphs: tuple[str, ...]) -> str:
    file = folder / f"{name}.html"
    text = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    file.write_text(PAGE.format(title=title, day=day, paragraphs=text), encoding="utf-8")
    return str(file)


def facts(chat: Chat, stem: str) -> dict[str, dict[str, object]]:
    text = (chat.data / f"facts/{stem}.toml").read_text(encoding="utf-8")
    return {str(fact["quote"]): fact for fact in tomllib.loads(text)["fact"]}


async def review(chat: Chat, stem: str) -> None:
    """Let out every draft of an article, with the question that readers ask at the one on people."""
    shown = await chat.ask(f"/review {stem}", ADMIN)
    while labels(shown):
        if "Figure: 300 people" in shown["text"] and HOW_MANY not in shown["text"]:
            await chat.press("Edit questions", ADMIN)
            shown = await chat.ask(f"+ {HOW_MANY}", ADMIN)
        shown = await chat.press(labels(shown)[0], ADMIN, **EDIT)


async def publish(chat: Chat) -> None:
    """Publish what the data folder holds; another admin confirms where readers were told something."""
    shown = await chat.ask("/reload", ADMIN)
    await publish_offered(chat, shown["text"])


async def publish_offered(chat: Chat, offered: str) -> None:
    if "One admin's word is not enough" in offered:
        await say_first(chat)
        await chat.press("Confirm", OTHER_ADMIN, **EDIT)
    else:
        await chat.press("Publish", ADMIN, **EDIT)


async def act(chat: Chat, words: str) -> None:
    await chat.ask(words, ADMIN)
    after = await chat.last()
    await chat.sim("press", user_id=ADMIN, label="Confirm", wait=10)
    (offered,) = await chat.until(after, method="sendMessage")
    await publish_offered(chat, offered["message"]["text"])


async def test_a_page_becomes_an_answer_is_corrected_and_taken_back(chat: Chat, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    # The command line has the machine's clock, and what it brings in was saved today.
    chat.clock.now = now = datetime.now(UTC)
    await chat.ask("/start", OTHER_ADMIN)
    assert "300" not in (await chat.ask(HOW_MANY))["text"]

    added = command(chat, "add", saved(pages, "flood", "River floods Aldery", "2026-11-16", FLOOD))
    stem = next(file.stem for file in (chat.data / "articles").glob("2026-11-16-*.md"))
    assert f"python -m bot draft {stem}" in added
    drawn = command(chat, "draft", stem)
    assert f"python -m bot review {stem}" in drawn
    first = facts(chat, stem)
    said = first["Mayor Ann Lee said 300 people had left their homes in Aldery."]
    assert (said["speaker"], said["role"], said["known"], said["status"]) == ("Ann Lee", "Mayor", "cue", "draft")
    assert first[LEAVE]["speaker"] == "Ann Lee"
    assert not any("pack a bag" in passage or "Jo Gray" in passage for passage in first)

    await review(chat, stem)
    await publish(chat)
    assert "300 people had left" in (await chat.ask(HOW_MANY))["text"]

    command(chat, "add", saved(pages, "later", "Mayor corrects number", "2026-11-18", LATER))
    later = next(file.stem for file in (chat.data / "articles").glob("2026-11-18-*.md"))
    command(chat, "draft", later)
    old, new = (
        said["id"],
        facts(chat, later)[
            "Mayor Ann Lee said 130 people had left their homes in Aldery, not 300 as she had said before."
        ]["id"],
    )
    await act(chat, f"/correct {old} {new} The mayor corrected herself.")
    told = await chat.ask(HOW_MANY)
    assert f"was corrected on {now.day} {now:%b %Y}" in told["text"]
    assert [
        quote.startswith(f"Mayor Ann Lee said {n} people") for n, quote in zip((300, 130), quotes(told), strict=False)
    ] == [True, True]
    assert "The mayor corrected herself." in (await chat.ask("/corrections"))["text"]

    bridge = first["The road bridge to the harbour is closed until Wednesday, police said in a statement."]["id"]
    await act(chat, f"/retract {bridge} The police withdrew the statement.")
    assert "The police withdrew the statement." in (await chat.ask("/corrections"))["text"]
    assert "All is well" in command(chat, "check")
    command(chat, "export", "--to", str(tmp_path / "out"))
    assert "The mayor corrected herself." in (tmp_path / "out" / "facts.jsonl").read_text(encoding="utf-8")
