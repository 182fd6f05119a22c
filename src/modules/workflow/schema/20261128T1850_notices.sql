-- What a case tells people by itself: a message that it throws. `role` and `owner` are as on a
-- desk: whoever holds the role at the organisation, all its members (member), all who hold a post
-- there (post), or, without a role, one person.
create table workflow_notice (
  id           bigint primary key,
  case_id      bigint not null,
  message      text not null,
  role         text not null,
  owner        bigint not null,
  organisation bigint not null,  -- of the case
  sent         bigint not null,  -- ms
  content      blob not null     -- sealed: what it says, as JSON
);
create index workflow_notice_owner on workflow_notice (role, owner, id);
