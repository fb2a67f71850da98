create view reported_and_held as
-- Of the grants that a source counts, how many are held here? One row for each total that counts grants.
select
    totals.id as total,
    totals.year,
    totals.organization,
    totals.program,
    totals.place,
    totals.scope,
    totals.value as reported,
    totals.exactness,
    coverage_lines.held
from coverage_lines
join totals on totals.id = coverage_lines.total
order by totals.year desc, totals.id;
