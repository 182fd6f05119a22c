-- name: add
insert into dues_payment (person, month, amount_cents, paid_on, source, batch, organisation)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (person, month, amount_cents, paid_on) do nothing;

-- Keeps the sums of what was collected: less for what is taken back.
-- name: collect
insert into dues_collected (organisation, month, amount_cents) values ($1, $2, $3)
on conflict (organisation, month) do update
set amount_cents = dues_collected.amount_cents + excluded.amount_cents;

-- name: drop_empty
delete from dues_collected where organisation = $1 and month = $2 and amount_cents = 0;

-- name: collected_by
select organisation from dues_payment
where person = $1 and month = $2 and amount_cents = $3 and paid_on = $4;

-- name: batch_of
select batch from dues_payment where person = $1 and month = $2 and amount_cents = $3 and paid_on =
  $4;

-- name: paid_online
select 1 from dues_payment p join registry_published_source s on s.id = p.source
where p.person = $1 and p.month = $2 and p.amount_cents = $3 and p.paid_on = $4
  and s.name = 'online';

-- name: remove
delete from dues_payment where person = $1 and month = $2 and amount_cents = $3 and paid_on = $4;

-- name: made
select person, month, amount_cents, paid_on, organisation from dues_payment
where batch = $1 and (person, month, amount_cents, paid_on) > ($2, $3, $4, $5)
order by person, month, amount_cents, paid_on limit $6;

-- name: remove_batch
delete from dues_payment where batch = $1;

-- name: months_paid
select month, sum(amount_cents) from dues_payment where person = $1
group by month order by month desc limit $2;
