-- name: last_months
select person, max(month) from dues_payment
where person in (select value from json_each($1)) group by person order by person;

-- name: payments
select person, month, nullif(paid_on, -719163), amount_cents from dues_payment
where person in (select value from json_each($1)) and month between $2 and $3
order by person, month, paid_on, amount_cents limit $4;

-- name: due
-- Of bases of a year the last counts.
select b.person, d.month, d.cents + d.voluntary_cents
from dues_base b join dues_due d on d.base = b.id
where b.person in (select value from json_each($1)) and d.month between $2 and $3
  and b.id = (select max(o.id) from dues_base o where o.person = b.person and o.year = b.year)
order by b.person, d.month limit $4;
