-- What other modules may read of roles: who holds which where, and who may sign in.
create view identity_published_grant as
select g.account, g.role, g.organisation, g.structure, g.valid_from, g.valid_to
from identity_grant g join identity_account a on a.id = g.account
where a.state <> 'disabled';

create view identity_published_owner as
select id, coalesce(person, 0) as person from identity_account where state <> 'disabled';
