BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'state','first','2026-11-28 18:40:54.108832+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'state','audit','2026-11-28 18:40:54.109354+00:00');
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
CREATE TABLE "subscribers" (
   "chat" INTEGER PRIMARY KEY,
   "at" TEXT NOT NULL,
   "zone" TEXT NOT NULL,
   "revision" TEXT NOT NULL,
   "slot" TEXT NOT NULL
) STRICT;
INSERT INTO "subscribers" VALUES(-1001234567890,'08:00','UTC','bbbbbbbb','2026-01-02');
INSERT INTO "subscribers" VALUES(7,'07:30','Europe/Kyiv','aaaaaaaa','2026-01-01');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE TRIGGER audit_is_not_changed before update on audit begin select raise(abort, 'the audit trail is never changed'); end;
CREATE TRIGGER audit_is_not_deleted before delete on audit begin select raise(abort, 'nothing is taken out of the audit trail'); end;
CREATE TRIGGER audit_is_added_to before insert on audit when new.number <= (select max(number) from audit)
    begin select raise(abort, 'the audit trail is only added to'); end;
COMMIT;
