-- name: standing
-- What is due for months, and what is on record for each. Of bases of a year the last counts.
select d.month, d.cents + d.voluntary_cents,
  cast(coalesce((select sum(p.amount_cents) from dues_payment p
                 where p.person = b.person and p.month = d.month), 0) as bigint)
from dues_base b join dues_due d on d.base = b.id
where b.person = $1 and d.month between $2 and $3
  and b.id = (select max(o.id) from dues_base o where o.person = b.person and o.year = b.year)
order by d.month;

-- name: waiting
select id from dues_order where person = $1 and state = 'open' limit 1;

-- name: being_checked
-- Months for which money may have come in another amount: they are not paid again before a person
-- has looked.
select m.month from dues_order o join dues_order_month m on m.order_id = o.id
where o.person = $1 and o.state = 'to_check';

-- name: made_since
select count(*) from dues_order where person = $1 and made > $2;

-- name: add
insert into dues_order (id, person, organisation, provider, state, amount_cents, told_cents,
  address, made, expires, changed, look_at, note)
values ($1, $2, $3, $4, 'open', $5, null, '', $6, $7, $6, $8, null);

-- name: add_month
insert into dues_order_month (order_id, month, cents, paid_cents) values ($1, $2, $3, $4);

-- name: by_id
select id, person, organisation, provider, state, amount_cents, told_cents, address, made, expires,
  changed from dues_order where id = $1;

-- name: of_person
select id, person, organisation, provider, state, amount_cents, told_cents, address, made, expires,
  changed from dues_order where person = $1 order by id desc limit $2;

-- name: months
select order_id, month, cents from dues_order_month
where order_id in (select value from json_each($1)) order by order_id, month;

-- name: paid_otherwise
-- Months for which more is on record than when the order was made, or a payment that could not be
-- told apart from this one's.
select count(*) from dues_order_month o
where o.order_id = $1 and (
  coalesce((select sum(p.amount_cents) from dues_payment p
            where p.person = $2 and p.month = o.month), 0) > o.paid_cents
  or exists (select 1 from dues_payment p
             where p.person = $2 and p.month = o.month and p.amount_cents = o.cents
               and p.paid_on = $3));

-- name: paid_on
-- Of a month that was recorded by an order; of two alike the later.
select p.paid_on from dues_payment p join registry_published_source s on s.id = p.source
where p.person = $1 and p.month = $2 and p.amount_cents = $3 and s.name = 'online'
order by p.paid_on desc limit 1;

-- name: set_state
update dues_order set state = $2, told_cents = coalesce($3, told_cents), changed = $4, look_at = $5
where id = $1;

-- name: look_later
update dues_order set look_at = $2 where id = $1;

-- name: set_address
update dues_order set address = $2 where id = $1;

-- name: set_note
update dues_order set state = $2, changed = $3, note = $4, look_at = null where id = $1;

-- name: to_look_at
select id from dues_order where look_at <= $1 order by look_at limit $2;

-- name: add_notice
insert into dues_order_notice (provider, nonce, received) values ($1, $2, $3)
on conflict (provider, nonce) do nothing;

-- name: old_notice
select 1 from dues_order_notice where received < $1 limit 1;

-- name: forget_notices
delete from dues_order_notice where received < $1;

-- name: stands_below
select 1 from registry_published_standing
where structure = 'party' and ancestor = $1 and organisation = $2;

-- name: below
select o.id, o.person,
  coalesce((select m.number from registry_published_member m where m.person = o.person), ''),
  coalesce((select m.name from registry_published_member m where m.person = o.person), ''),
  o.organisation, g.name, o.state, o.amount_cents, o.told_cents, o.made, o.changed, o.note
from registry_published_standing s
join dues_order o on o.organisation = s.organisation
join registry_published_organisation g on g.id = o.organisation
where s.structure = $2 and s.ancestor = $1 and s.depth <= $3 and o.id < $4
  and ($5 = '' or o.state = $5) and ($6 = 0 or o.state in ('to_refund', 'to_check'))
order by o.id desc limit $7;
