CREATE TABLE item (id bigint);
CREATE TABLE atlas () INHERITS (item);
CREATE VIEW counted AS SELECT count(*) AS n FROM atlas;
CREATE VIEW doubled AS SELECT n * 2 AS n FROM counted;
