create view reported_and_held as
-- Of the grants that a source counts, how many are held here? One row for each total that counts grants.
-- Held are those of its program, or those of its year, given by its body (or by the kind of bodies that its scope
-- covers) and working in its place.
select
    totals.id as total,
    totals.year,
    totals.organization,
    totals.program,
    totals.place,
    totals.scope,
    totals.value as reported,
    totals.exactness,
    count(counted_grants.id) as held
from totals
join metrics on metrics.code = totals.metric and metrics.counts_grants
join scopes on scopes.code = totals.scope
left join counted_grants
    on case
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
group by totals.id
order by totals.year desc, totals.id;
