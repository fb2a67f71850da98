// The whole way of a spreadsheet: read, lay out, convert, match, judge. Read this first. Nothing leaves the browser.
// See plugins/portal/desk/intake.py.
{
  // Checks a file. `given`: {rules, tables, sentences, language, today, table}, the first two as data/desk/ has them,
  // `sentences` of the language, `today` as 2019-11-05, `table` when the reader named one. Resolves to
  //   summary    counts: rows, fine (without error), new, changed, unchanged, rejected, and unsure: new or known, as the
  //              records of a table are left out
  //   sheets     {name, table, header: number of its row, columns: [{index, field, title}], rows: [{number, cells}]}
  //   problems   {sheet, row, column: 0 is A, field, level, what, fix, sentence}; null where it is about more
  //   blocking   the same for records that are published already and would break: {file, line, field, …}
  //   understood, assumed, kept, advice, good   sentences: by what amounts are multiplied, what is taken for granted,
  //              what recorded values stay as their cells are empty, what would help readers, what is good already
  //   corrected  table -> CSV with what could be read as the portal writes it
  //   unused     {sheet, column, title}: what no field takes;  skipped: {sheet, row, sentence}: rows that are no records
  //   others     {sheet, sentence}: sheets without a table
  // or is rejected with an InputError whose `sentence` says what to do.
  desk.check = async (bytes, name, given) => {
    desk.prepare(given.rules, given.tables);
    try {
      const workbook = await desk.readBytes(name, bytes);
      desk.prepare(given.rules, given.tables); // another check may have run meanwhile
      return told(takeIn(workbook, given), given);
    } catch (fault) {
      if (fault instanceof desk.InputError) {
        fault.sentence = desk.told(fault.said, given.sentences);
      }
      throw fault;
    }
  };

  const takeIn = (workbook, { language, today, table }) => {
    const { layouts, problems, others } = desk.findLayouts(withOwnNames(workbook), table);
    const ordered = inOrder(layouts);
    const faulty = new Map(problems.map((problem) => [problem.sheet, problem]));
    const matches = Object.entries(converted(ordered, language, today))
      .flatMap(([name, rows]) => desk.matchRows(rows, desk.rules.records[name], today))
      .map((match) => {
        const fault = faulty.get(match.row.sheet);
        return fault ? { ...match, problems: [fault, ...match.problems] } : match;
      });
    return { layouts: ordered, problems, others, judgement: desk.judge(matches, language, today) };
  };

  // The rows of every table; names of records that come with the file count as known.
  const converted = (layouts, language, today) => {
    const [rows, arriving] = [{}, {}];
    layouts.forEach((layout, place) => {
      const { table } = layout;
      rows[table] = [...(rows[table] ?? []), ...desk.convert(layout, language, arriving)];
      if (layouts.slice(place + 1).some((later) => targetsOf(later).has(table))) {
        const records = desk.rules.records[table];
        const found = desk.matchRows(rows[table], records, today).filter((match) => match.id);
        arriving[table] = found.filter((match) => !records.isLeftOut || !isGuessed(match)).map((match) => match.cells);
      }
    });
    return rows;
  };

  // Whether the identifier was made although the record may be there under another one.
  const isGuessed = ({ row, isUnsure }) => isUnsure && !(desk.rules.byName[row.table].primaryKey in row.cells);

  // Tables that others point at first; where two point at each other, in the order of the package.
  const inOrder = (layouts) => {
    const names = desk.rules.resources.map((resource) => resource.name);
    const left = [...layouts].sort((one, other) => names.indexOf(one.table) - names.indexOf(other.table));
    const order = [];
    while (left.length) {
      const waiting = new Set(left.map((layout) => layout.table));
      const isFree = (layout) => ![...targetsOf(layout)].some((name) => name !== layout.table && waiting.has(name));
      const next = left.find(isFree) ?? left[0];
      order.push(next);
      left.splice(left.indexOf(next), 1);
    }
    return order;
  };

  // The tables that columns of the sheet point at.
  const targetsOf = ({ table, columns }) => {
    const fields = desk.rules.byName[table].byName;
    return new Set(columns.map((column) => fields[column.field].refersTo).filter(Boolean));
  };

  // The workbook with sheets that can be told apart by their names.
  const withOwnNames = (workbook) => {
    const taken = new Set();
    const sheets = workbook.sheets.map((sheet) => {
      let name = sheet.name;
      for (let number = 2; taken.has(name); number += 1) {
        name = `${sheet.name} (${number})`;
      }
      taken.add(name);
      return { ...sheet, name };
    });
    return { ...workbook, sheets };
  };

  // The verdict in the words of the reader.
  const told = ({ layouts, problems, others, judgement }, { sentences, language }) => {
    const words = (message) => desk.told(message, sentences);
    const { rows, blocking } = judgement;
    const fates = (fate) => rows.filter((row) => row.fate === fate).length;
    const sentence = (problem) => {
      const [what, fix] = [words(problem.what), words(problem.fix)];
      return { ...problem, what, fix, sentence: `${what} ${fix}` };
    };
    const found = unique([...problems, ...rows.flatMap((row) => row.problems)]);
    const names = new Set(layouts.map((layout) => layout.table));
    const tables = desk.rules.resources.map((resource) => resource.name).filter((name) => names.has(name));
    const remarks = (remark) =>
      tables.flatMap((table) => {
        const taken = rows.filter((row) => row.match.row.table === table && row.fate !== "rejected");
        return remark(taken.map((row) => row.match), desk.rules.byName[table], language).map(words);
      });
    const cellsOf = (remark) => (matches, ...others) => remark(matches.map((match) => match.cells), ...others);
    return {
      summary: {
        rows: rows.length,
        fine: rows.length - fates("rejected"),
        new: fates("new"),
        changed: fates("changed"),
        unchanged: fates("unchanged"),
        unsure: fates("unsure"),
        rejected: fates("rejected"),
      },
      sheets: layouts.map(shownSheet),
      problems: found.map(sentence),
      blocking: blocking.map((problem) => sentence({ ...problem, field: problem.column })),
      understood: layouts.flatMap(desk.understood).map(words),
      assumed: tables.flatMap((table) => assumed(table, rows, language).map(words)),
      kept: remarks(desk.kept),
      advice: remarks(cellsOf(desk.advice)),
      good: remarks(cellsOf(desk.good)),
      corrected: Object.fromEntries(tables.map((table) => [table, corrected(table, rows)])),
      unused: layouts.flatMap(({ sheet, unused }) => unused.map(({ index, title }) => ({ sheet, column: index, title }))),
      skipped: layouts.flatMap(({ sheet, skipped }) => skipped.map(({ row, reason }) => ({ sheet, row, sentence: words(reason) }))),
      others: others.map(({ sheet, reason }) => ({ sheet, sentence: words(reason) })),
    };
  };

  const assumed = (table, rows, language) => {
    const names = rows.filter((row) => row.match.row.table === table).flatMap((row) => row.match.assumed);
    return desk.assumed(new Set(names), desk.rules.byName[table], language);
  };

  const unique = (problems) => [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];

  const shownCell = (cell) => (typeof cell === "string" ? cell : desk.shownText(cell));

  const shownSheet = ({ sheet, table, header, columns, rows }) => ({
    name: sheet,
    table,
    header,
    columns: columns.map(({ index, field, title }) => ({ index, field, title })),
    rows: rows.map(({ number, cells }) => ({ number, cells: cells.map(shownCell) })),
  });

  // The rows of a table as CSV: every field that the sheets have or the desk fills in. A cell that cannot be read stays
  // as it was written, so that nothing is lost. What was made for a record that may be there already, with other values,
  // is left to the import.
  const corrected = (table, rows) => {
    const resource = desk.rules.byName[table];
    const own = rows.filter((row) => row.match.row.table === table).map((row) => row.match);
    const { isLeftOut } = desk.rules.records[table];
    const isMade = (match, name) =>
      name === resource.primaryKey ? isGuessed(match) : isLeftOut && match.assumed.includes(name);
    const isFilled = (match, name) => name in match.row.columns || (match.cells[name] && !isMade(match, name));
    const isKept = (name) => name === resource.primaryKey || own.some((match) => isFilled(match, name));
    const fields = resource.fieldNames.filter(isKept);
    const cellOf = (match, name) => {
      const { row, cells } = match;
      if (isMade(match, name)) {
        return "";
      }
      const isUnread = row.problems.some((problem) => problem.field === name) && !(name in row.cells);
      return isUnread ? desk.shownText(row.original.cells[row.columns[name]]) : cells[name];
    };
    const lines = [fields, ...own.map((match) => fields.map((name) => cellOf(match, name)))];
    return lines.map((cells) => `${cells.map(csvCell).join(",")}\r\n`).join("");
  };

  const csvCell = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
}
