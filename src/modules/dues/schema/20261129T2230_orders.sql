-- Dues paid online: an order for months, made by the member, paid at a provider. No card and no
-- bank account is ever held here.
create table dues_order (
  id           bigint primary key,
  person       bigint not null,
  organisation bigint not null,   -- the payer's, when it was made
  provider     text not null,     -- at which it was made
  state        text not null,     -- OrderState
  amount_cents bigint not null,
  told_cents   bigint,            -- what the provider says it took
  address      text not null,     -- where it is paid; empty until the provider has said so
  made         bigint not null,   -- milliseconds since 1970, as are the next
  expires      bigint not null,
  changed      bigint not null,
  look_at      bigint,            -- when the provider is asked next; null: no more
  note         blob               -- what was done by hand, sealed
);
create index dues_order_person on dues_order (person, id);
create index dues_order_organisation on dues_order (organisation, id);
create index dues_order_look on dues_order (look_at);

create table dues_order_month (
  order_id   bigint not null,
  month      integer not null,    -- year * 12 + month - 1
  cents      bigint not null,
  paid_cents bigint not null,     -- on record for the month when the order was made
  primary key (order_id, month)
) without rowid;

-- Notifications that were followed: each is followed once. Old ones are refused by their time.
create table dues_order_notice (
  provider text not null,
  nonce    text not null,
  received bigint not null,
  primary key (provider, nonce)
) without rowid;

-- The books of the sandbox, which stands in the place of a bank: what was pressed at its cashier.
create table dues_sandbox_order (
  order_id bigint primary key,
  state    text not null,         -- ToldState
  cents    bigint not null,
  changed  bigint not null
);
