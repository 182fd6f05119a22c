-- name: line_above
select ancestor from registry_ancestry where organisation = $2 and structure = $1 order by depth;

-- name: is_under
select depth from registry_ancestry where ancestor = $2 and structure = $1 and organisation = $3;

-- name: roots
select child from registry_link where parent = 0 and structure = $1 and valid_to is null
order by child limit $2;

-- name: below
select organisation from registry_ancestry where ancestor = $2 and structure = $1 and
  organisation <> $2 limit 1;
