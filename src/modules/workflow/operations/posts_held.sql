-- The posts of a title that a person still holds in an organisation.
-- name: held
select id from registry_published_post
where organisation = $1 and person = $2 and title = $3 and (to_date is null or to_date > $4);

-- Whether an organisation is another, or stands below it.
-- name: stands_under
select 1 from registry_published_ancestry where ancestor = $1 and organisation = $2;
