-- One payment for one month. Person, month, amount and day of payment tell payments apart.
create table dues_payment (
  person       bigint not null,
  month        integer not null,    -- year * 12 + month - 1
  amount_cents bigint not null,
  paid_on      integer not null,    -- days since 1970; -719163 (before year 1): not given
  source       bigint not null,
  batch        bigint not null,
  primary key (person, month, amount_cents, paid_on)
) without rowid;
