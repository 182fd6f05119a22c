-- Lists of activities, latest first: of a whole city by day, of a few organisations by these.
create index orglife_activity_held_on on orglife_activity (held_on, id);
