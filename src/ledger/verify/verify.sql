-- name: count_facts
select count(*) from ledger_fact;

-- name: count_nodes
select count(*) from ledger_node;

-- name: facts
select seq, happened, recorded, kind, organisation, person, subject, amount, payload, actor,
       command, leaf
from ledger_fact order by seq;

-- name: heads
select size, root, peaks, signature, recorded from ledger_head order by size;

-- name: node
select hash from ledger_node where level = $1 and position = $2;

-- name: leaf
select leaf from ledger_fact where seq = $1;

-- name: head_at
select root from ledger_head where size = $1;

-- name: last_size
select coalesce(max(size), 0) from ledger_head;

-- name: store_id
select store_id from ledger_store;
