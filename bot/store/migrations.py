"""How the state's tables came to be, step by step. Steps are only added: a file of any age becomes the newest one.

The third step seals the chat ids that a state of before held in plain text. It uses the functions `sealed` and `tag`
that `migrate` lends to the connection, and asks for a `VACUUM`, so that no page keeps what stood there.
"""

from sqlite_utils import Database, Migrations

from bot.vault import Vault

migrations = Migrations("state")


@migrations()
def first(db: Database) -> None:
    db.table("subscribers").create(
        {"chat": int, "at": str, "zone": str, "revision": str, "slot": str},
        pk="chat",
        strict=True,
        not_null={"at", "zone", "revision", "slot"},
    )
    db.table("publications").create(
        {"number": int, "revision": str, "at": str, "admin": int, "how": str},
        pk="number",
        strict=True,
        not_null={"revision", "at", "admin", "how"},
    )
    db.table("counts").create(
        {"day": str, "what": str, "times": int}, pk=("day", "what"), strict=True, not_null={"times"}
    )


_APPEND_ONLY = (
    "create trigger audit_is_not_changed before update on audit begin select raise(abort, 'the audit trail is never changed'); end",
    "create trigger audit_is_not_deleted before delete on audit begin select raise(abort, 'nothing is taken out of the audit trail'); end",
    # A row that replaces another fires no trigger of deletion.
    """create trigger audit_is_added_to before insert on audit when new.number <= (select max(number) from audit)
    begin select raise(abort, 'the audit trail is only added to'); end""",
)


@migrations()
def audit(db: Database) -> None:
    """Acts in a chain (`bot.audit`). The triggers are against slips; against who has the file, the chain is."""
    texts = ("at", "act", "revision", "detail", "previous", "hash")
    db.table("audit").create(
        {"number": int, "at": str, "admin": int} | dict.fromkeys(texts[1:], str),
        pk="number",
        strict=True,
        not_null={"admin", *texts},
    )
    for trigger in _APPEND_ONLY:
        db.execute(trigger)


_SEALED = """create table subscribers (
    id integer primary key autoincrement,
    tag blob not null unique,
    sealed blob not null,
    at text not null,
    zone text not null,
    revision text not null,
    slot text not null
) strict"""


@migrations()
def sealed(db: Database) -> None:
    """Chat ids are sealed (`bot.vault`). Numbered in no order, for the old table was in the order of the ids."""
    db.execute("create table state (name text primary key, value text not null) strict, without rowid")
    db.execute("create table tombstones (hash blob primary key, at text not null) strict, without rowid")
    db.execute("alter table subscribers rename to plain")
    db.execute(_SEALED)
    db.execute(
        "insert into subscribers (tag, sealed, at, zone, revision, slot)"
        " select tag(chat), sealed(chat), at, zone, revision, slot from plain order by random()"
    )
    db.execute("drop table plain")
    db.execute("insert into state values ('vacuum', 'due')")


_RUNS = (
    """create table runs (
    number integer primary key,
    slot text not null unique,
    kind text not null,
    state text not null,
    revision text not null,
    publication integer unique,
    facts text not null,
    zone text,
    at text,
    day text,
    opened integer not null,
    opens integer,
    not_after integer not null,
    closed integer,
    cursor integer not null default 0,
    fanned integer not null default 0,
    pruned integer not null default 0,
    why text not null default ''
) strict""",
    "create index runs_under_way on runs (number) where closed is null",
    """create table editions (
    number integer primary key,
    run integer not null references runs (number) on delete cascade,
    since text not null,
    revision text not null,
    repeat integer not null,
    html text not null,
    text text not null,
    facts text not null,
    hash text not null,
    unique (run, since, revision, repeat)
) strict""",
    # The channel is recipient 0 and no subscriber, so what refers to a subscriber is a column of its own.
    """create table deliveries (
    run integer not null references runs (number),
    subscriber integer not null,
    state text not null,
    attempts integer not null default 0,
    not_before integer not null default 0,
    repeat integer not null default 0,
    epoch integer,
    message integer,
    since text,
    revision text,
    person integer generated always as (nullif(subscriber, 0)) virtual references subscribers (id) on delete cascade,
    primary key (run, subscriber)
) strict, without rowid""",
    "create index deliveries_pending on deliveries (run, not_before) where state = 'pending'",
    "create index deliveries_sending on deliveries (subscriber) where state = 'sending'",
    "create index deliveries_of_person on deliveries (person)",
    "create table tallies (run integer, state text, times integer not null, primary key (run, state)) strict, without rowid",
    # Whoever leaves, and whatever is pruned, stays counted.
    """create trigger deliveries_stay_counted after delete on deliveries begin
    insert into tallies values (old.run, iif(old.state in ('pending', 'sending'), 'left', old.state), 1)
    on conflict do update set times = times + 1; end""",
    "create table canaries (hash text primary key, at integer not null, stopped integer not null) strict, without rowid",
    "create index subscribers_by_hour on subscribers (zone, at)",
)


@migrations()
def runs(db: Database) -> None:
    """Runs of digests, a row for each recipient of one, and what was shown to admins before. Times are Unix seconds."""
    for statement in _RUNS:
        db.execute(statement)


def migrate(db: Database, vault: Vault) -> None:
    """Bring a state up to date, whatever its age. The pages of what was taken out are due to be written anew."""
    db.conn.create_function("sealed", 1, vault.seal)
    db.conn.create_function("tag", 1, vault.tag, deterministic=True)
    migrations.apply(db)
