-- Totals that count grants, each beside the number of grants held here that it speaks of: those of its program, or
-- those of its year, given by its body (or by the kind of bodies that its scope covers) and working in its place.
create view coverage_lines as
with counting as (
    select totals.*, scopes.organization_kind
    from totals
    join metrics on metrics.code = totals.metric and metrics.counts_grants
    join scopes on scopes.code = totals.scope
),
spoken_of (total, grant_id) as (
    select counting.id, counted_grants.id
    from counting
    join counted_grants on counted_grants.program = counting.program
    where counted_grants.counted
    union all
    select counting.id, counted_grants.id
    from counting
    join counted_grants on counted_grants.year = counting.year
    left join organizations as funders on funders.id = counted_grants.funder
    left join place_paths on place_paths.place = counted_grants.place and place_paths.ancestor = counting.place
    where
        counted_grants.counted
        and counting.program is null
        and case
            when counting.organization is not null then counted_grants.funder = counting.organization
            else counting.organization_kind is null or funders.kind = counting.organization_kind
        end
        and (counting.place is null or place_paths.ancestor is not null)
)
select counting.id as total, counting.year, counting.value as reported, count(spoken_of.grant_id) as held
from counting
left join spoken_of on spoken_of.total = counting.id
group by counting.id, counting.year, counting.value
order by counting.year desc, counting.id;

-- The least number of grants that a year must have had: a total of everything, else the totals of its parts together.
create view coverage_years as
select
    coverage_lines.year,
    cast(coalesce(max(reported) filter (where covers_all), sum(reported)) as decimal(38, 6)) as reported,
    cast(coalesce(max(held) filter (where covers_all), sum(held)) as bigint) as held
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
