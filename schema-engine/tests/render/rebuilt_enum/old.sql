CREATE TYPE mood AS ENUM ('good', 'bad'); CREATE TABLE a (m mood);
