-- name: page
select c.id, c.process, v.name, v.version, c.organisation, o.name, c.person,
  coalesce((select name from registry_published_member where person = c.person), ''),
  c.status, c.started, coalesce(a.name, ''), c.ended,
  coalesce((select t.name from workflow_task t where t.case_id = c.id and t.state = 'open'
            order by coalesce(t.due, 253402300799000), t.id limit 1), ''),
  (select min(t.due) from workflow_task t where t.case_id = c.id and t.state = 'open'),
  (select w.due from workflow_timer w
   where w.what = 'case' and w.owner = c.id and not exists (
     select 1 from workflow_task t where t.case_id = c.id and t.state = 'open')), ''
from registry_published_standing s
join workflow_case c on c.organisation = s.organisation
join workflow_version v on v.id = c.version
join registry_published_organisation o on o.id = c.organisation
left join identity_published_account a on a.id = c.started_by
where s.ancestor = $1 and s.structure = $2 and ($3 = 1 or s.organisation = s.ancestor)
  and c.id < $4
  and ($5 = '' or c.process = $5) and ($6 = '' or c.status = $6) and (c.person = $7 or $7 = 0)
  and ($8 = 0 or exists (select 1 from workflow_task t
                         where t.case_id = c.id and t.state = 'open' and t.due < $9))
order by c.id desc limit $10;
