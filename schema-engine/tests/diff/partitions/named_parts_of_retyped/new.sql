CREATE TABLE e (at date NOT NULL, kind varchar, n bigint) PARTITION BY RANGE (at);
CREATE TABLE e_1 PARTITION OF e FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE INDEX own ON e_1 (kind);
CREATE INDEX whole ON e (kind);
CREATE INDEX usual ON e (n);
CREATE INDEX part ON e_1 (n) WHERE kind > 'a';
CREATE INDEX partial ON e (n) WHERE kind > 'a';
ALTER TABLE e_1 ADD CONSTRAINT one UNIQUE (at, kind);
ALTER TABLE e ADD UNIQUE (at, kind);
