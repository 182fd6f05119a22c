-- The organisation that stands at the top of the Party's structure.
-- name: top
select o.id from registry_published_organisation o
where o.ended is null and not exists (
  select 1 from registry_published_ancestry a where a.organisation = o.id and a.depth > 0)
order by o.id limit 1;

-- Where projects of regions wait for somebody.
-- name: with_projects
select distinct organisation from workflow_published_task
where process = 'project' and state = 'open' order by organisation;
