CREATE TABLE item (id integer, price integer);
CREATE TABLE book () INHERITS (item);
CREATE TABLE atlas () INHERITS (book);
ALTER TABLE item ADD CONSTRAINT item_price CHECK (price > 0) NOT ENFORCED;
ALTER TABLE book ADD CONSTRAINT item_price CHECK (price > 0);
