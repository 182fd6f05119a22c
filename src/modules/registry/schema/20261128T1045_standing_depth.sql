-- Who stands under whom today, in every structure, and how far below.
drop view registry_published_standing;
create view registry_published_standing as
select structure, ancestor, organisation, depth from registry_ancestry;
