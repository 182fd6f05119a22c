-- name: last_months
select person, max(month) from dues_payment
where person in (select value from json_each($1)) group by person order by person;

-- name: payments
select person, month, nullif(paid_on, -719163), amount_cents from dues_payment
where person in (select value from json_each($1)) and month between $2 and $3
order by person, month, paid_on, amount_cents limit $4;
