CREATE TABLE people (id integer PRIMARY KEY, title text, at date);
