-- What came after organisations that were abolished, as other modules may read it.
create view registry_published_succession as
select predecessor, successor, happened, how from registry_succession;
