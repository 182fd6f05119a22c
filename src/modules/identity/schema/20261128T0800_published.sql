-- What other modules may read of accounts: how whoever did something is called.
create view identity_published_account as select id, name from identity_account;
