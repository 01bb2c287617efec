CREATE TYPE mood AS ENUM ('first', 'sad', 'so', 'so so', 'happy', 'it''s last');
