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
