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


def migrate(db: Database, vault: Vault) -> None:
    """Bring a state up to date, whatever its age. The pages of what was taken out are due to be written anew."""
    db.conn.create_function("sealed", 1, vault.seal)
    db.conn.create_function("tag", 1, vault.tag, deterministic=True)
    migrations.apply(db)
