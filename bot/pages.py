"""What the bot shows beside answers, as values: one class for each template, which knows nothing else."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from answers.compose import Card
from answers.errors import Problem
from answers.model import Article, Correction, Coverage, Fact, Status, Suggestion
from bot.alarms import Alarm
from bot.runs import Progress
from bot.store import Subscriber


class Notice(StrEnum):
    """One-line replies; their words are in the template `notice`."""

    NOT_KNOWN_COMMAND = "not_known_command"
    FACT_GONE = "fact_gone"
    TOO_LONG_AGO = "too_long_ago"
    NOTHING_ELSE_NEAR = "nothing_else_near"
    PRIVATELY = "privately"
    UNSUBSCRIBED = "unsubscribed"
    WAS_NOT_SUBSCRIBED = "was_not_subscribed"
    BAD_HOUR = "bad_hour"
    BAD_ZONE = "bad_zone"
    UNCHANGED = "unchanged"
    CANCELLED = "cancelled"
    NOT_CONFIRMED = "not_confirmed"
    NOTHING_BEFORE = "nothing_before"
    NO_SUCH_REVISION = "no_such_revision"
    ONLY_TEXT = "only_text"
    REVIEWED = "reviewed"
    NOT_IN_REVIEW = "not_in_review"
    ASK_SPEAKER = "ask_speaker"
    ASK_CLAIM = "ask_claim"
    ASK_QUESTIONS = "ask_questions"
    FAILED = "failed"
    COMMAND_TOO_OLD = "command_too_old"
    BUTTON_TOO_OLD = "button_too_old"
    NOTHING_KEPT = "nothing_kept"
    EXPORTED = "exported"
    FORGOTTEN = "forgotten"
    NOT_FORGOTTEN = "not_forgotten"
    NOT_DELETED = "not_deleted"
    OWN_PRIVATELY = "own_privately"
    TOO_SLOW = "too_slow"
    TOO_MANY = "too_many"
    NOT_KEPT = "not_kept"
    ACT_HOW = "act_how"
    ACT_CANCELLED = "act_cancelled"
    ACT_TOO_LATE = "act_too_late"
    ACT_DONE = "act_done"
    NOTHING_HALTED = "nothing_halted"
    STAYS_HALTED = "stays_halted"
    RUNS_CHANGED = "runs_changed"
    RESUMED = "resumed"
    RUN_STOPPED = "run_stopped"
    RUN_OVER = "run_over"
    TELLING = "telling"
    NOT_TOLD = "not_told"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    template: ClassVar[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePage(Page):
    template: ClassVar[str] = "notice"
    notice: Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPage(Page):
    template: ClassVar[str] = "start"
    coverage: Coverage
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPage(Page):
    template: ClassVar[str] = "help"
    commands: tuple[tuple[str, str], ...]
    username: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyPage(Page):
    """`backup_days`: for how long a backup may hold what was deleted since."""

    template: ClassVar[str] = "privacy"
    backup_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetPage(Page):
    """What goes with /forget and what stays, before it is confirmed."""

    template: ClassVar[str] = "forget"
    backup_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPage(Page):
    """When a question was asked that is answered late: a moment in UTC, and whether it is of today there."""

    template: ClassVar[str] = "asked"
    at: datetime
    today: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesPage(Page):
    """The articles, newest first; `more` did not fit."""

    template: ClassVar[str] = "sources"
    coverage: Coverage
    articles: tuple[Article, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicsPage(Page):
    template: ClassVar[str] = "topics"
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicPage(Page):
    template: ClassVar[str] = "topic"
    topic: str
    cards: tuple[Card, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionPage(Page):
    """What a chat has chosen, or nothing; `local` is the present time where it says that it lives."""

    template: ClassVar[str] = "subscription"
    subscriber: Subscriber | None
    local: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemsPage(Page):
    template: ClassVar[str] = "problems"
    problems: tuple[Problem, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPage(Page):
    """A revision went live; `counts` are facts added, changed and removed."""

    template: ClassVar[str] = "published"
    revision: str
    counts: tuple[int, int, int]
    rolled_back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A revision that one can go back to. `by` is the place of the admin who made it live; 0 the program, -1 nobody who is
    an admin still.
    """

    number: int
    revision: str
    at: datetime
    by: int
    how: str
    facts: int
    live: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionsPage(Page):
    template: ClassVar[str] = "revisions"
    revisions: tuple[Revision, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusPage(Page):
    """`head` is the beginning of the audit trail's last hash: noted elsewhere, it shows a trail that was cut."""

    template: ClassVar[str] = "status"
    revision: str
    coverage: Coverage
    live_since: datetime | None
    encoder: str
    why_lexical: str
    subscribers: int
    counts: dict[str, int]
    pending: bool
    head: str
    runs: tuple[Progress, ...] = ()
    halted: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunsPage(Page):
    """Runs of digests, the newest first. `halted` since then, if at all; `asking`: whether they shall go on."""

    template: ClassVar[str] = "runs"
    runs: tuple[Progress, ...]
    halted: str
    asking: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage(Page):
    """A draft for an editor, in its paragraph; `left` drafts of the article wait, this one among them."""

    template: ClassVar[str] = "review"
    fact: Fact
    before: str
    after: str
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewsPage(Page):
    """The articles that have drafts, with how many; `more` articles did not fit."""

    template: ClassVar[str] = "reviews"
    articles: tuple[tuple[str, int], ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """An entry of the correction log with the facts that it is about.

    `now` is None where nothing was put in the fact's place, or where it does not fit (`elsewhere`).
    """

    correction: Correction
    fact: Fact
    now: Fact | None = None
    elsewhere: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionsPage(Page):
    """The correction log, newest first, from some entry on; `more` older ones did not fit."""

    template: ClassVar[str] = "corrections"
    entries: tuple[Corrected, ...]
    more: int


class ActStage(StrEnum):
    """What an admin who withdraws a fact is asked for: what stands now, why, or his word."""

    BY = "by"
    REASON = "reason"
    PREVIEW = "preview"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActPage(Page):
    """A fact that is to be withdrawn, as far as it is known how.

    `asked` are questions that it is known to answer, `more` of them are not shown. `wordless`: the passages do not fit.
    """

    template: ClassVar[str] = "act"
    stage: ActStage
    act: Status
    fact: Fact
    on: date
    reason: str = ""
    now: Fact | None = None
    candidates: tuple[Fact, ...] = ()
    asked: tuple[str, ...] = ()
    more: int = 0
    begun: bool = False
    wordless: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedPage(Page):
    """Why what an admin asked for was not done; nothing was changed."""

    template: ClassVar[str] = "refused"
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmPage(Page):
    """What an admin has to look at; `detail` may be empty."""

    template: ClassVar[str] = "alarm"
    alarm: Alarm
    detail: str
