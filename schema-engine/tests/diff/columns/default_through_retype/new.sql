CREATE TABLE t (a text DEFAULT 'one', b integer, c timestamptz DEFAULT now());
