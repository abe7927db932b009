BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'state','first','2026-11-28 19:19:04.136978+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'state','audit','2026-11-28 19:19:04.137579+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'state','sealed','2026-11-28 19:19:04.138782+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'state','runs','2026-11-28 19:19:04.139352+00:00');
CREATE TABLE "audit" (
   "number" INTEGER PRIMARY KEY,
   "at" TEXT NOT NULL,
   "admin" INTEGER NOT NULL,
   "act" TEXT NOT NULL,
   "revision" TEXT NOT NULL,
   "detail" TEXT NOT NULL,
   "previous" TEXT NOT NULL,
   "hash" TEXT NOT NULL
) STRICT;
INSERT INTO "audit" VALUES(1,'2026-01-01T00:00:00+00:00',0,'start','aaaaaaaa','','0000000000000000000000000000000000000000000000000000000000000000','9b8d9b9fed83717067369e38395c22bef101cb04f0dfe3f0a7d78c4f8546ee1b');
CREATE TABLE canaries (hash text primary key, at integer not null, stopped integer not null) strict, without rowid;
CREATE TABLE "counts" (
   "day" TEXT,
   "what" TEXT,
   "times" INTEGER NOT NULL,
   PRIMARY KEY ("day", "what")
) STRICT;
INSERT INTO "counts" VALUES('2026-01-01','found',3);
CREATE TABLE deliveries (
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
) strict, without rowid;
INSERT INTO "deliveries" VALUES(1,1,'sent',0,0,0,NULL,NULL,NULL,NULL);
CREATE TABLE editions (
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
) strict;
CREATE TABLE "publications" (
   "number" INTEGER PRIMARY KEY,
   "revision" TEXT NOT NULL,
   "at" TEXT NOT NULL,
   "admin" INTEGER NOT NULL,
   "how" TEXT NOT NULL
) STRICT;
INSERT INTO "publications" VALUES(1,'aaaaaaaa','2026-01-01T00:00:00+00:00',0,'start');
CREATE TABLE runs (
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
) strict;
INSERT INTO "runs" VALUES(1,'daily/2026-01-01/UTC/08:00','routine','done','aaaaaaaa',NULL,'',NULL,NULL,NULL,1767254400,NULL,1767276000,1767254500,0,1,0,'');
CREATE TABLE state (name text primary key, value text not null) strict, without rowid;
INSERT INTO "state" VALUES('key','687f7ffe41f14490a33eee7c1e89ffa0');
CREATE TABLE subscribers (
    id integer primary key autoincrement,
    tag blob not null unique,
    sealed blob not null,
    at text not null,
    zone text not null,
    revision text not null,
    slot text not null
) strict;
INSERT INTO "subscribers" VALUES(1,X'ED49950107D862A9FE497571DC3939E8',X'01A39CD483C7B0A35E55CF37F9597A499E3C4A2C36982CC0CBC54E6939356AAE4E21FE271F','07:30','Europe/Kyiv','aaaaaaaa','2026-01-01');
INSERT INTO "subscribers" VALUES(2,X'4836B7F87D2375478DBB9171BCC40A52',X'01F0413FF52855727FCEF0FB066658AE13A1AA84D4E5A3F012A1693D5CB01467B5277BD258','08:00','UTC','bbbbbbbb','2026-01-02');
CREATE TABLE tallies (run integer, state text, times integer not null, primary key (run, state)) strict, without rowid;
CREATE TABLE tombstones (hash blob primary key, at text not null) strict, without rowid;
INSERT INTO "tombstones" VALUES(X'B76BA268920FA4FA357AF653A5CB2F8B','2026-01-01T00:00:00+00:00');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE TRIGGER audit_is_not_changed before update on audit begin select raise(abort, 'the audit trail is never changed'); end;
CREATE TRIGGER audit_is_not_deleted before delete on audit begin select raise(abort, 'nothing is taken out of the audit trail'); end;
CREATE TRIGGER audit_is_added_to before insert on audit when new.number <= (select max(number) from audit)
    begin select raise(abort, 'the audit trail is only added to'); end;
CREATE INDEX runs_under_way on runs (number) where closed is null;
CREATE INDEX deliveries_pending on deliveries (run, not_before) where state = 'pending';
CREATE INDEX deliveries_sending on deliveries (subscriber) where state = 'sending';
CREATE INDEX deliveries_of_person on deliveries (person);
CREATE TRIGGER deliveries_stay_counted after delete on deliveries begin
    insert into tallies values (old.run, iif(old.state in ('pending', 'sending'), 'left', old.state), 1)
    on conflict do update set times = times + 1; end;
CREATE INDEX subscribers_by_hour on subscribers (zone, at);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('subscribers',2);
COMMIT;
