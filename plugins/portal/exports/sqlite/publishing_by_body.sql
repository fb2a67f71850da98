create view publishing_by_body as
-- Did a body publish its grants of a year, and how many of them are held here?
select
    coverage.year,
    coverage.organization,
    {organizations},
    coverage.status,
    count(counted_grants.id) as held
from coverage
join organizations on organizations.id = coverage.organization
left join counted_grants
    on counted_grants.funder = coverage.organization and counted_grants.year = coverage.year
group by coverage.id
order by coverage.year desc, coverage.organization;
