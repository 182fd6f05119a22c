-- name: named
select s.organisation from registry_published_standing s
join registry_published_organisation o on o.id = s.organisation
where s.ancestor = $1 and s.structure = $2 and (o.ended is null or o.ended > $3)
  and s.organisation in (select value from json_each($4))
order by s.organisation;

-- name: of_kind
select s.organisation from registry_published_standing s
join registry_published_organisation o on o.id = s.organisation
where s.ancestor = $1 and s.structure = $2 and (o.ended is null or o.ended > $3)
  and s.organisation <> $4 and ($5 = '' or o.kind = $5)
order by s.organisation limit $6;

-- As of_kind, of those that are named.
-- name: of_kind_among
select s.organisation from registry_published_standing s
join registry_published_organisation o on o.id = s.organisation
where s.ancestor = $1 and s.structure = $2 and (o.ended is null or o.ended > $3)
  and s.organisation <> $4 and ($5 = '' or o.kind = $5)
  and s.organisation in (select value from json_each($7))
order by s.organisation limit $6;

-- Where a light is lit by a rule.
-- name: lit
select distinct organisation from insight_published_light where rule = $1 order by organisation;

-- name: stands_there
select 1 from registry_published_standing
where ancestor = $1 and structure = $2 and organisation = $3;

-- name: add
insert into workflow_dispatch (job, sender, title, until_day, minutes, receivers, made, made_by)
values ($1, $2, $3, $4, $5, $6, $7, $8);

-- What was sent lately with the same title and day to as many, all of whom are among those named.
-- name: same
select d.job from workflow_dispatch d
where d.sender = $1 and d.title = $2 and d.until_day = $3 and d.made > $4 and d.receivers = $5
  and not exists (select 1 from workflow_dispatch_item i where i.job = d.job
                  and i.receiver not in (select value from json_each($6)))
limit 1;

-- name: add_items
insert into workflow_dispatch_item (job, receiver, outcome, case_id, refusal)
select $1, value, 'waiting', 0, '' from json_each($2);

-- name: waiting
select receiver from workflow_dispatch_item
where job = $1 and outcome = 'waiting' and receiver > $2 order by receiver limit $3;

-- Each by its case, which stands where the receiver is. As an insert that meets what is there: an
-- update that joins would look through all items of the job.
-- name: note_sent
insert into workflow_dispatch_item (job, receiver, outcome, case_id, refusal)
select $1, organisation, 'sent', id, '' from workflow_case
where id in (select value from json_each($2))
on conflict (job, receiver) do update set outcome = excluded.outcome, case_id = excluded.case_id;

-- name: note
update workflow_dispatch_item set outcome = $3, case_id = $4, refusal = $5
where job = $1 and receiver = $2;

-- name: counts
select outcome, count(*) from workflow_dispatch_item where job = $1 group by outcome;

-- What one organisation sent, or all below it as well. $6: the structure, $7: 1 with those below.
-- name: list
select d.job, d.sender, coalesce(f.name, ''), d.title, d.until_day, d.minutes, d.receivers, d.made,
  coalesce(a.name, ''),
  (select count(*) from workflow_dispatch_item i where i.job = d.job and i.outcome = 'sent'),
  (select count(*) from workflow_dispatch_item i where i.job = d.job and i.outcome = 'refused'),
  (select count(*) from workflow_dispatch_item i join workflow_case c on c.id = i.case_id
   where i.job = d.job and c.status in ('running', 'suspended')),
  (select count(*) from workflow_dispatch_item i join workflow_case c on c.id = i.case_id
   where i.job = d.job and c.status not in ('running', 'suspended') and exists (
     select 1 from workflow_task t where t.case_id = c.id and t.node = $5 and t.state = 'done'
     and t.outcome = 'approved')),
  (select count(*) from workflow_dispatch_item i
   where i.job = d.job and i.case_id <> 0 and exists (
     select 1 from workflow_task t
     where t.case_id = i.case_id and t.state = 'open' and t.due < $4))
from workflow_dispatch d
left join registry_published_organisation f on f.id = d.sender
left join identity_published_account a on a.id = d.made_by
where (d.sender = $1 or $7 = 1 and d.sender in (
         select organisation from registry_published_standing
         where ancestor = $1 and structure = $6))
  and d.job < $2 order by d.job desc limit $3;

-- name: sender
select sender from workflow_dispatch where job = $1;

-- name: receivers
select i.receiver, coalesce(o.name, ''), i.outcome, i.case_id, coalesce(c.status, ''),
  coalesce((select t.name from workflow_task t where t.case_id = c.id and t.state = 'open'
            order by coalesce(t.due, 253402300799000), t.id limit 1), ''),
  (select min(t.due) from workflow_task t where t.case_id = c.id and t.state = 'open'),
  coalesce((select t.id from workflow_task t where t.case_id = c.id and t.state = 'open'
            order by coalesce(t.due, 253402300799000), t.id limit 1), 0),
  case when c.status is null or c.status in ('running', 'suspended') then ''
       when exists (select 1 from workflow_task t where t.case_id = c.id and t.node = $8
                    and t.state = 'done' and t.outcome = 'approved') then 'done'
       else 'withdrawn' end,
  case when exists (select 1 from workflow_task t where t.case_id = c.id and t.state = 'open'
                    and not exists (
                      select 1 from workflow_desk k
                      where k.task = t.id and (k.role = '' or exists (
                        select 1 from identity_published_grant g
                        where g.organisation = k.owner and g.role = k.role and g.valid_from <= $9
                          and (g.valid_to is null or g.valid_to > $9)))))
       then 1 else 0 end,
  i.refusal
from workflow_dispatch_item i
left join workflow_case c on c.id = i.case_id
left join registry_published_organisation o on o.id = i.receiver
where i.job = $1 and i.receiver > $2 and ($3 = '' or i.outcome = $3)
  and ($4 = '' or exists (select 1 from workflow_task t
                          where t.case_id = c.id and t.state = 'open' and t.name = $4))
  and ($5 = 0 or exists (select 1 from workflow_task t
                         where t.case_id = c.id and t.state = 'open' and t.due < $6))
order by i.receiver limit $7;

-- Those that answered: at a step, which may be done again.
-- name: answered
select i.receiver, coalesce(o.name, ''), i.case_id
from workflow_dispatch_item i
left join registry_published_organisation o on o.id = i.receiver
where i.job = $1 and i.receiver > $2 and i.case_id <> 0
  and exists (select 1 from workflow_task t where t.case_id = i.case_id and t.node = $3
              and t.state = 'done')
order by i.receiver limit $4;

-- name: steps
select t.name, count(*), sum(case when t.due < $2 then 1 else 0 end)
from workflow_dispatch_item i
join workflow_task t on t.case_id = i.case_id and t.state = 'open'
where i.job = $1 group by t.name order by count(*) desc, t.name;
