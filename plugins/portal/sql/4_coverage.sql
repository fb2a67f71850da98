-- Totals that count grants, each beside the number of grants held here that it speaks of: those of its program, or
-- those of its year, given by its body (or by the kind of bodies that its scope covers) and working in its place.
create view coverage_lines as
select totals.id as total, totals.year, totals.value as reported, count(counted_grants.id) as held
from totals
join metrics on metrics.code = totals.metric and metrics.counts_grants
join scopes on scopes.code = totals.scope
left join counted_grants
    on counted_grants.counted
    and case
        when totals.program is not null then counted_grants.program = totals.program
        else
            counted_grants.year = totals.year
            and (totals.organization is null or counted_grants.funder = totals.organization)
            and (
                totals.organization is not null
                or scopes.organization_kind is null
                or counted_grants.funder in (select id from organizations where kind = scopes.organization_kind)
            )
            and (
                totals.place is null
                or counted_grants.place in (select place from place_paths where ancestor = totals.place)
            )
    end
group by totals.id, totals.year, totals.value
order by totals.year desc, totals.id;

-- The least number of grants that a year must have had: a total of everything, else the totals of its parts together.
create view coverage_years as
select
    coverage_lines.year,
    coalesce(max(reported) filter (where covers_all), sum(reported)) as reported,
    coalesce(max(held) filter (where covers_all), sum(held)) as held
from coverage_lines
join (
    select totals.id, totals.organization is null and totals.place is null and totals.program is null
        and scopes.organization_kind is null as covers_all
    from totals
    join scopes on scopes.code = totals.scope
) as extent on extent.id = coverage_lines.total
group by coverage_lines.year;

create view coverage_entries as
select coverage.id, count(counted_grants.id) as held
from coverage
left join counted_grants
    on counted_grants.counted and counted_grants.funder = coverage.organization and counted_grants.year = coverage.year
group by coverage.id;
