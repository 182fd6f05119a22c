-- The secret address of an account's calendar of due days.
create table insight_calendar (
  account bigint primary key,
  secret  blob not null unique,  -- SHA-256
  made    bigint not null        -- milliseconds since 1970
);
