-- In the order of organisations; or by the day on which a light is due, else since which it is
-- lit, and what has no day last.
-- name: page
select l.rule, l.version, l.subject_kind, l.subject,
  coalesce(s.code, (select number from registry_published_member
                    where l.subject_kind = 'person' and person = l.subject), ''),
  coalesce(s.name, (select name from registry_published_member
                    where l.subject_kind = 'person' and person = l.subject), ''),
  l.organisation, o.name, l.level, l.since, l.due, l.lit_at,
  l.evidence, coalesce(h.what, ''), h.until, coalesce(c.name, ''),
  case when $6 = 'due' then coalesce(l.due, l.since, 9999999) else 0 end as day
from registry_published_standing a
join insight_light l on l.organisation = a.organisation
join registry_published_organisation o on o.id = l.organisation
left join registry_published_organisation s on l.subject_kind = 'organisation' and s.id = l.subject
left join insight_handling h on h.rule = l.rule and h.subject = l.subject and h.ended is null
  and (h.until is null or h.until >= $4)
left join identity_published_account c on c.id = h.account
where a.ancestor in (select value from json_each($1))
  and ($2 = '' or l.rule = $2) and ($3 = '' or l.level = $3)
  and ($5 = '' or coalesce(h.what, 'open') = $5)
  and a.structure = $12 and ($13 = 1 or a.organisation = a.ancestor)
  and (case when $6 = 'due' then coalesce(l.due, l.since, 9999999) else 0 end,
       l.organisation, l.rule, l.subject) > ($7, $8, $9, $10)
order by day, l.organisation, l.rule, l.subject limit $11;

-- name: of_person
select l.rule, l.version, l.subject_kind, l.subject, m.number, m.name, l.organisation, o.name,
  l.level, l.since, l.due, l.lit_at, l.evidence, coalesce(h.what, ''), h.until,
  coalesce(c.name, ''), 0
from insight_light l
join registry_published_member m on m.person = l.subject
join registry_published_organisation o on o.id = l.organisation
left join insight_handling h on h.rule = l.rule and h.subject = l.subject and h.ended is null
  and (h.until is null or h.until >= $2)
left join identity_published_account c on c.id = h.account
where l.subject_kind = 'person' and l.subject = $1 order by l.rule limit $3;

-- name: counts
select l.rule, l.level, count(*) from registry_published_standing a
join insight_light l on l.organisation = a.organisation
where a.ancestor in (select value from json_each($1)) and a.structure = $2
  and ($3 = 1 or a.organisation = a.ancestor)
group by l.rule, l.level order by l.rule, l.level;

-- name: counts_of_children
select c.organisation, sum(case when l.level = 'red' then 1 else 0 end),
  sum(case when l.level = 'yellow' then 1 else 0 end)
from registry_published_standing c
join registry_published_standing b on b.structure = $2 and b.ancestor = c.organisation
join insight_light l on l.organisation = b.organisation
where c.structure = $2 and c.ancestor in (select value from json_each($1)) and c.depth = 1
group by c.organisation order by c.organisation;

-- name: below
select organisation from registry_published_standing
where ancestor in (select value from json_each($1)) and structure = $2
  and ($3 = 1 or organisation = ancestor);
