-- Who looked at the pages as another account would see them, what for, and until when.
create table identity_sight (
  id      bigint primary key,
  session bigint not null,  -- by which it is looked
  account bigint not null,  -- who looks
  seen    bigint not null,  -- as whom
  purpose text not null,
  made    bigint not null,
  expires bigint not null,
  ended   bigint            -- before it expired
);
create index identity_sight_seen on identity_sight (seen);
create index identity_sight_account on identity_sight (account);
create index identity_sight_expires on identity_sight (expires);
