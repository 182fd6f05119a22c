-- Lights that are lit now; what went before stands in the ledger.
create table insight_light (
  rule         text not null,
  subject_kind text not null,
  subject      bigint not null,
  organisation bigint not null,
  version      integer not null,
  level        text not null,
  since        integer,
  due          integer,
  evidence     text not null,    -- JSON
  lit_at       integer not null, -- milliseconds since 1970
  primary key (rule, subject)
) without rowid;
create index insight_light_organisation on insight_light (organisation);

-- How far the lights have come: the day they were looked at for, and the ledger's position then.
create table insight_state (
  id       bigint primary key,
  day      integer not null,
  position bigint not null
);

-- Parameters that an organisation set for itself and all below it.
create table insight_parameter (
  rule         text not null,
  parameter    text not null,
  organisation bigint not null,
  value        bigint not null,
  primary key (rule, parameter, organisation)
) without rowid;
