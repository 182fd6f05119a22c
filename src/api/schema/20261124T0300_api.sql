-- Answers of commands that came with an Idempotency-Key, for a day.
create table api_answer (
  account     bigint not null,
  given       text not null,   -- the key
  fingerprint blob not null,   -- SHA-256 of the request
  answer      text not null,
  at          bigint not null, -- milliseconds since 1970
  primary key (account, given)
) without rowid;
create index api_answer_at on api_answer (at);
