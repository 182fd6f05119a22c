-- name: person_by_id
select coalesce(merged_into, id) from registry_person where id = $1;
