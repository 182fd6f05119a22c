-- name: set_name
update registry_organisation set name = $2 where id = $1;

-- name: sibling_in_any_structure
select o.id from registry_link own
cross join registry_link l
cross join registry_organisation o
where own.child = $1 and own.valid_to is null
  and l.parent = own.parent and l.structure = own.structure and l.valid_to is null
  and o.id = l.child and o.name = $2 and (o.ended is null or o.ended > $3) and o.id <> $1
limit 1;
