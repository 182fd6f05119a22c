-- What runs about a person, under every id that leads to them ($1): where it stands, what lies
-- before themselves, the letter that was issued last. Nothing of what others said.
-- name: running
select c.id, c.process, v.name, c.status, o.name, c.started,
  coalesce(t.node, ''), coalesce(t.name, ''), coalesce(p.name, ''), t.opened, t.due,
  (select w.due from workflow_timer w where w.what = 'case' and w.owner = c.id and t.id is null),
  coalesce((select min(mine.id) from workflow_task mine join workflow_desk d on d.task = mine.id
            where mine.case_id = c.id and mine.state = 'open' and d.role = ''
              and d.owner in (select value from json_each($1))), 0),
  l.year, l.number, coalesce(l.code, ''), l.expires, l.voided
from workflow_case c
join workflow_version v on v.id = c.version
join registry_published_organisation o on o.id = c.organisation
left join workflow_task t
  on t.id = (select min(id) from workflow_task where case_id = c.id and state = 'open')
left join registry_published_organisation p on p.id = t.organisation
left join workflow_letter l
  on l.id = (select max(id) from workflow_letter where case_id = c.id)
where c.person in (select value from json_each($1))
  and c.status in ('running', 'suspended')
order by c.id desc limit $2;
