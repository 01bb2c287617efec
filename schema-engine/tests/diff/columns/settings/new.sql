CREATE TABLE t (a text, b numeric, c text);
ALTER TABLE t ALTER c SET STATISTICS 100, ALTER c SET STORAGE MAIN, ALTER a SET (n_distinct_inherited = 6);
