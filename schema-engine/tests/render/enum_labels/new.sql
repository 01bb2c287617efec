CREATE TYPE mood AS ENUM ('good', 'soso', 'bad', 'worst'); CREATE TABLE a (m mood);
