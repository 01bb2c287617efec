CREATE TABLE item (id integer, price integer);
CREATE TABLE atlas () INHERITS (item);
ALTER TABLE item ADD CONSTRAINT item_price CHECK (price > 0) NOT VALID;
