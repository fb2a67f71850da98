// Records that point at each other, where foreign keys do not reach; and sources that nobody could look up.
// See plugins/portal/checks/references.py.
{
  const { say } = desk;
  const { records, cell, error, warning } = desk.looks;

  // Every item of a list exists in the table that the column refers to, and stands in the list once.
  desk.checks.itemsOfLists = function* (tables) {
    const known = {};
    for (const [name, table] of Object.entries(tables)) {
      known[name] = new Set(table.records.map((record) => record.values[table.resource.primaryKey]));
    }
    for (const table of Object.values(tables)) {
      for (const field of table.resource.fields) {
        const target = tables[field.refersTo];
        if (field.type !== "list" || !target) {
          continue;
        }
        for (const record of table.records) {
          const items = cell(record, field.name) ?? [];
          for (const item of new Set(items)) {
            if (!target.isLeftOut && !known[field.refersTo].has(item)) {
              yield error(record, field.name, ...desk.dangling(item, target.resource, [...known[field.refersTo]]));
            } else if (items.indexOf(item) !== items.lastIndexOf(item)) {
              const what = say("“{value}” stands in the list more than once.", { value: item });
              yield error(record, field.name, what, say("Keep it once."));
            }
          }
        }
      }
    }
  };

  // A place that contains itself, or a record that is its own successor, by way of others.
  desk.checks.loops = function* (tables) {
    for (const [name, column] of desk.rules.checks.chains) {
      const byId = new Map(records(tables, name).map((record) => [cell(record, "id"), record]));
      const done = new Set();
      for (const start of byId.keys()) {
        const trail = new Map();
        let step = start;
        while (byId.has(step) && !done.has(step) && !trail.has(step)) {
          trail.set(step, byId.get(step));
          step = cell(byId.get(step), column) ?? "";
        }
        if (trail.has(step)) {
          const steps = [...trail.keys()];
          const members = steps.slice(steps.indexOf(step));
          const what = say("The record leads back to itself: {chain}.", { chain: [...members, members[0]].join(" → ") });
          yield error(trail.get(step), column, what, say("Correct the one of them that points the wrong way."));
        }
        trail.forEach((_, one) => done.add(one));
      }
    }
  };

  // A source that a reader cannot open.
  desk.checks.sourcesWithoutAddress = function* (tables) {
    for (const source of records(tables, "sources")) {
      if (!cell(source, "url")) {
        const what = say("The source has no web address, so nobody can look it up.");
        yield warning(source, "url", what, say("Write the address, or that of a copy in a web archive."));
      }
    }
  };

  // A source of which nobody can say how old it is.
  desk.checks.sourcesWithoutDate = function* (tables) {
    for (const source of records(tables, "sources")) {
      if (!cell(source, "published_on")) {
        const what = say("The source has no date.");
        yield warning(source, "published_on", what, say("Write the day, month or year in which it was published."));
      }
    }
  };
}
