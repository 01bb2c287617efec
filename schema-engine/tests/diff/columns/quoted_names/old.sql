CREATE TABLE "T t" ("A" integer, "select" text);
