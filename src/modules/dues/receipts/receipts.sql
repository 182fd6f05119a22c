-- name: receive
insert into dues_received (batch, account, recorded) values ($1, $2, $3)
on conflict (batch) do nothing;

-- name: payer
select number, name from registry_published_member where person = $1;

-- name: paid
select p.month, p.amount_cents, nullif(p.paid_on, -719163), p.batch, p.organisation,
  coalesce(s.name, ''), coalesce(o.name, ''), coalesce(a.name, ''), r.recorded
from dues_payment p
left join registry_published_source s on s.id = p.source
left join registry_published_organisation o on o.id = p.organisation
left join dues_received r on r.batch = p.batch
left join identity_published_account a on a.id = r.account
where p.person = $1 and p.month between $2 and $3
order by p.paid_on, p.batch, p.month, p.amount_cents limit $4;
