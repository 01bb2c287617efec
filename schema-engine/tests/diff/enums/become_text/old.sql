CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE t (a mood DEFAULT 'sad' NOT NULL);
