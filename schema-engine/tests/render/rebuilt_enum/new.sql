CREATE TYPE mood AS ENUM ('good', 'soso', 'bad'); CREATE TABLE a (m mood DEFAULT 'soso');
