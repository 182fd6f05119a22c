-- name: holds
select 1 from registry_ancestry a
where a.organisation = $1 and a.structure = $2
  and a.ancestor in (select value from json_each($3))
limit 1;
