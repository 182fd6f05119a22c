-- Process files as they were deployed: a version never changes.
create table workflow_version (
  id      bigint primary key,
  process text not null,     -- the id of its first process
  version integer not null,  -- 1, 2, 3 … of that process
  name    text not null,
  digest  text not null,     -- SHA-256 of the file and of those that belong to it
  xml     text not null,
  made    bigint not null,
  made_by bigint not null
);
create unique index workflow_version_number on workflow_version (process, version);

-- Decision models and forms that a version uses.
create table workflow_version_file (
  version bigint not null,
  name    text not null,
  content text not null,
  primary key (version, name)
) without rowid;

create table workflow_case (
  id           bigint primary key,
  version      bigint not null,
  process      text not null,
  organisation bigint not null,
  person       bigint not null,   -- whom it is about; 0: nobody
  status       text not null,     -- running | suspended | completed | ended | failed
  revision     bigint not null,   -- one more with every event
  state        blob not null,     -- where it stands, sealed
  started      bigint not null,
  started_by   bigint not null,
  ended        bigint
);
create index workflow_case_organisation on workflow_case (organisation, id);
create index workflow_case_person on workflow_case (person, id);
create index workflow_case_version on workflow_case (version, status);

create table workflow_task (
  id           bigint primary key,
  case_id      bigint not null,
  number       integer not null,  -- the engine's, within the case
  node         text not null,
  name         text not null,
  role         text not null,
  organisation bigint not null,   -- where it is done
  assignee     bigint not null,   -- a person, or an account that stands alone; 0: of the role
  state        text not null,     -- open | done | cancelled
  outcome      text not null,
  opened       bigint not null,
  due          bigint,
  done         bigint,
  done_by      bigint not null,   -- an account
  urged        integer not null,
  late         integer not null   -- 1: it was due, and told to the organisation above
);
create index workflow_task_case on workflow_task (case_id, number);
create index workflow_task_assignee on workflow_task (assignee);

-- Before whom an open task lies: a person or account, or a role at an organisation.
create table workflow_desk (
  role  text not null,     -- empty: of a person or account
  owner bigint not null,
  due   bigint not null,   -- of tasks without a day: as far off as can be
  task  bigint not null,
  primary key (role, owner, due, task)
) without rowid;
create index workflow_desk_task on workflow_desk (task);

-- When something is to be looked at next: a timer of a case, a task to be told of.
create table workflow_timer (
  what  text not null,     -- case | remind | escalate
  owner bigint not null,   -- a case, a task
  due   bigint not null,
  primary key (what, owner)
) without rowid;
create index workflow_timer_due on workflow_timer (due);

-- Who did what in a case.
create table workflow_case_event (
  id      bigint primary key,
  case_id bigint not null,
  task    bigint not null,   -- 0: the case as a whole
  at      bigint not null,
  verb    text not null,
  account bigint not null,   -- 0: time, or the program
  whom    bigint not null,   -- a person or account; 0: nobody
  outcome text not null,
  reason  text not null
);
create index workflow_case_event_case on workflow_case_event (case_id, id);

create view workflow_published_task as
select t.id, t.case_id, t.node, t.name, t.organisation, t.state, t.opened, t.due, t.done, c.process
from workflow_task t join workflow_case c on c.id = t.case_id;
