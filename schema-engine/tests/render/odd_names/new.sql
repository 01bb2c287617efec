CREATE TABLE "Odd ""table" ("type" int PRIMARY KEY, "A b" text DEFAULT 'say "no"'); CREATE TABLE json (json json);
