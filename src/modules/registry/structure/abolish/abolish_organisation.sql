-- name: living_children
select count(*) from registry_link l join registry_organisation o on o.id = l.child
where l.parent = $1 and l.valid_to is null and (o.ended is null or o.ended > $2);

-- name: set_ended
update registry_organisation set ended = $2 where id = $1;
