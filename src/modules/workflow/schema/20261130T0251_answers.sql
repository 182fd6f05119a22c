-- What was written at a step, as it was sent: fields of several forms share a variable of the case,
-- which holds the last of them alone.
create table workflow_case_answer (
  event   bigint primary key,   -- of workflow_case_event
  case_id bigint not null,
  answer  blob not null         -- JSON, sealed
);
create index workflow_case_answer_case on workflow_case_answer (case_id, event);
