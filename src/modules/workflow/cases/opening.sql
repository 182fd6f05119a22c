-- The members of an organisation in good standing at a stage.
-- name: members
select person from registry_published_member
where organisation = $1 and status = 'normal' and stage = $2
order by person limit $3;

-- What the roll has of somebody's membership, where it is in good standing.
-- name: membership
select stage, joined, probation_until from registry_published_member
where person = $1 and status = 'normal';

-- Whether a group stands directly below it.
-- name: has_groups
select 1 from registry_published_ancestry s
join registry_published_organisation o on o.id = s.organisation
where s.ancestor = $1 and s.depth = 1 and o.kind = 'group' and (o.ended is null or o.ended > $2)
limit 1;
