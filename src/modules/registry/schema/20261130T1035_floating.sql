-- Members who are away, of whom there are few.
create index registry_membership_floating on registry_membership (person)
where floating_since is not null and valid_to is null;
