-- name: bases
select id from dues_base where person = $1 order by id limit $2;

-- name: move
update dues_base set person = $3 where id = $1 and person = $2;
