-- Which grants stand on which page: a row for a grant and a subject. A grant stands at a place and at all places around it.
-- Only organizations can come twice for a grant; to look for doubles among all rows takes most of the time.
create view grant_subjects as
select id as grant_id, 'all' as kind, '' as subject from grants
union all
select id, 'funder', funder from grants
union all
select id, 'recipient', recipient from grants where recipient is not null
union all
select distinct id, 'partner', partner from (select id, unnest(partners) as partner from grants) as worked
union all
select id, 'donor', donor from grants where donor is not null
union all
select id, 'organization', subject
from (
    select id, funder as subject from grants
    union
    select id, recipient from grants
    union
    select id, donor from grants
    union
    select id, unnest(partners) from grants
) as involved
where subject is not null
union all
select id, 'program', program from grants where program is not null
union all
select id, 'call', call from grants where call is not null
union all
select id, 'place', ancestor from grants join place_paths on place_paths.place = grants.place
union all
select id, 'sphere', sphere from grants where sphere is not null
union all
select id, 'year', cast(year as varchar) from grants;
