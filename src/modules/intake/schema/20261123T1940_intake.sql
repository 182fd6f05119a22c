-- One call of import: what it read and what became of it.
create table intake_batch (
  id        bigint primary key,
  started   integer not null,    -- milliseconds since 1970
  finished  integer not null,
  source    bigint not null,
  actor     bigint not null,
  first_seq bigint not null,     -- facts after this one, up to last_seq, are the batch's
  last_seq  bigint not null,
  state     text not null        -- done | undone
);

create table intake_sheet (
  batch     bigint not null,
  sheet     integer not null,    -- number within the batch
  file      text not null,
  name      text,
  kind      text,
  headers   text not null,       -- JSON array, as written
  columns   text not null,       -- JSON array: canonical header or null
  epoch     integer not null,    -- 1900 | 1904
  rows      integer not null,
  accepted  integer not null,
  refused   integer not null,
  unchanged integer not null,
  primary key (batch, sheet)
) without rowid;

-- Refused rows as they were read, so that they can be corrected and imported again.
create table intake_refused (
  batch   bigint not null,
  sheet   integer not null,
  row     integer not null,
  codes   text not null,         -- separated by spaces
  columns text not null,         -- likewise, in the same order
  cells   blob not null,         -- sealed; texts separated by U+001F
  state   text not null,         -- open | accepted
  primary key (batch, sheet, row)
) without rowid;

-- Subjects that had rows refused in the last import that spoke of them: their lights say so.
create table intake_doubt (
  subject_kind text not null,
  subject      bigint not null,
  batch        bigint not null,
  rows         integer not null,
  primary key (subject_kind, subject)
) without rowid;

-- Cells of columns without a meaning: kept with the record they stood beside.
create table intake_note (
  batch   bigint not null,
  sheet   integer not null,
  row     integer not null,
  notes   blob not null,         -- sealed JSON object: header and cell
  primary key (batch, sheet, row)
) without rowid;

-- What a person said a header means; remembered for later imports.
create table intake_mapping (
  header  text not null,         -- folded
  kind    text not null,
  meaning text not null,         -- canonical header; empty: keep as a note
  primary key (header, kind)
) without rowid;
