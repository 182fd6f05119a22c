-- name: add
insert into workflow_batch_item (job, place, task, outcome, refusal)
values ($1, $2, $3, 'waiting', '');

-- name: waiting
select place, task, coalesce((select case_id from workflow_task t where t.id = task), 0)
from workflow_batch_item
where job = $1 and outcome = 'waiting' and place >= $2 order by place limit $3;

-- name: note
update workflow_batch_item set outcome = $3, refusal = $4 where job = $1 and place = $2;

-- name: counts
select outcome, count(*) from workflow_batch_item where job = $1 group by outcome;

-- name: page
select place, task, outcome, refusal from workflow_batch_item
where job = $1 and place > $2 order by place limit $3;
