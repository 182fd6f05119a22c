-- Persons without a citizen id, who may be others on record. The condition is written so that no
-- index of all persons is taken for it.
create index registry_person_incomplete on registry_person (name, birth, sex)
where coalesce(length(citizen_key), 0) = 0;
