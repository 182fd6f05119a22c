-- name: ended_parent
select l.structure, l.parent from registry_link l join registry_organisation o on o.id = l.parent
where l.child = $1 and l.valid_to is null and o.ended <= $2
limit 1;

-- name: open_links
select structure, parent, valid_from from registry_link where child = $1 and valid_to is null;

-- name: link_until
select structure, parent, valid_from from registry_link where structure = $1 and child = $2 and
  valid_to = $3;
