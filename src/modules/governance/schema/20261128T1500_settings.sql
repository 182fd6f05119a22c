-- Settings of the program that were set in it; the others stand at their defaults.
create table governance_setting (
  name    text primary key,
  value   bigint not null,
  account bigint not null,  -- who set it
  set_ms  bigint not null
);
