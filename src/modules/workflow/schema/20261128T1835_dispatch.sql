-- What was sent to many organisations at once, by one job.
create table workflow_dispatch (
  job       bigint primary key,
  sender    bigint not null,
  title     text not null,
  until_day integer not null,   -- days since 1970
  minutes   integer not null,   -- that it is to cost each receiver
  receivers integer not null,   -- how many
  made      bigint not null,
  made_by   bigint not null     -- an account
);
create index workflow_dispatch_sender on workflow_dispatch (sender, job);

-- To whom, and what became of it there.
create table workflow_dispatch_item (
  job      bigint not null,
  receiver bigint not null,
  outcome  text not null,       -- waiting | sent | refused
  case_id  bigint not null,     -- 0: not sent
  refusal  text not null,       -- a code and its arguments; empty: none
  primary key (job, receiver)
) without rowid;
