-- name: member
select number, name from registry_published_member where person = $1;
