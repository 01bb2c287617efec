CREATE TABLE item (id integer);
CREATE TABLE book () INHERITS (item);
CREATE VIEW counted AS SELECT count(*) AS n FROM book;
CREATE VIEW doubled AS SELECT n * 2 AS n FROM counted;
