-- Meetings that were called: by which case, of which kind and for which day. A plan's row is known
-- by them to have its meeting.
create table orglife_called (
  case_id      bigint not null,
  organisation bigint not null,
  kind         text not null,
  planned_on   integer not null,
  primary key (case_id, planned_on)
) without rowid;
create index orglife_called_day on orglife_called (organisation, planned_on);
