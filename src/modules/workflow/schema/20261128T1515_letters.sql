-- Letters of introduction: numbered by the committee that sends and the year, verified by a code.
create table workflow_letter (
  id         bigint primary key,
  case_id    bigint not null,
  committee  bigint not null,
  year       integer not null,
  number     integer not null,   -- 1, 2, 3 … of that committee and year
  code       text not null unique,
  person     bigint not null,
  receiver   bigint not null,    -- the committee that receives
  issued     integer not null,
  expires    integer not null,   -- the last day on which it is good
  voided     bigint              -- when it became void
);
create unique index workflow_letter_number on workflow_letter (committee, year, number);
create index workflow_letter_person on workflow_letter (person);
