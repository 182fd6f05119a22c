-- Ballot boxes for votes on the spot. Nothing here says who voted, when, or in which order: codes
-- are on no list of persons, a used code names no ballot, a ballot has neither number nor time.
create table election_box (
  id           bigint primary key,
  organisation bigint not null,
  title        text not null,
  candidates   text not null,      -- JSON: ids and names, in the order of the ballot
  seats        integer not null,   -- so many may be voted for
  issued       integer not null,   -- codes
  opened_by    bigint not null,
  opened       bigint not null,
  closed       bigint,
  root         text not null       -- of the commitments, once it is closed
);
create index election_box_organisation on election_box (organisation, id);

-- Codes that were not used yet, as hashes in no order. A used one is gone.
create table election_code (
  box  bigint not null,
  hash text not null,
  primary key (box, hash)
) without rowid;

create table election_ballot (
  box        bigint not null,
  commitment text not null,        -- SHA-256 of the record
  record     text not null,        -- what was chosen, with a random text
  primary key (box, commitment)
) without rowid;
