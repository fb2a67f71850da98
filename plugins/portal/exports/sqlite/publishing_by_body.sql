create view publishing_by_body as
-- Did a body publish its grants of a year, and how many of them are held here?
select
    coverage.year,
    coverage.organization,
    {organizations},
    coverage.status,
    coverage_entries.held
from coverage
join coverage_entries on coverage_entries.id = coverage.id
join organizations on organizations.id = coverage.organization
order by coverage.year desc, coverage.organization;
