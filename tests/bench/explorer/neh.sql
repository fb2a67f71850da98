-- From the temporary table `published`, every column of which is text.
create temp macro said(text) as
    case when trim(text) in ('', 'Unknown', 'unknown', 'NULL', 'Title not available', 'No description', 'No to support statement')
        then null else text end;

create temp table read as
select
    *,
    case when InstCountry = 'USA' then said(InstState) end as state,
    case when said(InstCountry) <> 'USA' then InstCountry end as abroad
from published;

create temp table institutions as
select name, 'I-' || row_number() over (order by name) as id
from (select distinct said(Institution) as name from read where said(Institution) is not null);
create temp table known_programs as
select Division, Program, 'P-' || row_number() over (order by Division, Program) as id
from (select distinct Division, Program from read where said(Program) is not null);
create temp table divisions as
select Division, 'd' || row_number() over (order by Division) as code
from (select distinct Division from read where said(Division) is not null);
create temp table abroad as
select name, 'W-' || row_number() over (order by name) as id from (select distinct abroad as name from read where abroad is not null);

insert into sources by name
select 'NEH' as id, 'National Endowment for the Humanities: grants 1966-2020' as title, 'en' as title_language,
    'National Endowment for the Humanities' as publisher;
insert into organizations by name
select 'NEH' as id, 'state_body' as kind, 'National Endowment for the Humanities' as name_en, 'NEH' as source
union all by name
select id, 'ngo' as kind, name as name_en, 'NEH' as source from institutions order by all;
insert into programs by name
select id, Program as title_en, 'source' as title_basis, 'sectoral' as level, 'finished' as status, Division as description_en, 'NEH' as source
from known_programs order by id;
delete from spheres;
insert into spheres by name
select code, Division as label_en, Division as label_ru, Division as label_ky from divisions order by code;
delete from beneficiary_groups;
insert into places by name
select 'US' as id, 'country' as kind, null as parent, 'United States of America' as name_en, 'NEH' as source
union all by name
select 'US-' || state as id, 'region' as kind, 'US' as parent, state as name_en, 'NEH' as source
from (select distinct state from read where state is not null)
union all by name
select id, 'country' as kind, name as name_en, 'NEH' as source from abroad
order by all;

insert into grants by name
select
    regexp_replace(AppNumber, '[^A-Za-z0-9._-]', '', 'g') as id,
    known_programs.id as program,
    'NEH' as funder,
    institutions.id as recipient,
    said(ProjectTitle) as title_en,
    'source' as title_basis,
    said(ToSupport) as description_en,
    divisions.code as sphere,
    case when state is not null then 'US-' || state else coalesce(abroad.id, case when InstCountry = 'USA' then 'US' end) end as place,
    cast(AwardOutright as decimal(24, 6)) + cast(AwardMatching as decimal(24, 6)) as amount_awarded,
    'USD' as currency,
    cast(YearAwarded as bigint) as year,
    case when CouncilDate <> '1900-01-01' then said(CouncilDate) end as decided_on,
    said(AppNumber) as agreement_number,
    said(BeginGrant) as planned_start,
    said(EndGrant) as planned_end,
    case when EndGrant < '2020-12-14' then 'implemented' else 'in_progress' end as status,
    'confirmed' as certainty,
    date '2020-12-14' as added_on,
    date '2020-12-14' as changed_on,
    'NEH' as source
from read
left join institutions on institutions.name = said(Institution)
left join known_programs on known_programs.Division = read.Division and known_programs.Program = read.Program
left join divisions on divisions.Division = read.Division
left join abroad on abroad.name = read.abroad
order by year desc, id;
