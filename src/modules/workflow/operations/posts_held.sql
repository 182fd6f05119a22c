-- The posts of a title that a person still holds in an organisation.
-- name: held
select id from registry_published_post
where organisation = $1 and person = $2 and title = $3 and (to_date is null or to_date > $4);
