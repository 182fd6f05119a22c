-- name: links_today
select o.id, l.parent, o.code, o.name, o.kind, o.ended
from registry_link l join registry_organisation o on o.id = l.child
where l.structure = $1 and l.valid_to is null
order by o.code_key;
