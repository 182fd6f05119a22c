-- Administrative divisions as published: a code of 2, 4, 6, 9 or 12 digits begins with that of the
-- division above. The id is the code filled up to 12 digits, times 8, plus its level, so that all
-- below a division follow it in the order of ids.
create table division_node (
  id     bigint primary key,
  parent bigint not null,      -- 0 at the top
  code   text not null,
  name   text not null,
  level  integer not null,     -- 1 province … 5 village or community
  below  integer not null      -- how many stand below it
);
create index division_node_parent on division_node (parent, id);

-- Which list is loaded.
create table division_release (
  id       integer primary key, -- 1
  digest   text not null,       -- SHA-256 over codes and names
  nodes    integer not null,
  loaded   bigint not null
);
