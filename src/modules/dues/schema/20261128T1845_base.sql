-- What a member's fees of a year rest on, as it was fixed. Of several of a year the last counts.
create table dues_base (
  id       bigint primary key,
  person   bigint not null,
  year     integer not null,
  held     blob not null,      -- group, base, items: sealed
  fixed_on integer not null,
  case_id  bigint not null     -- in which it was fixed
);
create index dues_base_person on dues_base (person, year);

-- What is due month by month.
create table dues_due (
  base            bigint not null,
  month           integer not null,   -- year * 12 + month - 1
  cents           bigint not null,
  voluntary_cents bigint not null,    -- added of one's own will
  primary key (base, month)
) without rowid;

-- Changes within a year.
create table dues_base_change (
  id         bigint primary key,
  base       bigint not null,
  from_month integer not null,
  before     blob not null,    -- what was held until then, sealed
  reason     blob not null,    -- sealed
  changed    bigint not null
);
create index dues_base_change_base on dues_base_change (base, id);
