CREATE TABLE item (id integer, name varchar(20));
CREATE MATERIALIZED VIEW old_names AS SELECT name::text AS name FROM item;
CREATE VIEW names AS SELECT name FROM old_names;
CREATE VIEW short_names AS SELECT name FROM names WHERE length(name) < 9;
