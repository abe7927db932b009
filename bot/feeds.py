"""`feeds`: what is new in the feeds of `data/feeds.toml`, each new item an article that nobody has reviewed yet."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from answers.errors import OnTheRecordError
from answers.feeds import Feed
from answers.incoming import feed as incoming_feed
from answers.incoming.values import Incoming, Item
from bot.adding import about_copy, fetched
from bot.fetching import FEED, Fetcher
from bot.filing import Filing

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One reading of feeds. `most` new articles of each are fetched, `pause` seconds apart: a feed is no licence to hurry."""

    filing: Filing
    fetcher: Fetcher
    today: date
    say: Say
    most: int = 20
    pause: float = 1.0

    async def all(self, feeds: tuple[Feed, ...]) -> bool:
        """Read one after another; whether all went well. One that is bad does not stop the others."""
        return all([await self._one(feed) for feed in feeds])

    async def _one(self, feed: Feed) -> bool:
        try:
            items = await self._items(feed)
        except OnTheRecordError as why:
            self.say(f"{feed.outlet}: {why}")
            return False
        new = [item for item in items if not self.filing.at(item.url)]
        added = [await self._added(feed, item) for item in new[: self.most]]
        later = f", {len(new) - self.most} left for the next time" if len(new) > self.most else ""
        skipped = f", {added.count(False)} skipped" if False in added else ""
        self.say(f"{feed.outlet}: {len(items)} items, {added.count(True)} new{skipped}{later}")
        return True

    async def _items(self, feed: Feed) -> tuple[Item, ...]:
        fetcher = replace(self.fetcher, limits=replace(self.fetcher.limits, size=incoming_feed.LARGEST_FEED))
        got = await fetcher.get(feed.url, FEED)
        read = incoming_feed.read(got.data, feed.url)
        if read.left_out:
            self.say(f"{feed.outlet}: {read.left_out} items have no address that may be followed")
        return read.items

    async def _added(self, feed: Feed, item: Item) -> bool:
        """Whether an item has become an article; if not, why not is said."""
        if here := self.filing.at(item.url):  # another item led to the same page meanwhile
            self.say(f"  skipped {item.url}: already here as {here}")
            return False
        await asyncio.sleep(self.pause)
        try:
            incoming = _joined(feed, item, await fetched(self.fetcher, item.url))
            filed = self.filing.file(incoming, self.today)
        except OnTheRecordError as why:
            self.say(f"  skipped {item.url}: {_short(why, item)}")
            return False
        if not filed.new:
            self.say(f"  skipped {item.url}: already here as {filed.article.id}")
            return False
        unknown = f" ({' and '.join(filed.article.unknown)} not known)" if filed.article.unknown else ""
        self.say(f"  {filed.article.id}{unknown}")
        for words in about_copy(filed):
            self.say(f"    {words}")
        return True


def _short(why: OnTheRecordError, item: Item) -> str:
    return str(why).removeprefix(f"{item.url}: ")


def _joined(feed: Feed, item: Item, page: Incoming) -> Incoming:
    """An article with what its feed says where the page says nothing; its outlet is the one that the editor has listed."""
    notes = page.notes
    if page.published and item.published and abs(page.published - item.published) > timedelta(days=1):
        notes = (*notes, f"the feed says that it was published on {item.published}, the page on {page.published}")
    return replace(
        page,
        outlet=feed.outlet,
        outlet_known="editor",
        outlet_hint="",
        title=page.title or item.title,
        authors=page.authors or item.authors,
        published=page.published or item.published,
        # What the feed links to is what is looked for the next time.
        found_at=item.url if page.url != item.url else "",
        notes=notes,
    )
