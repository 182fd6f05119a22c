-- Tasks that are dealt with together by one job, and what became of each.
create table workflow_batch_item (
  job     bigint not null,
  place   integer not null,   -- in what was sent
  task    bigint not null,
  outcome text not null,      -- waiting | done | refused
  refusal text not null,      -- a code and its arguments; empty: none
  primary key (job, place)
) without rowid;
