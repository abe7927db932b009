BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'state','first','2026-11-28 18:40:54.105781+00:00');
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
COMMIT;
