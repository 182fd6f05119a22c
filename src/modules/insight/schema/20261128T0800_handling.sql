-- What people did about a light that is lit: took it, explained it, set it aside until a day. The
-- reasons stand here and not in the ledger, so that they can be erased.
create table insight_handling (
  id           bigint primary key,
  rule         text not null,
  subject      bigint not null,
  organisation bigint not null,
  what         text not null,      -- taken | explained | waived
  reason       text not null,
  until        integer,            -- the last day it holds
  account      bigint not null,
  made         integer not null,   -- milliseconds since 1970
  ended        integer             -- when it was taken back or replaced, or the light went out
);
create index insight_handling_light on insight_handling (rule, subject);
create unique index insight_handling_open on insight_handling (rule, subject) where ended is null;

-- When lights were lit, changed and went out: how long they take, how often they come again, how
-- many there were on a day. Lights that were lit before this table begin with their lighting.
create table insight_light_event (
  rule         text not null,
  subject      bigint not null,
  happened     integer not null,   -- milliseconds since 1970
  what         text not null,      -- lit | changed | out
  organisation bigint not null,
  day          integer not null,
  level        text not null,      -- after it; of one that went out, before it
  before       text not null,      -- the level before a change; empty otherwise
  primary key (rule, subject, happened, what, organisation)
) without rowid;
create index insight_light_event_organisation on insight_light_event (organisation, day);
insert into insight_light_event (rule, subject, happened, what, organisation, day, level, before)
select rule, subject, lit_at, 'lit', organisation, lit_at / 86400000, level, '' from insight_light;
