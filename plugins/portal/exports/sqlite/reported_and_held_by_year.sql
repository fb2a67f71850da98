create view reported_and_held_by_year as
-- At least how many grants were made in a year, and how many of them are held here?
-- Where a source counts the grants of everybody, that total is taken; else the totals of parts are added.
select year, reported, held from coverage_years order by year desc;
