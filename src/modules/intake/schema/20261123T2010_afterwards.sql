-- What became of imports afterwards.

-- Why a row was refused, with what its texts tell: a sealed JSON array.
alter table intake_refused add column problems blob;

-- Facts after first_seq, up to last_seq, are those of the undo.
create table intake_undo (
  batch     bigint primary key,
  actor     bigint not null,
  recorded  integer not null,    -- milliseconds since 1970
  first_seq bigint not null,
  last_seq  bigint not null
);

-- What was known of a subject's doubt before a batch changed it: its undo puts it back.
create table intake_doubt_before (
  batch        bigint not null,
  subject_kind text not null,
  subject      bigint not null,
  before_batch bigint,           -- null: no doubt
  before_rows  integer,
  primary key (batch, subject_kind, subject)
) without rowid;

-- A refused row that a person accepted for a reason.
create table intake_acceptance (
  batch       bigint not null,
  sheet       integer not null,
  row         integer not null,
  accepted_in bigint not null,   -- the batch of its own that wrote it
  reason      blob not null,     -- sealed
  primary key (batch, sheet, row)
) without rowid;
create index intake_acceptance_batch on intake_acceptance (accepted_in);

-- Persons on record whose name agrees with that of a row refused for its citizen id, and whose id
-- is alike.
create table intake_similar (
  id      bigint primary key,
  batch   bigint not null,
  sheet   integer not null,
  row     integer not null,
  person  bigint not null,
  state   text not null,         -- open | same | different
  unique (batch, sheet, row, person)
);
