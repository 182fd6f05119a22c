-- name: payers
select m.person, m.number, m.name, m.organisation, o.name, m.joined, m.status,
  (select max(p.month) from dues_payment p where p.person = m.person)
from registry_published_standing s
join registry_published_member m on m.organisation = s.organisation
join registry_published_organisation o on o.id = m.organisation
where s.structure = $2 and s.ancestor = $1 and s.depth <= $3
  and (m.organisation, m.person) > ($4, $5)
order by m.organisation, m.person limit $6;

-- name: payments
select person, month, nullif(paid_on, -719163), amount_cents from dues_payment
where person in (select value from json_each($1)) and month between $2 and $3
order by person, month, paid_on, amount_cents limit $4;
