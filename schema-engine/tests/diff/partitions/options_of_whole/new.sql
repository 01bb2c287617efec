CREATE TABLE e (at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE e_1 PARTITION OF e FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE INDEX own ON e_1 (kind) WITH (fillfactor = 60);
CREATE INDEX whole ON e (kind) WITH (fillfactor = 70);
