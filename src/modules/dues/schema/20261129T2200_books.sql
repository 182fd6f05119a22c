-- Where the payer was a member when a payment was recorded: of whose dues it is. What was recorded
-- before is of where the payer is a member today.
alter table dues_payment add column organisation bigint not null default 0;
update dues_payment set organisation = coalesce(
  (select m.organisation from registry_published_member m where m.person = dues_payment.person), 0);
create index dues_payment_large on dues_payment (organisation, person)
where amount_cents >= 100000;

-- What was paid by the members of an organisation in a month: by the day of payment, where none is
-- on record by the month it is for. Sums of dues_payment, kept with every change of it, so that the
-- account of a city is read from thousands of rows, not from millions.
create table dues_collected (
  organisation bigint not null,
  month        integer not null,    -- year * 12 + month - 1
  amount_cents bigint not null,
  primary key (organisation, month)
) without rowid;
-- Days since 1970 become months by the arithmetic of the proleptic Gregorian calendar, with years
-- that begin in March: both engines divide whole numbers alike.
insert into dues_collected (organisation, month, amount_cents)
select organisation, paid_month, sum(amount_cents) from (
  select organisation, amount_cents, case when paid_on = -719163 then month else
    (era * 400 + year_of_era) * 12 + 2 + (5 * (day_of_era - (365 * year_of_era + year_of_era / 4
      - year_of_era / 100)) + 2) / 153 end as paid_month
  from (
    select organisation, amount_cents, month, paid_on, era, day_of_era,
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365
        as year_of_era
    from (
      select organisation, amount_cents, month, paid_on, (paid_on + 719468) / 146097 as era,
        (paid_on + 719468) % 146097 as day_of_era
      from dues_payment) in_eras) in_years) in_months
group by organisation, paid_month having sum(amount_cents) <> 0;

-- Single sums of a thousand yuan and more beyond what was due for the month, given of one's own
-- will.
create view dues_large_sum as
select organisation, person, month, paid_on, amount_cents - due_cents as large_cents from (
  select p.organisation, p.person, p.month, p.paid_on, p.amount_cents, coalesce((
    select d.cents from dues_base b join dues_due d on d.base = b.id and d.month = p.month
    where b.person = p.person and b.year = p.month / 12 order by b.id desc limit 1), 0) as due_cents
  from dues_payment p where p.amount_cents >= 100000) large
where amount_cents - due_cents >= 100000;

-- What moves the account of an organisation beside its members' payments.
create table dues_entry (
  id           bigint primary key,
  organisation bigint not null,
  kind         text not null,       -- opening, remitted, used
  year         integer not null,    -- whose account it is part of
  happened_on  integer not null,
  amount_cents bigint not null,
  superior     bigint not null,     -- to whom it was remitted; else 0
  category     text not null,       -- of a use; else empty
  purpose      blob not null,       -- of a use, sealed: it may name somebody
  made         bigint not null
);
create index dues_entry_organisation on dues_entry (organisation, year, happened_on, id);
create index dues_entry_superior on dues_entry (superior, year, happened_on, id);

-- What an organisation published of a year, as the figures were then. Of several of a year the last
-- counts.
create table dues_publication (
  id           bigint primary key,
  organisation bigint not null,
  year         integer not null,
  published_on integer not null,
  figures      text not null,       -- sums in cents, as JSON: nobody's own
  replaces     bigint not null      -- the one before; 0: the first
);
create index dues_publication_organisation on dues_publication (organisation, year, id);
