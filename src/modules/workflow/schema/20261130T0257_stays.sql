-- Where members who are away take part for the time being (流入党员): their membership stays where
-- it is.
create table workflow_stay (
  id       bigint primary key,
  case_id  bigint not null,
  person   bigint not null,
  host     bigint not null,   -- the branch, else the committee that registered them
  since    integer not null,
  until    integer            -- null: no day was named
);
create index workflow_stay_host on workflow_stay (host, id);
create index workflow_stay_person on workflow_stay (person);
