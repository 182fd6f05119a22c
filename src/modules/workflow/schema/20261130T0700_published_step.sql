-- Steps of people, as other modules may read them: where each is done and how it ended.
create view workflow_published_step as
select case_id, node, number, name, organisation, state, outcome, due from workflow_task;
