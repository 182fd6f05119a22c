-- Temporary groups of organisations of a region, for one project.
create table liaison_group (
  id        bigint primary key,
  region    bigint not null,
  title     text not null,
  case_id   bigint not null,    -- the project
  begun     integer not null,   -- days since 1970
  until_day integer not null,   -- the last; from the day after the group is over
  closed    integer             -- before that, or after: when the project was closed
);
create index liaison_group_region on liaison_group (region, id);
create unique index liaison_group_case on liaison_group (case_id);

-- Who takes part.
create table liaison_partner (
  group_id     bigint not null,
  organisation bigint not null,
  primary key (group_id, organisation)
) without rowid;
create index liaison_partner_organisation on liaison_partner (organisation, group_id);

-- What they tell each other, for nobody else.
create table liaison_note (
  id           bigint primary key,
  group_id     bigint not null,
  organisation bigint not null,   -- of whoever wrote it
  account      bigint not null,
  text         blob not null,     -- sealed
  at           bigint not null
);
create index liaison_note_group on liaison_note (group_id, id);
