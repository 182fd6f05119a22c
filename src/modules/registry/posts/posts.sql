-- name: find
select id, to_date, source, batch from registry_post
where person = $1 and organisation = $2 and title = $3 and from_date = $4;

-- name: add
insert into registry_post (id, person, organisation, title, from_date, to_date, source, batch)
values ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: set_end
update registry_post set to_date = $2 where id = $1;

-- name: place
select organisation, person from registry_post where id = $1;

-- name: remove
delete from registry_post where id = $1;

-- name: held_on_or_after
select id, person, from_date, to_date from registry_post
where organisation = $1 and (to_date is null or to_date > $2)
order by id;

-- name: end_of
select to_date from registry_post where id = $1;
