-- A person is looked for by phone.
create index registry_person_phone on registry_person (phone_key);
