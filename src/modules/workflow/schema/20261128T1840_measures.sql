-- What was decided of a membership: stopped, restored, a period to correct oneself, its end. Why it
-- was decided stands in the case, not here.
create table workflow_measure (
  id           bigint primary key,
  case_id      bigint not null,
  person       bigint not null,
  organisation bigint not null,  -- where the person was a member
  kind         text not null,    -- stop | restore | correct | advise_leave | remove
  approved     integer not null,
  number       text not null,    -- of the approval; empty: it has none
  until_date   integer,          -- of correct: the end of the period; of advise_leave and remove:
                                 -- the day before which nobody is received again
  ended        integer           -- of correct: when it was lifted, or the membership ended
);
create index workflow_measure_person on workflow_measure (person);
