-- name: orders
select id from dues_order where person = $1 order by id limit $2;

-- name: move
update dues_order set person = $3 where id = $1 and person = $2;
