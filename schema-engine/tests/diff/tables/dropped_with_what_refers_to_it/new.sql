CREATE TABLE b (a integer);
