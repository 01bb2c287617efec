CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE t (id integer, a mood DEFAULT 'sad' NOT NULL, b mood[] DEFAULT '{sad,happy}', CHECK (a <> 'happy'));
CREATE INDEX t_sad ON t (id) WHERE a = 'sad';
CREATE INDEX t_a ON t (a);
CREATE VIEW v AS SELECT id, a FROM t;
