CREATE TABLE users (id uuid PRIMARY KEY);
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE teams (id serial PRIMARY KEY, name varchar(100) NOT NULL, parent int REFERENCES teams);
CREATE UNIQUE INDEX teams_name_key ON teams (name);
CREATE TABLE members (
    team_id int REFERENCES teams ON DELETE CASCADE,
    user_id uuid REFERENCES users ON DELETE CASCADE,
    mood mood NOT NULL DEFAULT 'good',
    rate numeric(10, 2) NOT NULL DEFAULT 0,
    joined_at timestamptz NOT NULL DEFAULT now(),
    settings jsonb,
    tags text[],
    PRIMARY KEY (team_id, user_id)
);
CREATE INDEX ix_members_user_id ON members (user_id);
