CREATE SEQUENCE t_a_seq AS integer;
CREATE TABLE t (b integer DEFAULT nextval('t_a_seq') NOT NULL, n text);
ALTER SEQUENCE t_a_seq OWNED BY t.b;
