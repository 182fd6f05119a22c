-- What other modules may read of where records come from.
create view registry_published_source as select id, name from registry_source;
