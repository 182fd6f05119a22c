-- Where members are who are away with a certificate or card, as their committee recorded it when it
-- issued the paper. The membership stays; the roll says since when (floating_since).
create table workflow_away (
  id        bigint primary key,
  case_id   bigint not null,
  person    bigint not null,
  committee bigint not null,   -- of the place where they are; 0: one outside of this system
  outside   text not null,     -- its name where it is outside
  since     integer not null,
  until     integer            -- null: no day was named
);
create index workflow_away_person on workflow_away (person, id);
