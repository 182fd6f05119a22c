-- Notes about anything that can be looked at, not in groups alone.
alter table liaison_note rename column group_id to object;
alter table liaison_note add column kind text not null default 'group';
alter table liaison_note add column rule text not null default '';  -- of a light; else empty
alter table liaison_note add column gone bigint;                    -- ms: taken back, or removed
alter table liaison_note add column removed_by bigint not null default 0;  -- an account
alter table liaison_note add column reason blob;                    -- sealed: why it was removed
drop index liaison_note_group;
create index liaison_note_object on liaison_note (object, kind, rule, id);

-- Whom a note mentions.
create table liaison_mention (
  account bigint not null,
  note    bigint not null,
  primary key (account, note)
) without rowid;
