// What would make records more useful, apart from what is wrong with them; and what is already good about them.
// See plugins/portal/desk/advice.py. `rows` are cells of whole records, by field.
{
  const { say } = desk;

  // Fields that the schema gives a reason for, and how many rows lack them.
  const empty = (rows, resource) =>
    resource.fields
      .filter((field) => Object.values(field.why).some(Boolean))
      .map((field) => ({ field, count: rows.filter((row) => !row[field.name]).length }));

  // A sentence for every such field that rows leave empty; what most of them lack first.
  desk.advice = (rows, resource, language) =>
    empty(rows, resource)
      .filter(({ count }) => count)
      .sort((one, other) => other.count - one.count)
      .map(({ field, count }) =>
        say("{count} of {rows} rows have no “{title}”. {why}", {
          count,
          rows: rows.length,
          title: desk.words(field.title, language),
          why: desk.words(field.why, language),
        }),
      );

  // A sentence for every field that a sheet has no column for, with what new records have there instead.
  desk.assumed = (names, resource, language) =>
    resource.fields
      .filter((field) => names.has(field.name))
      .map((field) =>
        say("The sheet has no column “{field}”: new records get “{value}”.", {
          field: desk.words(field.title, language),
          value: desk.words(field.assumed.label, language),
        }),
      );

  // A sentence for every field that rows leave empty while their records have a value.
  desk.kept = (matches, resource, language) => {
    const counts = new Map();
    for (const name of matches.flatMap((match) => match.kept)) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    return [...counts].map(([name, count]) =>
      say("“{field}”: {count} empty cells; what is recorded stays.", {
        field: desk.words(resource.byName[name].title, language),
        count,
      }),
    );
  };

  // A sentence for every column whose amounts are in thousands or the like: a factor is never taken in silence.
  desk.understood = ({ sheet, columns }) =>
    columns
      .filter(({ scale }) => desk.numberText(scale) !== "1")
      .map(({ index, title, scale }) =>
        say("Sheet “{sheet}”, column {column}, “{title}”: every amount is multiplied by {scale}.", {
          sheet,
          column: desk.columnLetter(index),
          title,
          scale: desk.numberText(scale),
        }),
      );

  // A sentence for every such field that all rows fill in, in the order of the schema.
  desk.good = (rows, resource, language) =>
    empty(rows, resource)
      .filter(({ count }) => rows.length && !count)
      .map(({ field }) => say("All rows have “{title}”.", { title: desk.words(field.title, language) }));
}
