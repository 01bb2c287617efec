CREATE TABLE t (a integer, b integer);
CREATE POLICY own ON t FOR SELECT USING (a > 1);
