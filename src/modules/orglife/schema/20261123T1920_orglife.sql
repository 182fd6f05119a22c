create table orglife_activity (
  id           bigint primary key,
  organisation bigint not null,
  kind         text not null,
  held_on      integer not null,
  period       text not null,     -- 2026 | 2026Q1 | 2026-03; empty: its date counts
  topic        text not null,
  place        text not null,
  due          integer,
  present      integer,
  others       text not null,     -- participants who are not known, as written
  source       bigint not null,
  batch        bigint not null,
  unique (organisation, held_on, kind, topic)
);

create table orglife_attendance (
  activity bigint not null,
  person   bigint not null,
  primary key (activity, person)
) without rowid;
