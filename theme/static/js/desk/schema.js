// Rows -> typed records, or every problem: what Frictionless says of the types and constraints that the schemas use.
// See plugins/portal/validate.py. A day is its text in ISO form, a number a Decimal, a list an array of texts.
{
  const { say } = desk;

  const leap = (year) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  desk.monthLength = (year, month) => (month === 2 ? 28 + Number(leap(year)) : 30 + ((month + (month > 7)) % 2));

  // The text of a day of the calendar, or null.
  desk.isoDay = (year, month, day) => {
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > desk.monthLength(year, month)) {
      return null;
    }
    return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  };

  const DAY = /^(\p{Nd}{4})-(1[0-2]|0[1-9]|[1-9])-(3[01]|[12]\p{Nd}|0[1-9]|[1-9]| [1-9])$/u; // as strptime() reads it
  const SCHEME = /^[a-zA-Z][a-zA-Z0-9+.-]*:/; // all that the format “uri” asks for
  const BOOLEANS = { true: true, True: true, TRUE: true, 1: true, false: false, False: false, FALSE: false, 0: false };

  const READERS = {
    string: (cell, field) => (field.format === "uri" && !SCHEME.test(cell) ? null : cell),
    number: (cell) => desk.decimal(cell),
    integer: (cell) => desk.integer(cell),
    boolean: (cell) => (Object.hasOwn(BOOLEANS, cell) ? BOOLEANS[cell] : null),
    list: (cell, field) => cell.split(field.delimiter ?? ","),
    date: (cell) => {
      const found = DAY.exec(cell);
      return found && desk.isoDay(...found.slice(1).map((part) => desk.integer(part)));
    },
  };

  const size = (value, limit) => {
    if (value instanceof desk.Decimal) {
      return value.compare(desk.decimal(String(limit)));
    }
    return value < limit ? -1 : Number(value > limit);
  };

  const CHECKS = {
    required: (value) => value !== null,
    minLength: (value, limit) => value === null || (Array.isArray(value) ? value.length : desk.length(value)) >= limit,
    maxLength: (value, limit) => value === null || (Array.isArray(value) ? value.length : desk.length(value)) <= limit,
    minimum: (value, limit) => value === null || (isNan(value) ? false : beyond(value, limit) >= 0),
    maximum: (value, limit) => value === null || (isNan(value) ? false : beyond(value, limit) <= 0),
    pattern: (value, _pattern, field) => value === null || desk.pattern(field.constraints.form).test(value),
    enum: (value, allowed, field) =>
      value === null || allowed.some((one) => String(READERS[field.type](String(one), field)) === String(value)),
  };
  const SUPPORTED = {
    string: ["required", "minLength", "maxLength", "pattern", "enum"],
    list: ["required", "minLength", "maxLength"],
    boolean: ["required", "enum"],
    number: ["required", "minimum", "maximum", "enum"],
    integer: ["required", "minimum", "maximum", "enum"],
    date: ["required", "minimum", "maximum", "enum"],
  };

  const isNan = (value) => value?.isFinite === false && String(value).toLowerCase().includes("nan");
  const beyond = (value, limit) => {
    if (value?.isFinite === false) {
      return String(value).startsWith("-") ? -1 : 1;
    }
    return size(value, limit);
  };

  // The constraints of a field that its type knows, in the order in which Frictionless looks at them.
  const checksOf = (field) => {
    field.checks ??= SUPPORTED[field.type].filter((name) => field.constraints[name] !== undefined);
    return field.checks;
  };

  const readRow = (row, resource) => {
    const values = {};
    const errors = [];
    resource.fields.forEach((field, at) => {
      const cell = row.cells[at] ?? "";
      let value = null;
      if (cell !== "") {
        value = READERS[field.type](cell, field);
        if (value === null) {
          errors.push({ type: "type-error", field, cell });
        }
      }
      if (cell === "" || value !== null) {
        for (const name of checksOf(field)) {
          if (!CHECKS[name](value, field.constraints[name], field)) {
            errors.push({ type: "constraint-error", field, cell: cell === "" ? "None" : cell, constraint: name });
          }
        }
      }
      values[field.name] = value;
    });
    return { values, errors };
  };

  // Rows {cells, file, line} of one table -> {records, problems}. A cell of a wrong type is null.
  desk.judgeRows = (resource, rows) => {
    const problems = [];
    const records = [];
    const places = new Map(); // key -> number of the last row with it
    const key = resource.byName[resource.primaryKey];
    rows.forEach((row, number) => {
      const { values, errors } = readRow(row, resource);
      const value = values[key.name];
      if (value === null) {
        errors.push({ type: "primary-key", field: key, first: null });
      } else {
        if (places.has(value)) {
          errors.push({ type: "primary-key", field: key, first: places.get(value) });
        }
        places.set(value, number);
      }
      problems.push(...desk.telling(errors).map((error) => desk.explain(error, resource, row, rows)));
      noFigures(values, row, problems);
      records.push({ values, file: row.file, line: row.line });
    });
    return { table: { resource, records }, problems };
  };

  // Frictionless takes NaN, INF, 1e999 and 1e-999 for numbers; nobody was ever paid any of them.
  const noFigures = (values, row, problems) => {
    for (const [column, value] of Object.entries(values)) {
      if (value?.isFinite === false || value?.exponent < -desk.rules.mostPlaces) {
        const what = say("“{value}” is not a number.", { value: String(value) });
        const fix = say("Write digits and a full stop, such as 1950000.50, or leave the cell empty.");
        problems.push({ what, fix, file: row.file, line: row.line, column, level: "error" });
      } else if (isLarge(value)) {
        const what = say("“{value}” is more than any budget.", { value: desk.shown(value) });
        problems.push({ what, fix: say("Correct the value."), file: row.file, line: row.line, column, level: "error" });
      }
    }
  };

  const isLarge = (value) => {
    const most = desk.rules.largest;
    if (value instanceof desk.Decimal) {
      return value.compare(desk.decimal(most)) >= 0 || value.compare(desk.decimal(`-${most}`)) <= 0;
    }
    return (typeof value === "number" || typeof value === "bigint") && (value >= BigInt(most) || value <= -BigInt(most));
  };

  // Foreign keys: a key whose cells are all empty points nowhere, and that is no fault. What points at a table that is
  // left out is looked up when the file is taken in.
  desk.danglingKeys = (table, tables) => {
    const problems = [];
    for (const key of table.resource.foreignKeys) {
      const target = tables[key.table];
      if (target.isLeftOut) {
        continue;
      }
      const known = new Set(target.records.map((record) => key.keys.map((name) => keyText(record, name)).join(", ")));
      for (const record of table.records) {
        const cells = key.fields.map((name) => record.values[name] ?? null);
        const written = cells.map((cell) => (cell === null ? "None" : String(cell))).join(", ");
        if (cells.some((cell) => cell !== null) && !known.has(written)) {
          const [what, fix] = desk.dangling(written, target.resource, [...known]);
          problems.push({ what, fix, file: record.file, line: record.line, column: key.fields[0], level: "error" });
        }
      }
    }
    return problems;
  };

  const keyText = (record, name) => String(record.values[name] ?? "None");
}
