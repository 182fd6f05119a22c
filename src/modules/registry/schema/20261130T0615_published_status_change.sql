-- When a person's standing (党籍状态) was last changed on record, in milliseconds since 1970, as
-- other modules may read it. Nobody whose standing is as it first came.
create view registry_published_status_change as
select subject as person, max(recorded) as recorded from registry_field
where field = 'status' group by subject;
