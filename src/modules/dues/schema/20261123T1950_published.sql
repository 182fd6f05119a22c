-- What other modules may read of payments; paid_on is null where the day is not known.
create view dues_published_payment as
select person, month, nullif(paid_on, -719163) as paid_on, amount_cents from dues_payment;
