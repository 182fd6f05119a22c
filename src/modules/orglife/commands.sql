-- name: organisation_of
select organisation from orglife_activity where id = $1;
