-- The ledger is read from its end; these find what happened to one organisation, and who looked at
-- one person. Members, activities and payments, of which there are millions, stay out.
create index governance_fact_organisation on ledger_fact (organisation, seq)
where kind < 20 or (kind >= 30 and kind < 40) or (kind >= 60 and kind < 80);
create index governance_fact_person on ledger_fact (person, seq) where kind >= 95 and kind <= 97;
