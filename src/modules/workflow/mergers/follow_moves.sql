-- name: position
select seq from workflow_followed where what = 'moves';

-- name: set_position
update workflow_followed set seq = $1 where what = 'moves';

-- name: moves
select organisation, max(actor) from ledger_fact
where seq > $1 and seq <= $2 and kind = $3 group by organisation order by min(seq);

-- name: running_below
select c.id from registry_published_ancestry s
join workflow_case c on c.organisation = s.organisation
where s.ancestor = $1 and c.status in ('running', 'suspended') order by c.id;
