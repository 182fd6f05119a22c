-- name: paid
select person, month, amount_cents, paid_on, source, batch, organisation from dues_payment
where person = $1 order by month, amount_cents, paid_on limit $2;

-- name: same
select person, month, amount_cents, paid_on, source, batch, organisation from dues_payment
where person = $1 and month = $2 and amount_cents = $3 and paid_on = $4;

-- name: move
update dues_payment set person = $5
where person = $1 and month = $2 and amount_cents = $3 and paid_on = $4;
