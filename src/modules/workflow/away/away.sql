-- name: add
insert into workflow_away (id, case_id, person, committee, outside, since, until)
values ($1, $2, $3, $4, $5, $6, $7);

-- Members who are away, of an organisation and of what stands below it where $3 says so; where they
-- take part once a host has registered them, else where the paper was issued to.
-- name: page
select m.person, m.name, m.organisation, o.name, m.floating_since,
  coalesce(t.until, a.until), coalesce(h.name, c.name, a.outside, ''),
  case when t.id is null then 0 else 1 end
from registry_published_member m
join registry_published_organisation o on o.id = m.organisation
left join workflow_away a
  on a.id = (select max(id) from workflow_away where person = m.person)
left join registry_published_organisation c on c.id = a.committee
left join workflow_stay t
  on t.id = (select max(id) from workflow_stay
             where person = m.person and (until is null or until >= $5))
left join registry_published_organisation h on h.id = t.host
where m.floating_since is not null and m.status = 'normal' and m.person > $4
  and exists (select 1 from registry_published_standing s
              where s.organisation = m.organisation and s.ancestor + 0 = $1 and s.structure = $2
                and ($3 = 1 or s.organisation = s.ancestor))
order by m.person limit $6;

-- name: of_person
select id from workflow_away where person = $1 order by id limit $2;

-- name: move
update workflow_away set person = $3 where id = $1 and person = $2;
