-- Of a case that has none yet.
-- name: plan
insert into workflow_burden (case_id, sender, receiver, month, level, planned, spent)
values ($1, $2, $3, $4, $5, $6, $7);

-- name: note
insert into workflow_burden (case_id, sender, receiver, month, level, planned, spent)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (case_id) do update set spent = excluded.spent;

-- How far an organisation stands below the top of the Party's structure; a region or a grid, which
-- stands in none of it, below the top of its own.
-- name: level
select coalesce(
  (select max(depth) from registry_published_ancestry where organisation = $1),
  (select max(depth) from registry_published_standing where organisation = $1));

-- name: received
select b.month, b.level, count(distinct b.sender), count(*), sum(b.planned), count(b.spent),
  coalesce(sum(b.spent), 0)
from registry_published_standing s
join workflow_burden b on b.receiver = s.organisation
where s.ancestor = $1 and s.structure = $2 and ($3 = 1 or s.organisation = s.ancestor)
  and b.month between $4 and $5
group by b.month, b.level order by b.month desc, b.level;

-- name: sent
select b.month, b.level, count(distinct b.sender), count(*), sum(b.planned), count(b.spent),
  coalesce(sum(b.spent), 0)
from registry_published_standing s
join workflow_burden b on b.sender = s.organisation
where s.ancestor = $1 and s.structure = $2 and ($3 = 1 or s.organisation = s.ancestor)
  and b.month between $4 and $5
group by b.month, b.level order by b.month desc, b.level;
