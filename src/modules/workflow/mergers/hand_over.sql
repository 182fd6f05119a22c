-- name: running_of
select id from workflow_case where organisation = $1 and status in ('running', 'suspended')
union
select t.case_id from workflow_desk d join workflow_task t on t.id = d.task
where t.organisation = $1 and t.state = 'open'
order by 1 limit $2;

-- name: count_running
select count(*) from workflow_case where organisation = $1 and status in ('running', 'suspended');

-- name: running_about
select id from workflow_case
where person = $1 and organisation = $2 and process = $3 and status in ('running', 'suspended')
order by id limit $4;

-- name: set_place, of one
update workflow_case set organisation = $2, revision = $3, state = $4 where id = $1;

-- name: set_task_place, of one
update workflow_task set organisation = $2, assignee = $3 where id = $1;

-- name: successor
select successor from registry_published_succession
where predecessor = $1 and how = 'merger' order by happened desc limit 1;

-- name: committees_above
select s.ancestor from registry_published_ancestry s
join registry_published_organisation o on o.id = s.ancestor
where s.organisation = $1 and o.kind in ('committee', 'working_committee')
order by s.depth limit 2;

-- Of what the structure of the Party does not hold: the one above it where it stands.
-- name: parent_elsewhere
select ancestor from registry_published_standing
where organisation = $1 and structure <> 'party' and depth = 1 order by structure limit 1;
