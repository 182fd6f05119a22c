-- What was resolved, as the organisation wrote it down.
alter table orglife_activity add column resolutions text not null default '';
