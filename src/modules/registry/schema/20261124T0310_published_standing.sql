-- Who stands under whom today, in every structure.
create view registry_published_standing as
select structure, ancestor, organisation from registry_ancestry;
