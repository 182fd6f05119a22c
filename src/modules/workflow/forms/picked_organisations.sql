-- The first that came after an organisation that was abolished.
-- name: successor
select o.name from registry_published_succession s
join registry_published_organisation o on o.id = s.successor
where s.predecessor = $1 and s.successor <> $1 order by s.successor limit 1;

-- Whether an organisation stands below another, in whichever structure.
-- name: below
select 1 from registry_published_standing where organisation = $1 and ancestor + 0 = $2 limit 1;
