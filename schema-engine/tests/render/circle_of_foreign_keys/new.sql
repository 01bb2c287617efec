CREATE TABLE teams (id integer PRIMARY KEY, lead_id integer);
CREATE TABLE people (id integer PRIMARY KEY, team_id integer REFERENCES teams (id) ON DELETE SET NULL);
ALTER TABLE teams ADD FOREIGN KEY (lead_id) REFERENCES people (id) ON DELETE SET NULL;
