-- Rows that a job has dealt with; whether its own account alone sees it.
alter table api_job add column rows bigint not null default 0;
alter table api_job add column own integer not null default 0;
create index api_job_account on api_job (account, id);

-- Files that exports made, until nobody may fetch them any more.
create table api_export (
  job      bigint primary key,
  account  bigint not null,  -- who alone may fetch it
  address  text not null,    -- of the list, without its query
  list     text not null,    -- the name of the list's route
  format   text not null,    -- csv | xlsx
  personal integer not null, -- it has columns that are masked elsewhere
  places   text not null,    -- JSON: where the account's scope lay when it was made
  rows     bigint not null,
  bytes    bigint not null,
  made     bigint not null,  -- milliseconds since 1970
  until    bigint not null
);
create index api_export_account on api_export (account);
create index api_export_until on api_export (until);
