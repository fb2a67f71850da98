-- The variables `grants` and `recipients` say how many. Nothing is random: everything hangs on hash() of a number and a
-- name for what is asked of it.
create temp macro pick(number, what, many) as cast(hash(number, what) % many as integer);
create temp macro share(number, what) as (hash(number, what) % 1000003) / 1000003.0;

-- 60,000 words: 15,000 stems of Russian and of Kyrgyz letters, each with several endings.
create temp table sounds as select
    ['б', 'в', 'г', 'д', 'ж', 'з', 'к', 'л', 'м', 'н', 'п', 'р', 'с', 'т', 'х', 'ц', 'ч', 'ш', 'щ', 'ст', 'пр'] as consonants_ru,
    ['а', 'е', 'ё', 'и', 'о', 'у', 'ы', 'я', 'ю', 'э'] as vowels_ru,
    ['', '', '', 'а', 'ы', 'ов', 'ский', 'ного', 'ных', 'ение', 'ения', 'ость'] as endings_ru,
    ['б', 'г', 'д', 'ж', 'к', 'л', 'м', 'н', 'ң', 'п', 'р', 'с', 'т', 'ч', 'ш', 'й'] as consonants_ky,
    ['а', 'е', 'и', 'о', 'ө', 'у', 'ү', 'ы', 'э', 'аа', 'өө', 'үү'] as vowels_ky,
    ['', '', '', 'лар', 'дын', 'га', 'лык', 'луу', 'да', 'дагы', 'лардын', 'чы'] as endings_ky;

create temp table stems as
select
    stem,
    stem % 2 = 1 as kyrgyz,
    array_to_string(
        [
            case when stem % 2 = 1
                then consonants_ky[1 + pick(stem * 8 + place, 'consonant', 16)] || vowels_ky[1 + pick(stem * 8 + place, 'vowel', 12)]
                else consonants_ru[1 + pick(stem * 8 + place, 'consonant', 21)] || vowels_ru[1 + pick(stem * 8 + place, 'vowel', 10)]
            end
            for place in range(1 + pick(stem, 'syllables', 5) // 2 + cast(stem > 60 as integer))
        ],
        ''
    ) || case when stem % 2 = 1 then consonants_ky[1 + pick(stem, 'last', 16)] else consonants_ru[1 + pick(stem, 'last', 19)] end as text
from range(15000) as numbers (stem), sounds;

create temp table vocabulary as
select
    rank,
    text || case when kyrgyz then endings_ky[1 + pick(rank, 'ending', 12)] else endings_ru[1 + pick(rank, 'ending', 12)] end as word
from range(1, 60001) as numbers (rank)
join stems on stem = case when rank <= 15000 then rank - 1 else pick(rank, 'stem', 15000) end, sounds
order by rank;

set variable words = (select list(word order by rank) from vocabulary);
create temp macro word(number, place) as
    getvariable('words')[1 + least(59999, cast(floor(exp(share(number * 16 + place, 'word') * ln(60000.0))) as integer) - 1)];
create temp macro capital(text) as upper(left(text, 1)) || substr(text, 2);

-- Places: a country, 9 regions, 4 districts in each.
insert into places by name
select 'S' as id, 'country' as kind, null as parent, 'S Country' as name_en, 'С Страна' as name_ru, 'С Өлкө' as name_ky,
    'source' as names_basis, 'S-SOURCE' as source
union all
select 'S-P' || region, 'region', 'S', null, 'С ' || capital(getvariable('words')[2000 + region * 7]) || ' область',
    'С ' || capital(getvariable('words')[2000 + region * 7]) || ' облусу', 'source', 'S-SOURCE'
from range(1, 10) as regions (region)
union all
select 'S-P' || region || '-' || district, 'rayon', 'S-P' || region, null,
    'С ' || capital(getvariable('words')[3000 + region * 40 + district * 7]) || ' район', null, 'source', 'S-SOURCE'
from range(1, 10) as regions (region), range(1, 5) as districts (district);

create temp table towns as
select town, capital(getvariable('words')[4001 + town * 11]) as name from range(24) as numbers (town);

-- Funders have names in three languages, recipients in one or two.
insert into organizations by name
select format('S-F-{:02d}', number) as id, 'state_body' as kind, format('S Funder {}', number) as name_en,
    format('С Фонд {} {}', word(number, 1), number) as name_ru, format('С Кор {} {}', word(number, 1), number) as name_ky,
    'S-SOURCE' as source
from range(60) as numbers (number);
insert into organizations by name
select format('S-R-{:05d}', number) as id, 'ngo' as kind,
    case when number % 5 = 4 then format('S Foundation {}', number) end as name_en,
    format('С ОФ «{} {}» {}', capital(word(number, 2)), word(number, 3), towns.name) as name_ru,
    case when number % 2 = 0 then format('С КФ «{} {}» {}', capital(word(number, 4)), word(number, 3), towns.name) end as name_ky,
    'S-P' || (1 + town % 9) as place, 'S-SOURCE' as source
from range(getvariable('recipients')) as numbers (number)
join towns on town = pick(number, 'town', 24)
order by number;

insert into programs by name
select format('S-PR-{:02d}', number) as id, format('S Program {}', number) as title_en,
    format('С Программа {} {}', word(number, 5), word(number, 6)) as title_ru, 'ours' as title_basis, 'sectoral' as level,
    'running' as status, 2014 as year_from, 2025 as year_to, 'S-SOURCE' as source
from range(40) as numbers (number);

delete from spheres;
insert into spheres by name
select format('s{:02d}', number) as code, format('S Sphere {}', number) as label_en,
    'С ' || capital(word(number, 7)) as label_ru, 'С ' || capital(word(number, 8)) as label_ky
from range(20) as numbers (number);
delete from beneficiary_groups;
insert into beneficiary_groups by name
select format('s{:02d}', number) as code, format('S Group {}', number) as label_en,
    'С ' || capital(word(number, 9)) as label_ru, 'С ' || capital(word(number, 10)) as label_ky
from range(20) as numbers (number);
insert into sources by name
select 'S-SOURCE' as id, 'Synthetic records for a benchmark' as title, 'en' as title_language, 'Ashar' as publisher;

-- Grants. Program 39 pays in another currency; three grants in a thousand have their sum together; one in fifty is only announced.
insert into grants by name
select
    format('S-{:07d}', number) as id,
    format('S-PR-{:02d}', program) as program,
    case when number % 3 > 0 then format('S-C-{:02d}-{}', program, year) end as call,
    format('S-F-{:02d}', cast(60 * pow(share(number, 'funder'), 2) as integer) % 60) as funder,
    case when pick(number, 'unnamed', 50) > 0
        then format('S-R-{:05d}', cast(floor(getvariable('recipients') * pow(share(number, 'recipient'), 2)) as integer))
    end as recipient,
    case when number % 20 <> 7 then title end as title_ru,
    case when number % 20 = 7 then title end as title_ky,
    'source' as title_basis,
    case when number % 97 = 0 then 'S ' || word(number, 13) || e'\n' || word(number, 14) || ', "' || word(number, 15) || '"' end as description_ru,
    case when pick(number, 'sphere', 12) > 0 then format('s{:02d}', cast(floor(20 * pow(share(number, 'which sphere'), 2)) as integer)) end as sphere,
    case when pick(number, 'group', 3) > 0 then format('s{:02d}', pick(number, 'which group', 20)) end as beneficiary_group,
    case pick(number, 'place', 20)
        when 0 then null
        when 1 then 'S'
        when 2 then 'S-P' || region when 3 then 'S-P' || region when 4 then 'S-P' || region when 5 then 'S-P' || region
        else 'S-P' || region || '-' || (1 + pick(number, 'district', 4))
    end as place,
    case when number % 1000 > 2 and pick(number, 'amount', 12) > 0 then amount end as amount_awarded,
    case when number % 4 = 0 then amount * 1.5 end as amount_requested,
    case when number % 1000 > 2 then case program when 39 then 'USD' else 'KGS' end end as currency,
    case when number % 1000 <= 2 then format('S-G-{:04d}', number // 1000) end as amount_group,
    year,
    case pick(number, 'day known', 20)
        when 0 then null
        when 1 then cast(year as varchar)
        when 2 then strftime(day, '%Y-%m')
        else strftime(day, '%Y-%m-%d')
    end as decided_on,
    case when number % 7 = 0 then format('S-{}/{}', number, year) end as agreement_number,
    case when pick(number, 'announced', 50) = 0 then 'announced' when year < 2023 then 'implemented' when number % 40 = 1 then 'terminated' when year = 2025 then 'awarded' else 'in_progress' end as status,
    case when pick(number, 'announced', 50) = 0 then 'announced' when pick(number, 'reported', 9) = 0 then 'reported' else 'confirmed' end as certainty,
    case when number % 3 = 0 then pick(number, 'people', 400) end as people_planned,
    date '2026-01-01' as added_on,
    date '2026-01-01' as changed_on,
    'S-SOURCE' as source
from (
    select
        number,
        2014 + cast(floor(12 * sqrt(share(number, 'year'))) as integer) as year,
        pick(number, 'program', 40) as program,
        1 + pick(number, 'region', 9) as region,
        (500 + pick(number, 'size', 40) * pick(number, 'size too', 4000)) * 10 + case when number % 11 = 0 then 0.5 else 0 end as amount,
        make_date(2014 + cast(floor(12 * sqrt(share(number, 'year'))) as integer), 1 + pick(number, 'month', 12), 1 + pick(number, 'day', 28)) as day,
        capital(concat_ws(' ', word(number, 1), word(number, 2), word(number, 3), word(number, 4), word(number, 5), word(number, 6), word(number, 7),
            word(number, 8), word(number, 9), '«' || word(number, 10) || '»')) as title
    from range(getvariable('grants')) as numbers (number)
)
order by number;

insert into calls by name
select call as id, program, 'S-F-00' as customer, format('С Конкурс {} года', year) as title_ru, 'ours' as title_basis, year, 'call_announced' as stage, 'S-SOURCE' as source
from (select distinct call, program, year from grants where call is not null)
order by call;
insert into amount_groups by name
select amount_group as id, 123456.5 as amount, 'KGS' as currency, 'S-SOURCE' as source
from (select distinct amount_group from grants where amount_group is not null)
order by amount_group;
insert into payments by name
select 'S-PAY' || id as id, id as grant, 1 as tranche, year || '-12-15' as paid_on, 12345.5 as amount, 'KGS' as currency, 'S-SOURCE' as source
from grants where hash(id, 'paid') % 10 = 0 order by id;
insert into reports by name
select 'S-REP' || id as id, 'monitoring_report' as kind, 'С Отчёт' as title_ru, 'ours' as title_basis, id as grant, hash(id, 'reached') % 300 as people_reached, 'S-SOURCE' as source
from grants where hash(id, 'results') % 20 = 0 order by id;
insert into amendments by name
select 'S-AM' || id as id, id as grant, year || '-11' as changed_on, 'С Срок продлён' as description_ru, 'S-SOURCE' as source
from grants where hash(id, 'amended') % 100 = 0 order by id;
