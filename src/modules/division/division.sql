-- name: release
select digest, loaded from division_release where id = 1;

-- name: forget
delete from division_node;

-- name: add
insert into division_node (id, parent, code, name, level, below) values ($1, $2, $3, $4, $5, $6);

-- name: set_release
insert into division_release (id, digest, nodes, loaded) values (1, $1, $2, $3)
on conflict (id) do update set digest = excluded.digest, nodes = excluded.nodes,
  loaded = excluded.loaded;

-- name: by_id
select id, parent, code, name, level, below from division_node where id = $1;

-- name: children
select id, parent, code, name, level, below from division_node
where parent = $1 and id > $2 order by id limit $3;

-- name: names
select id, name from division_node order by id;
