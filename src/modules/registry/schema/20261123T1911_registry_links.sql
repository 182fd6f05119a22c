-- Links and ancestry are asked for by organisation. A key that begins with the structure, of which
-- there are five, would
-- make a planner that has no statistics walk a whole structure for one organisation.
create table registry_link_next (
  structure  text not null,
  child      bigint not null,
  parent     bigint not null,
  valid_from integer not null,
  valid_to   integer,
  primary key (child, structure, valid_from)
) without rowid;
insert into registry_link_next (structure, child, parent, valid_from, valid_to)
select structure, child, parent, valid_from, valid_to from registry_link;
drop table registry_link;
alter table registry_link_next rename to registry_link;
create index registry_link_parent on registry_link (parent, structure);

create table registry_ancestry_next (
  structure    text not null,
  ancestor     bigint not null,
  organisation bigint not null,
  depth        integer not null,
  primary key (ancestor, structure, organisation)
) without rowid;
insert into registry_ancestry_next (structure, ancestor, organisation, depth)
select structure, ancestor, organisation, depth from registry_ancestry;
drop table registry_ancestry;
alter table registry_ancestry_next rename to registry_ancestry;
create index registry_ancestry_organisation on registry_ancestry (organisation, structure);
