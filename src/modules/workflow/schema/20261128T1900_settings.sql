-- What an organisation sets otherwise than the pack, for its cases and those below it.
create table workflow_setting (
  process      text not null,
  organisation bigint not null,
  name         text not null,
  value        text not null,
  made         bigint not null,
  made_by      bigint not null,
  primary key (process, organisation, name)
) without rowid;
