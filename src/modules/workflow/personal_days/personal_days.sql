-- name: meetings
select n.id, n.case_id, n.message, n.organisation, coalesce(o.name, ''), n.sent, n.content
from workflow_notice n
left join registry_published_organisation o on o.id = n.organisation
where n.role = $1 and n.owner = $2 and n.message in ('meeting.notice', 'meeting.cancelled')
order by n.id desc limit $3;
