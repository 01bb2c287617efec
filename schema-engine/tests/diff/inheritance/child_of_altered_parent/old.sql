CREATE TABLE p (a text, b date);
