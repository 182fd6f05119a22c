-- name: begin
insert into dues_sandbox_order (order_id, state, cents, changed) values ($1, 'waiting', 0, $2)
on conflict (order_id) do nothing;

-- name: told
select state, cents, changed from dues_sandbox_order where order_id = $1;

-- name: put
update dues_sandbox_order set state = $2, cents = $3, changed = $4 where order_id = $1;
