CREATE TABLE t (a serial, n text);
