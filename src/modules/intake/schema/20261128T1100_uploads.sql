-- Files of dry runs, until they are imported for good or a day has passed.
create table intake_upload (
  job       bigint primary key,  -- the dry run
  account   bigint not null,     -- that sent them
  input     text not null,       -- JSON: what the job was given
  bytes     bigint not null,
  until     bigint not null,     -- milliseconds since 1970
  committed bigint not null      -- the job that imports them for good; 0: none
);
create index intake_upload_until on intake_upload (until);

-- The cells of an accepted row as a person corrected them, sealed as those it came with; null: as
-- they came.
alter table intake_acceptance add column cells blob;
