CREATE TABLE item (id integer, price integer);
