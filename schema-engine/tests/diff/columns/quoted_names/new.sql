CREATE TABLE "T t" ("A" bigint DEFAULT 1, "select" text NOT NULL, "b""c" date);
