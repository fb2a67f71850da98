create view place_paths as
-- In which larger places does a place lie? Distance 0 is the place itself, 1 the one directly around it.
with recursive path (place, ancestor, distance) as (
    select id, id, 0 from places
    union all
    select path.place, places.parent, path.distance + 1
    from path
    join places on places.id = path.ancestor
    where places.parent is not null
)
select place, ancestor, distance from path;
