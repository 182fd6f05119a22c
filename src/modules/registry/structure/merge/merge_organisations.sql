-- name: children_of
select l.structure, l.child from registry_link l join registry_organisation o on o.id = l.child
where l.parent = $1 and l.valid_to is null and (o.ended is null or o.ended > $2)
order by l.structure, l.child;

-- name: depth_of
select max(depth) from registry_ancestry where structure = $1 and organisation = $2;
