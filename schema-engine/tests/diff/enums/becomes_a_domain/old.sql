CREATE TYPE mood AS ENUM ('calm', 'wild');
CREATE TABLE fox (id integer, moods mood[] DEFAULT ARRAY['calm']::mood[]);
