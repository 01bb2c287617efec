CREATE TABLE item (id integer, price integer);
CREATE TABLE book () INHERITS (item);
CREATE TABLE atlas () INHERITS (book);
ALTER TABLE item ADD CONSTRAINT item_price CHECK (price > 0) NO INHERIT;
ALTER TABLE atlas ADD CONSTRAINT item_price CHECK (price > 9) NOT VALID;
