-- What tasks between organisations cost their receivers: one row a case.
create table workflow_burden (
  case_id  bigint primary key,
  sender   bigint not null,
  receiver bigint not null,
  month    integer not null,   -- when it was asked: year * 12 + month - 1
  level    integer not null,   -- how far the sender stands below the top; 0: it is the top
  planned  integer not null,   -- minutes
  spent    integer             -- minutes; null: the receiver has not said
);
create index workflow_burden_receiver on workflow_burden (receiver, month);
create index workflow_burden_sender on workflow_burden (sender, month);
