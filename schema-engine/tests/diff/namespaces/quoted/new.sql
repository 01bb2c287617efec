CREATE SCHEMA "S s";
CREATE TABLE "S s"."T.t" (a integer PRIMARY KEY);
CREATE INDEX "I i" ON "S s"."T.t" ((a + 1));
