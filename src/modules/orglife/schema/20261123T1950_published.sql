-- What other modules may read of activities.
create view orglife_published_activity as
select id, organisation, kind, held_on, period from orglife_activity;

create view orglife_published_attendance as
select activity, person from orglife_attendance;
