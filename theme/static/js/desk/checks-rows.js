// How checks look at tables: a table or a column that a portal does not have is simply empty.
// See plugins/portal/checks/rows.py and words.py. `desk.checks` holds the checks by their names in Python.
desk.checks = {};
{
  const records = (tables, name) => tables[name]?.records ?? [];
  const cell = (record, column) => record.values[column] ?? null;

  // Identifier or code of each record -> its value in the column.
  const columnOf = (tables, name, column) => {
    const key = tables[name]?.resource.primaryKey;
    return new Map(records(tables, name).map((record) => [record.values[key], cell(record, column)]));
  };

  const DAY = /^(\d+)(?:-(\d+)(?:-(\d+))?)?$/;

  // First and last day that a day, month or year can mean. null for an empty cell and an impossible day.
  const span = (value) => {
    const found = value !== null && DAY.exec(String(value));
    if (!found) {
      return null;
    }
    const [year, month, day] = found.slice(1).map((part) => (part === undefined ? null : Number(part)));
    const first = desk.isoDay(year, month ?? 1, day ?? 1);
    if (first === null || day !== null) {
      return first && [first, first];
    }
    return [first, desk.isoDay(year, month ?? 12, desk.monthLength(year, month ?? 12))];
  };

  // Every filled cell of a column for days known to the day, month or year: record, column, text.
  function* days(tables) {
    for (const { resource, records: all } of Object.values(tables)) {
      const columns = resource.fields.filter((field) => field.partialDate).map((field) => field.name);
      for (const record of all) {
        for (const column of columns) {
          if (record.values[column]) {
            yield [record, column, record.values[column]];
          }
        }
      }
    }
  }

  // Every filled cell of a column in which people write freely: record, column, text.
  function* prose(tables) {
    for (const { resource, records: all } of Object.values(tables)) {
      for (const record of all) {
        for (const column of resource.prose) {
          if (record.values[column]) {
            yield [record, column, record.values[column]];
          }
        }
      }
    }
  }

  // The columns of a text in the languages of the portal.
  const versions = (resource, name) => resource.versions[name] ?? [];

  // The folded words of these columns, without the empty ones.
  const folded = (record, columns) => {
    const words = columns.filter((column) => record.values[column]).map((column) => desk.fold(record.values[column]));
    return new Set(words.filter(Boolean));
  };

  const problem = (level) => (record, column, what, fix) => ({ what, fix, file: record.file, line: record.line, column, level });
  const error = problem("error"); // a fault that keeps the records from being published
  const warning = problem("warning"); // a doubt that somebody should look at

  desk.looks = { records, cell, columnOf, span, days, prose, versions, folded, error, warning };

  const camelCase = (name) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());

  // Every problem that any check finds, errors first, each kind in the order of files and lines.
  desk.runChecks = (tables, today) => {
    const found = desk.rules.checks.order.flatMap((name) => {
      const check = desk.checks[camelCase(name)];
      return check ? [...check(tables, today)] : []; // those that only the import makes: see onlyOnImport in the rules
    });
    const place = (one, other) =>
      desk.order(one.level, other.level) || desk.order(one.file ?? "", other.file ?? "") || (one.line ?? 0) - (other.line ?? 0);
    return found.sort(place);
  };
}
