-- name: append
insert into ledger_fact (seq, happened, recorded, kind, organisation, person, subject, amount,
  payload, actor, command, leaf)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: add_node
insert into ledger_node (level, position, hash) values ($1, $2, $3);

-- name: add_head
insert into ledger_head (size, root, peaks, signature, recorded) values ($1, $2, $3, $4, $5);

-- name: last_head
select size, root, peaks, signature, recorded from ledger_head order by size desc limit 1;

-- name: heads
select size, root, peaks, signature, recorded from ledger_head order by size;

-- name: facts_after
select seq, happened, recorded, kind, organisation, person, subject, amount, payload, actor, command
from ledger_fact where seq > $1 order by seq limit $2;

-- name: facts_with_leaves
select seq, happened, recorded, kind, organisation, person, subject, amount, payload, actor,
  command, leaf
from ledger_fact order by seq;

-- name: leaf
select leaf from ledger_fact where seq = $1;

-- name: node
select hash from ledger_node where level = $1 and position = $2;

-- name: nodes
select level, position, hash from ledger_node order by level, position;

-- name: last_seq
select coalesce(max(seq), 0) from ledger_fact;

-- name: store
select store_id, node, created, last_id from ledger_store;

-- name: set_last_id
update ledger_store set last_id = $1;

-- name: add_store
insert into ledger_store (store_id, node, created) values ($1, $2, $3);
