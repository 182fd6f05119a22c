-- Who may sign in. Secrets stand here as hashes only.
create table identity_account (
  id           bigint primary key,
  login        text not null,
  login_key    text not null unique,  -- folded
  name         text not null,
  person       bigint unique,         -- whom it belongs to; null: it stands alone
  state        text not null,         -- invited | active | disabled
  language     text not null,         -- zh | en
  password     text,                  -- Argon2id, with its salt and cost
  totp         blob,                  -- sealed
  totp_state   text not null,         -- off | proposed | on
  totp_step    bigint not null,       -- of the last code that was taken: none is taken twice
  made         bigint not null,
  made_by      bigint not null,
  last_sign_in bigint
);

create table identity_recovery (
  account bigint not null,
  code    blob not null,   -- SHA-256
  primary key (account, code)
) without rowid;

create table identity_link (
  token   blob primary key,  -- SHA-256
  account bigint not null,
  purpose text not null,     -- first | reset
  made    bigint not null,
  expires bigint not null
);
create index identity_link_account on identity_link (account);

create table identity_session (
  id        bigint primary key,
  token     blob not null unique,  -- SHA-256
  account   bigint not null,
  made      bigint not null,
  last_used bigint not null,
  address   text not null,         -- coarse
  agent     text not null          -- shortened
);
create index identity_session_account on identity_session (account);

-- Devices and address ranges an account signed in from: failures elsewhere do not keep them out.
create table identity_known (
  account   bigint not null,
  kind      text not null,    -- device | address
  key       blob not null,    -- SHA-256 of a device's token, blind index of a range
  last_seen bigint not null,
  primary key (account, kind, key)
) without rowid;

create table identity_token (
  id          bigint primary key,
  token       blob not null unique,  -- SHA-256
  account     bigint not null,
  name        text not null,
  permissions text not null,         -- separated by spaces
  made        bigint not null,
  expires     bigint not null,
  last_used   bigint
);
create index identity_token_account on identity_token (account);

-- A role held at an organisation (0: a whole structure) from a day to a day.
create table identity_grant (
  id           bigint primary key,
  account      bigint not null,
  role         text not null,
  organisation bigint not null,
  structure    text not null,
  valid_from   integer not null,
  valid_to     integer,           -- the first day on which it is held no more
  made         bigint not null,
  made_by      bigint not null
);
create index identity_grant_account on identity_grant (account);
create index identity_grant_organisation on identity_grant (organisation);

-- Temporary access to a person of another organisation.
create table identity_access (
  id      bigint primary key,
  account bigint not null,
  person  bigint not null,
  reason  text not null,
  made    bigint not null,
  made_by bigint not null,
  expires bigint not null,
  ended   bigint
);
create index identity_access_account on identity_access (account);
create index identity_access_person on identity_access (person);

-- What an account, or an organisation's people, are told.
create table identity_notice (
  id           bigint primary key,
  account      bigint not null,   -- 0: the organisation's people
  organisation bigint not null,   -- 0: the account
  kind         text not null,     -- access_granted | access_ended
  subject      bigint not null,
  made         bigint not null
);
create index identity_notice_account on identity_notice (account);
create index identity_notice_organisation on identity_notice (organisation);
