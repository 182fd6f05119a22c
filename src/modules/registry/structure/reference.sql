-- name: organisation_by_id
select id from registry_organisation where id = $1;

-- name: person_by_id
select coalesce(merged_into, id) from registry_person where id = $1;
