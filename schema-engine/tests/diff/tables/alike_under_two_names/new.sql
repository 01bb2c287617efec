CREATE TABLE u (a integer, b text);
CREATE TABLE v (a integer, b text);
