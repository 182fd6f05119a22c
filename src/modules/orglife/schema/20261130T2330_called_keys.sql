-- The key's columns first: where the last column of a table without rows' numbers is of its key,
-- SQLite's check of a whole file (3.40, that of Debian 12) takes what stands before it for null,
-- and a backup is refused.
create table orglife_called_next (
  case_id      bigint not null,
  planned_on   integer not null,
  organisation bigint not null,
  kind         text not null,
  primary key (case_id, planned_on)
) without rowid;
insert into orglife_called_next (case_id, planned_on, organisation, kind)
select case_id, planned_on, organisation, kind from orglife_called;
drop table orglife_called;
alter table orglife_called_next rename to orglife_called;
create index orglife_called_day on orglife_called (organisation, planned_on);
