-- Where values come from. Of two that differ, the higher rank stands.
create table registry_source (
  id   bigint primary key,
  name text not null unique,
  rank integer not null
);

create table registry_organisation (
  id          bigint primary key,
  code        text not null,
  code_key    text not null unique,   -- folded: how codes are compared
  code_given  integer not null,       -- 0: a code of the program's own
  name        text not null,
  kind        text not null,
  unit_name   text not null,
  credit_code text not null,
  unit_kind   text not null,
  division    text not null,
  founded     integer,
  elected     integer,
  term_years  integer,
  extended_to integer,
  ended       integer,
  phone       blob,                   -- sealed
  source      bigint not null,
  batch       bigint not null
);
create index registry_organisation_name on registry_organisation (name);

-- Who stands under whom, from when to when (the day it ends no longer counts). A root has parent 0.
create table registry_link (
  structure  text not null,
  child      bigint not null,
  parent     bigint not null,
  valid_from integer not null,
  valid_to   integer,
  primary key (structure, child, valid_from)
) without rowid;
create index registry_link_parent on registry_link (structure, parent);

-- Today's tree, every organisation under each of its superiors and under itself.
create table registry_ancestry (
  structure    text not null,
  ancestor     bigint not null,
  organisation bigint not null,
  depth        integer not null,
  primary key (structure, ancestor, organisation)
) without rowid;
create index registry_ancestry_organisation on registry_ancestry (structure, organisation);

-- What became of an organisation in a split or merger.
create table registry_succession (
  predecessor bigint not null,
  successor   bigint not null,
  happened    integer not null,
  how         text not null,
  primary key (predecessor, successor)
) without rowid;

create table registry_unit (
  id          bigint primary key,
  name        text not null,
  credit_code text not null,
  kind        text not null
);
create index registry_unit_name on registry_unit (name);
create table registry_unit_link (
  organisation bigint not null,
  unit         bigint not null,
  valid_from   integer not null,
  valid_to     integer,
  primary key (organisation, unit, valid_from)
) without rowid;

create table registry_person (
  id              bigint primary key,
  number          text not null,      -- 人员编号, empty when none was given
  number_key      text unique,        -- folded
  name            text not null,
  sex             text not null,
  ethnic          text not null,
  birth           integer,
  birth_precision text not null,      -- day | month | year
  education       text not null,
  occupation      text not null,
  citizen_id      blob,               -- sealed
  citizen_key     blob unique,        -- keyed blind index
  phone           blob,               -- sealed
  phone_key       blob,
  address         blob,               -- sealed
  source          bigint not null,
  batch           bigint not null
);

-- The formal place of a person; the one without valid_to is today's.
create table registry_membership (
  person          bigint not null,
  valid_from      integer not null,
  valid_to        integer,
  organisation    bigint not null,
  stage           text not null,
  joined          integer not null,
  confirmed       integer,
  probation_until integer,
  status          text not null,
  lost_since      integer,
  floating_since  integer,
  batch           bigint not null,
  primary key (person, valid_from)
) without rowid;
create index registry_membership_organisation on registry_membership (organisation);

create table registry_post (
  id           bigint primary key,
  person       bigint not null,
  organisation bigint not null,
  title        text not null,
  from_date    integer not null,
  to_date      integer,
  source       bigint not null,
  batch        bigint not null,
  unique (person, organisation, title, from_date)
);
create index registry_post_organisation on registry_post (organisation);

-- What an archive field held before or beside its present value: a change after the record was
-- made. A field without
-- a row here has the source and batch of its record.
create table registry_field (
  subject  bigint not null,
  field    text not null,
  recorded integer not null,
  before   blob not null,    -- sealed
  source   bigint not null,  -- of the value that replaced it
  actor    bigint not null,
  batch    bigint not null,
  primary key (subject, field, recorded)
) without rowid;
create index registry_field_batch on registry_field (batch);

-- Two sources that differ: the value that stands, and the other beside it until a person decides.
create table registry_conflict (
  id           bigint primary key,
  subject_kind text not null,
  subject      bigint not null,
  field        text not null,
  other        blob not null,   -- sealed
  other_key    blob not null,   -- blind index of it
  source       bigint not null, -- of the other value
  batch        bigint not null,
  state        text not null,   -- open | kept | taken
  unique (subject, field, other_key)
);

-- Persons who may be one: side by side until a person decides.
create table registry_duplicate (
  first  bigint not null,
  second bigint not null,
  reason text not null,
  state  text not null,
  batch  bigint not null,
  primary key (first, second)
) without rowid;
