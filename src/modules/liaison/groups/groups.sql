-- name: of_case
select id from liaison_group where case_id = $1;

-- name: add
insert into liaison_group (id, region, title, case_id, begun, until_day, closed)
values ($1, $2, $3, $4, $5, $6, null);

-- name: go_on
update liaison_group set title = $2, until_day = $3, closed = null where id = $1;

-- name: close
update liaison_group set closed = $2 where id = $1 and closed is null;

-- name: clear_partners
delete from liaison_partner where group_id = $1;

-- name: add_partner
insert into liaison_partner (group_id, organisation) values ($1, $2) on conflict do nothing;

-- name: lives
select 1 from registry_published_organisation where id = $1 and (ended is null or ended > $2);

-- name: one
select g.id, g.region, coalesce(o.name, ''), g.title, g.case_id, g.begun, g.until_day, g.closed
from liaison_group g left join registry_published_organisation o on o.id = g.region
where g.id = $1;

-- Without who declined to pledge, since the joint meeting agreed last.
-- name: partners
select p.organisation, coalesce(o.name, '')
from liaison_partner p left join registry_published_organisation o on o.id = p.organisation
where p.group_id = $1 and not exists (
    select 1 from workflow_published_step s
    where s.case_id = (select g.case_id from liaison_group g where g.id = $1)
      and s.organisation = p.organisation and s.node = 'pledge'
      and s.outcome = 'rejected' and not exists (
        select 1 from workflow_published_step l
        where l.case_id = s.case_id and l.node = 'agree' and l.number > s.number))
order by p.organisation;

-- What those who take part answered, since the joint meeting agreed last.
-- name: answers
select s.organisation, coalesce(o.name, ''), s.outcome from workflow_published_step s
left join registry_published_organisation o on o.id = s.organisation
where s.case_id = $1 and s.node = 'pledge' and s.outcome <> 'rejected' and not exists (
  select 1 from workflow_published_step l
  where l.case_id = s.case_id and l.node = 'agree' and l.number > s.number)
order by s.number limit $2;

-- name: steps
select s.name, s.organisation, coalesce(o.name, ''), s.due from workflow_published_step s
left join registry_published_organisation o on o.id = s.organisation
where s.case_id = $1 and s.state = 'open' order by s.number limit $2;

-- Those of a region or of one below it, and those in which the organisation takes part while they
-- run. $5: the structures in which those below are listed too, each between blanks; beside the
-- Party's, regions alone.
-- name: list
select g.id, g.region, coalesce(o.name, ''), g.title, g.case_id, g.begun, g.until_day, g.closed
from liaison_group g left join registry_published_organisation o on o.id = g.region
where g.id < $2 and (g.region = $1 or g.region in (
    select organisation from registry_published_standing
    where ancestor = $1 and $5 like '% ' || structure || ' %'
      and (structure = 'party' or not exists (
        select 1 from registry_published_ancestry a where a.organisation = g.region)))
  or (
  exists (select 1 from liaison_partner p where p.group_id = g.id and p.organisation = $1
          and not exists (
    select 1 from workflow_published_step s
    where s.case_id = g.case_id and s.organisation = p.organisation and s.node = 'pledge'
      and s.outcome = 'rejected' and not exists (
        select 1 from workflow_published_step l
        where l.case_id = s.case_id and l.node = 'agree' and l.number > s.number)))
  and g.closed is null and g.until_day >= $3))
order by g.id desc limit $4;

-- name: region
select region from liaison_group where id = $1;

-- Those that run go on with the organisation into which one was merged. $3: today.
-- name: move_region
update liaison_group set region = $2 where region = $1 and closed is null and until_day >= $3;

-- Who declined to pledge takes part no longer, nor does who came after them by that.
-- name: move_partner
insert into liaison_partner (group_id, organisation)
select p.group_id, $2 from liaison_partner p join liaison_group g on g.id = p.group_id
where p.organisation = $1 and g.closed is null and g.until_day >= $3 and not exists (
    select 1 from workflow_published_step s
    where s.case_id = g.case_id and s.organisation = p.organisation and s.node = 'pledge'
      and s.outcome = 'rejected' and not exists (
        select 1 from workflow_published_step l
        where l.case_id = s.case_id and l.node = 'agree' and l.number > s.number))
on conflict do nothing;

-- name: drop_partner
delete from liaison_partner where organisation = $1 and group_id in (
  select id from liaison_group where closed is null and until_day >= $2);
