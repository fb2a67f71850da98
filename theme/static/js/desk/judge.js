// Rows matched with their records -> what becomes of each, and why. See plugins/portal/desk/judge.py.
{
  const { say } = desk;
  const MARK = "\0"; // stands between sheet and table in what the checks take for the name of a file
  const NO_ID = "row-"; // begins the identifier of a row that is judged although it is not known which record it means

  const placeOf = (file, line) => `${file}\n${line}`;
  const fileOf = (row) => `${row.sheet}${MARK}${row.table}`;
  const known = ({ file, line, column, what }) => JSON.stringify([file, line, column, what.template]);
  const isError = (problem) => problem.level === "error";

  // Problems of the records as they are; looked for once a day.
  const knownBefore = (today) => {
    if (desk.rules.before?.today !== today) {
      desk.rules.before = { today, known: new Set(desk.runChecks(desk.rules.records, today).map(known)) };
    }
    return desk.rules.before.known;
  };

  // Judges the rows. Titles of columns in the sentences are those in the language.
  desk.judge = (matches, language, today) => {
    const court = new Court(matches, language);
    const before = knownBefore(today);
    let [tables, found] = [null, null];
    do {
      tables = court.tables();
      found = [...court.dangling(tables), ...desk.runChecks(tables, today)];
    } while (court.leaveOut(found));
    court.keep(found);
    const blocking = found.filter((one) => isError(one) && !court.isOurs(one) && !before.has(known(one)));
    return { rows: court.judged(), blocking, tables };
  };

  // The rows with what was found in each so far.
  class Court {
    constructor(matches, language) {
      this.language = language;
      this.matches = new Map(matches.map((match) => [placeOf(fileOf(match.row), match.row.number), match]));
      this.found = new Map([...this.matches].map(([place, match]) => [place, [...match.problems]]));
      this.records = new Map();
      for (const name of new Set(matches.map((match) => match.row.table))) {
        const { table, problems } = this.typed(name);
        this.records.set(name, new Map(table.records.map((record) => [placeOf(record.file, record.line), record])));
        this.keep(problems);
      }
    }

    typed(name) {
      const resource = desk.rules.byName[name];
      const rows = [];
      for (const match of this.matches.values()) {
        if (match.row.table === name) {
          const cells = { ...match.cells, [resource.primaryKey]: match.id || `${NO_ID}${rows.length}` };
          const texts = resource.fieldNames.map((field) => cells[field]);
          rows.push({ cells: texts, file: fileOf(match.row), line: match.row.number });
        }
      }
      return desk.judgeRows(resource, rows);
    }

    // Whether the problem is in one of the rows.
    isOurs(problem) {
      return this.matches.has(placeOf(problem.file, problem.line));
    }

    // Whether no error was found in the row so far.
    isGood(place) {
      return !this.found.get(place).some(isError);
    }

    good(name) {
      const records = this.records.get(name) ?? new Map();
      return [...records].filter(([place]) => this.isGood(place));
    }

    // The tables with the good rows in them. They come last, so that of two records that collide theirs is told.
    tables() {
      const tables = {};
      for (const [name, { resource, records, isLeftOut }] of Object.entries(desk.rules.records)) {
        const good = this.good(name);
        const meant = new Set(good.map(([place]) => this.matches.get(place).id));
        const kept = meant.size ? records.filter((record) => !meant.has(record.values[resource.primaryKey])) : records;
        tables[name] = { resource, records: [...kept, ...good.map(([, record]) => record)], isLeftOut };
      }
      return tables;
    }

    // References of the good rows to what would not exist.
    dangling(tables) {
      return [...this.records.keys()].flatMap((name) => {
        const records = this.good(name).map(([, record]) => record);
        return desk.danglingKeys({ resource: desk.rules.byName[name], records }, tables);
      });
    }

    // Keeps the errors in the rows; returns whether there were any.
    leaveOut(problems) {
      const errors = problems.filter((problem) => isError(problem) && this.isOurs(problem));
      this.keep(errors);
      return errors.length > 0;
    }

    // Keeps what was found in the rows, where the sheet shows it. Of a cell in error nothing more is said.
    keep(problems) {
      const lost = this.lost();
      for (const problem of problems) {
        const place = placeOf(problem.file, problem.line);
        const match = this.matches.get(place);
        if (!match) {
          continue;
        }
        const found = this.found.get(place);
        const told = this.told(problem, match, lost);
        const isWrong = found.some((one) => isError(one) && one.field === told.field);
        if (!isWrong && !found.some((one) => JSON.stringify(one) === JSON.stringify(told))) {
          found.push(told);
        }
      }
    }

    // Table and identifier -> the row that would have made the record and is not taken.
    lost() {
      const lost = new Map();
      for (const [place, match] of this.matches) {
        if (match.id && !match.record && !this.isGood(place)) {
          lost.set(`${match.row.table}\n${match.id}`, match);
        }
      }
      return lost;
    }

    told(problem, match, lost) {
      const { row } = match;
      const name = problem.column;
      const field = desk.rules.byName[row.table].byName[name ?? ""];
      let { what, fix } = problem;
      if (field?.constraints.required && !(name in row.columns) && !match.cells[name]) {
        what = say("The sheet has no column “{column}”, and the table needs a value there.", { column: name });
        fix = say("Add the column, and fill it in for every row.");
      } else if (field?.refersTo && isError(problem)) {
        const items = field.delimiter ? match.cells[name].split(field.delimiter) : [match.cells[name]];
        const missing = items.find((item) => lost.has(`${field.refersTo}\n${item}`));
        if (missing !== undefined) {
          const other = lost.get(`${field.refersTo}\n${missing}`).row;
          what = say("“{value}” stands in sheet “{sheet}”, row {row}, which cannot be taken.", {
            value: missing,
            sheet: other.sheet,
            row: other.number,
          });
          fix = say("Mend that row first.");
        }
      }
      const column = row.columns[name ?? ""] ?? null;
      const { sheet, number } = row;
      [what, fix] = [this.plain(what, row.table), this.plain(fix, row.table)];
      return { sheet, row: number, column, field: name, what, fix, level: problem.level };
    }

    // The sentence with titles in place of names of fields, and sheets in place of files.
    plain(message, table) {
      const fields = desk.rules.byName[table].byName;
      const values = Object.entries(message.values).map(([name, value]) => {
        if (value?.template !== undefined) {
          return [name, this.plain(value, table)];
        }
        if (name === "column" && Object.hasOwn(fields, value)) {
          return [name, desk.words(fields[value].title, this.language)];
        }
        return [name, name === "file" ? value.split(MARK)[0] : value];
      });
      return say(message.template, Object.fromEntries(values));
    }

    // The rows with everything that was found.
    judged() {
      const byColumn = (one, other) => (one.column ?? 1_000_000) - (other.column ?? 1_000_000);
      return [...this.matches].map(([place, match]) => {
        const fate = match.record ? (match.changes.length ? "changed" : "unchanged") : match.isUnsure ? "unsure" : "new";
        const { table } = match.row;
        const problems = this.found
          .get(place)
          .map((one) => ({ ...one, what: this.plain(one.what, table), fix: this.plain(one.fix, table) }));
        return { match, fate: this.isGood(place) ? fate : "rejected", problems: problems.sort(byColumn) };
      });
    }
  }
}
