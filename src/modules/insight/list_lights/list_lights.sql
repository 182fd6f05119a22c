-- name: page
select l.rule, l.version, l.subject_kind, l.subject, coalesce(s.code, m.number, ''),
  coalesce(s.name, m.name, ''), l.organisation, o.name, l.level, l.since, l.due, l.lit_at,
  l.evidence
from registry_published_standing a
join insight_light l on l.organisation = a.organisation
join registry_published_organisation o on o.id = l.organisation
left join registry_published_organisation s on l.subject_kind = 'organisation' and s.id = l.subject
left join registry_published_member m on l.subject_kind = 'person' and m.person = l.subject
where a.ancestor = $1 and ($2 = '' or l.rule = $2) and ($3 = '' or l.level = $3)
  and (l.organisation, l.rule, l.subject) > ($4, $5, $6)
  and a.structure = $8 and ($9 = 1 or a.organisation = $1)
order by l.organisation, l.rule, l.subject limit $7;

-- name: counts
select l.rule, l.level, count(*) from registry_published_standing a
join insight_light l on l.organisation = a.organisation
where a.ancestor = $1 and a.structure = $2 and ($3 = 1 or a.organisation = $1)
group by l.rule, l.level order by l.rule, l.level;
