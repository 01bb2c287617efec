CREATE TABLE item (id integer, name text);
CREATE MATERIALIZED VIEW new_names AS SELECT name FROM item;
CREATE VIEW names AS SELECT name FROM new_names;
CREATE VIEW short_names AS SELECT name FROM names WHERE length(name) < 9;
