create view reported_and_held_by_year as
-- At least how many grants were made in a year, and how many of them are held here?
-- Where a source counts the grants of everybody, that total is taken; else the totals of parts are added.
select
    year,
    coalesce(max(reported) filter (where covers_all), sum(reported)) as reported,
    coalesce(max(held) filter (where covers_all), sum(held)) as held
from (
    select
        reported_and_held.*,
        organization is null and place is null and program is null and scopes.organization_kind is null as covers_all
    from reported_and_held
    join scopes on scopes.code = reported_and_held.scope
)
group by year
order by year desc;
