CREATE TABLE "Odd ""table" ("type" int PRIMARY KEY);
