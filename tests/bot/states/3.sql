BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'state','first','2026-11-28 18:40:54.110684+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'state','audit','2026-11-28 18:40:54.111172+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'state','sealed','2026-11-28 18:40:54.112185+00:00');
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
CREATE TABLE "counts" (
   "day" TEXT,
   "what" TEXT,
   "times" INTEGER NOT NULL,
   PRIMARY KEY ("day", "what")
) STRICT;
INSERT INTO "counts" VALUES('2026-01-01','found',3);
CREATE TABLE "publications" (
   "number" INTEGER PRIMARY KEY,
   "revision" TEXT NOT NULL,
   "at" TEXT NOT NULL,
   "admin" INTEGER NOT NULL,
   "how" TEXT NOT NULL
) STRICT;
INSERT INTO "publications" VALUES(1,'aaaaaaaa','2026-01-01T00:00:00+00:00',0,'start');
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
INSERT INTO "subscribers" VALUES(1,X'4836B7F87D2375478DBB9171BCC40A52',X'01ED15BBFB1642362E6AA1925F0234A08BEAECF2CF8FC1510F2971C8A6BEC9ED6BF4E05801','08:00','UTC','bbbbbbbb','2026-01-02');
INSERT INTO "subscribers" VALUES(2,X'ED49950107D862A9FE497571DC3939E8',X'011D7D6FAA0A8EF6A46AF5D5CC88FE748914FFFB74654600D8E1EF9827F9C745B6242F8174','07:30','Europe/Kyiv','aaaaaaaa','2026-01-01');
CREATE TABLE tombstones (hash blob primary key, at text not null) strict, without rowid;
INSERT INTO "tombstones" VALUES(X'B76BA268920FA4FA357AF653A5CB2F8B','2026-01-01T00:00:00+00:00');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE TRIGGER audit_is_not_changed before update on audit begin select raise(abort, 'the audit trail is never changed'); end;
CREATE TRIGGER audit_is_not_deleted before delete on audit begin select raise(abort, 'nothing is taken out of the audit trail'); end;
CREATE TRIGGER audit_is_added_to before insert on audit when new.number <= (select max(number) from audit)
    begin select raise(abort, 'the audit trail is only added to'); end;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('subscribers',2);
COMMIT;
