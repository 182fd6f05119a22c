-- name: by_code_key
select id from registry_organisation where code_key = $1;

-- name: by_name
select id from registry_organisation where name = $1 order by id limit 2;

-- name: by_id
select id, code, code_key, code_given, name, kind, unit_name, credit_code, unit_kind, division,
  founded, elected,
       term_years, extended_to, ended, phone, source, batch
from registry_organisation where id = $1;

-- name: named_under
select o.id from registry_organisation o
join registry_link l on l.child = o.id and l.structure = $3 and l.valid_to is null
where o.name = $1 and l.parent = $2 order by o.id limit 1;

-- name: add
insert into registry_organisation (id, code, code_key, code_given, name, kind, unit_name,
  credit_code, unit_kind, division,
  founded, elected, term_years, extended_to, ended, phone, source, batch)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18);

-- name: update
update registry_organisation set code = $2, code_key = $3, name = $4, kind = $5, unit_name = $6,
  credit_code = $7,
  unit_kind = $8, division = $9, founded = $10, elected = $11, term_years = $12, extended_to = $13,
    ended = $14, phone = $15,
  code_given = $16
where id = $1;

-- name: parent_today
select parent from registry_link where structure = $1 and child = $2 and valid_to is null;

-- name: open_link
insert into registry_link (structure, child, parent, valid_from) values ($1, $2, $3, $4)
on conflict (structure, child, valid_from) do update set parent = excluded.parent, valid_to = null;

-- name: close_link
update registry_link set valid_to = $3 where structure = $1 and child = $2 and valid_to is null;

-- name: drop_empty_links
delete from registry_link where structure = $1 and child = $2 and valid_to <= valid_from;

-- name: clear_ancestry
delete from registry_ancestry where structure = $1;

-- name: fill_ancestry
insert into registry_ancestry (structure, ancestor, organisation, depth)
with recursive line (ancestor, organisation, depth) as (
  select child, child, 0 from registry_link where structure = $1 and valid_to is null
  union all
  select l.parent, line.organisation, line.depth + 1
  from line join registry_link l on l.structure = $1 and l.child = line.ancestor and l.valid_to is
    null
  where l.parent <> 0 and line.depth < 64
)
select $1, ancestor, organisation, depth from line;

-- name: delete_organisation
delete from registry_organisation where id = $1;

-- name: delete_links
delete from registry_link where child = $1;

-- name: unit_by_credit_code
select id from registry_unit where credit_code = $1 and credit_code <> '' limit 1;

-- name: unit_by_name
select id from registry_unit where name = $1 limit 1;

-- name: add_unit
insert into registry_unit (id, name, credit_code, kind) values ($1, $2, $3, $4);

-- name: unit_today
select unit from registry_unit_link where organisation = $1 and valid_to is null;

-- name: close_unit_link
update registry_unit_link set valid_to = $2 where organisation = $1 and valid_to is null;

-- name: open_unit_link
insert into registry_unit_link (organisation, unit, valid_from) values ($1, $2, $3)
on conflict (organisation, unit, valid_from) do update set valid_to = null;

-- name: code_given
select code_given from registry_organisation where id = $1;

-- name: link_today
select parent, valid_from from registry_link where structure = $1 and child = $2 and valid_to is
  null;

-- name: link_ended_on
select valid_from from registry_link
where structure = $1 and child = $2 and valid_to = $3 and parent = $4 and valid_from < $3
order by valid_from desc limit 1;

-- name: delete_link_of
delete from registry_link where structure = $1 and child = $2 and valid_from = $3;

-- name: reopen_link
update registry_link set valid_to = null where structure = $1 and child = $2 and valid_from = $3;

-- name: delete_unit_link_today
delete from registry_unit_link where organisation = $1 and valid_to is null;

-- name: reopen_unit_link
update registry_unit_link set valid_to = null
where organisation = $1 and unit = $2
  and valid_from = (select max(valid_from) from registry_unit_link where organisation = $1 and unit
    = $2);

-- name: delete_unit_links
delete from registry_unit_link where organisation = $1;
