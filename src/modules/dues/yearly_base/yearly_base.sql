-- name: standing
select id, held, fixed_on, case_id from dues_base
where person = $1 and year = $2 order by id desc limit 1;

-- name: latest
select id, held, fixed_on, case_id from dues_base
where person = $1 order by year desc, id desc limit 1;

-- name: add
insert into dues_base (id, person, year, held, fixed_on, case_id) values ($1, $2, $3, $4, $5, $6);

-- name: change
update dues_base set held = $2, fixed_on = $3, case_id = $4 where id = $1;

-- name: add_change
insert into dues_base_change (id, base, from_month, before, reason, changed)
values ($1, $2, $3, $4, $5, $6);

-- name: changes
select from_month, reason, changed from dues_base_change where base = $1 order by id;

-- name: put_due
insert into dues_due (base, month, cents, voluntary_cents) values ($1, $2, $3, $4)
on conflict (base, month) do update
set cents = excluded.cents, voluntary_cents = excluded.voluntary_cents;

-- name: due
select month, cents, voluntary_cents from dues_due where base = $1 order by month;

-- name: paid
select month, amount_cents, nullif(paid_on, -719163) from dues_payment
where person = $1 and month between $2 and $3 order by month, paid_on, amount_cents;
