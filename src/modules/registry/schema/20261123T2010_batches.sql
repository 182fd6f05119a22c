-- A unit is looked for by its credit code, once an organisation.
create index registry_unit_credit_code on registry_unit (credit_code);

-- What other modules may read of where records come from: what stands in the way of an undo.
create view registry_published_made as
select id, source, batch from registry_person
union all select id, source, batch from registry_organisation
union all select id, source, batch from registry_post;

create view registry_published_change as
select subject, field, recorded, source, batch from registry_field;
