-- name: applied
select module, name, checksum from schema_migration order by name;

-- name: remember
insert into schema_migration (module, name, checksum) values ($1, $2, $3);
