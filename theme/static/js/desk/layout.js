// Where the table stands in a sheet: its row of titles, its columns, its rows of records. Reads no value.
// See plugins/portal/desk/layout.py and titles.py.
{
  const { say } = desk;
  const constants = () => desk.constants("layout");

  // The tables of a file, what is wrong with them, and the sheets without one and why. Throws InputError without any.
  desk.findLayouts = (workbook, table) => {
    const [layouts, problems, others] = [[], [], []];
    for (const sheet of workbook.sheets) {
      const [layout, faults] = findLayout(sheet, table);
      problems.push(...faults);
      if (layout) {
        layouts.push(layout);
      } else if (!sheet.rows.length) {
        others.push({ sheet: sheet.name, reason: say("The sheet is empty.") });
      } else if (!faults.length) {
        others.push({ sheet: sheet.name, reason: say("No row of the sheet names the columns of a table.") });
      }
    }
    if (!layouts.length && !problems.length) {
      throw new desk.InputError(noTable(workbook, table));
    }
    return { layouts, problems, others };
  };

  // Tables that a clerk may fill; code lists are none.
  const tablesOf = (table) =>
    desk.rules.resources.filter((one) => !one.isCodelist && (!table || table === one.name));

  const findLayout = (sheet, table) => {
    if (!sheet.rows.length) {
      return [null, []];
    }
    const rows = sheet.rows.slice(0, constants().SEARCHED).map((_, place) => candidates(sheet, place));
    const found = tablesOf(table)
      .map((resource) => bestHeader(sheet, rows, resource))
      .filter(Boolean);
    const best = Math.max(0, ...found.map(score));
    const likely = found.filter((header) => score(header) === best);
    const named = likely.filter((header) => isCalled(sheet.name, header.resource));
    const chosen = named.length ? named : likely;
    if (chosen.length > 1) {
      return [null, [several(sheet, chosen)]];
    }
    return chosen.length ? layoutOf(sheet, chosen[0]) : [null, []];
  };

  // How many fields a row of titles names.
  const score = (header) => new Set([...header.titles.values()].map(({ field }) => field.name)).size;

  // The row that names most fields of a table; of equal ones the first, unless the next completes it.
  const bestHeader = (sheet, rows, resource) => {
    const widest = Math.max(...sheet.rows.slice(0, constants().SEARCHED).map((row) => row.cells.length));
    const least = widest > 1 ? constants().LEAST : 1;
    let best = null;
    rows.forEach((row, place) => {
      const header = headerOf(place, row, resource);
      const count = score(header);
      if (count < least) {
        return;
      }
      const completes = best && count === score(best) && header.usesAbove && place === best.place + 1;
      if (!best || count > score(best) || completes) {
        best = header;
      }
    });
    return best;
  };

  // What a row says of the columns of a table; of several candidates for a column the first that it knows.
  const headerOf = (place, row, resource) => {
    const titles = new Map(); // column -> field, unit, and the words
    let usesAbove = false;
    for (const candidate of row) {
      const title = titles.has(candidate.column) ? null : fieldOf(candidate.title, resource);
      if (title) {
        titles.set(candidate.column, { ...title, text: candidate.text });
        usesAbove = usesAbove || candidate.usesAbove;
      }
    }
    return { resource, place, titles, usesAbove };
  };

  // The texts of a row that may be titles: with that of the group above before it, then alone.
  const candidates = (sheet, place) => {
    const row = sheet.rows[place];
    const groups = textsAbove(sheet, place);
    const found = [];
    for (let column = 0; column < Math.max(row.cells.length, groups.length); column += 1) {
      const own = desk.titleText(row.cells[column] ?? null);
      const group = groups[column] ?? "";
      const merged = covering(sheet, row.number, column);
      if (own && group) {
        const joined = `${group} ${own}`;
        found.push({ column, text: joined, title: parseTitle(joined), usesAbove: true });
      }
      if (own) {
        found.push({ column, text: own, title: parseTitle(own), usesAbove: false });
      } else if (merged && merged.firstRow < row.number) {
        const above = textAt(sheet, merged.firstRow, merged.firstColumn);
        found.push({ column, text: above, title: parseTitle(above), usesAbove: true });
      }
    }
    return found;
  };

  // Titles of groups of columns in the row above, each over all of its columns.
  // A CSV file has lost how wide a group is: there it reaches as far as the cells right of it are empty.
  const textsAbove = (sheet, place) => {
    const [above, row] = [sheet.rows[place - 1], sheet.rows[place]];
    if (!above || above.number !== row.number - 1) {
      return [];
    }
    const width = Math.max(above.cells.length, row.cells.length);
    const texts = Array.from({ length: width }, (_, column) => desk.titleText(above.cells[column] ?? null));
    for (let column = 1; column < width; column += 1) {
      const merged = covering(sheet, above.number, column);
      if (merged) {
        texts[column] = merged.lastRow === above.number ? texts[merged.firstColumn] : texts[column];
      } else if (!texts[column] && !sheet.merged.length) {
        texts[column] = texts[column - 1];
      }
    }
    return texts;
  };

  const covering = (sheet, row, column) =>
    sheet.merged.find(
      (one) => one.firstRow <= row && row <= one.lastRow && one.firstColumn <= column && column <= one.lastColumn,
    );

  const textAt = (sheet, number, column) => {
    const row = sheet.rows.slice(0, constants().SEARCHED).find((one) => one.number === number);
    return desk.titleText(row?.cells[column] ?? null);
  };

  const layoutOf = (sheet, { resource, place, titles }) => {
    const row = sheet.rows[place];
    const [columns, problems] = [[], []];
    for (const [index, { field, scale, currency, text }] of [...titles].sort((one, other) => one[0] - other[0])) {
      const first = columns.find((column) => column.field === field.name);
      if (!first) {
        columns.push({ index, field: field.name, title: text, scale, currency });
      } else if (sheet.rows.slice(place + 1).some((one) => !desk.isEmpty(one.cells[index]))) {
        const what = say("The columns {first} and {second} both hold “{field}”.", {
          first: desk.columnLetter(first.index),
          second: desk.columnLetter(index),
          field: first.title,
        });
        const fix = say("Give one of the two another title, or delete it.");
        problems.push({ sheet: sheet.name, row: row.number, column: index, field: field.name, what, fix, level: "error" });
      }
    }
    return [desk.completeLayout(sheet, resource.name, place, columns), problems];
  };

  // Whether the sheet, or the file without its ending, has the name or a title of the table.
  const isCalled = (name, resource) => {
    const names = new Set([resource.name, ...Object.values(resource.title ?? {})].map(desk.fold));
    const stem = name.slice(0, Math.max(0, name.lastIndexOf(".")));
    return names.has(desk.fold(name)) || names.has(desk.fold(stem));
  };

  const several = (sheet, headers) => {
    const tables = headers.map((header) => header.resource.name).join(", ");
    const what = say("The titles of the columns fit several tables: {tables}.", { tables });
    const fix = say("Give the sheet the name of its table.");
    return { sheet: sheet.name, row: null, column: null, field: null, what, fix, level: "error" };
  };

  const noTable = ({ name: file }, table) =>
    table
      ? say("No sheet of {file} has a row with the titles of the table “{table}”. Take them from its template.", {
          file,
          table,
        })
      : say(
          "No sheet of {file} has a row with titles of columns that the portal knows. Take them from a template.",
          { file },
        );

  // A title in one line, without the star of columns that must be filled.
  desk.titleText = (cell) =>
    typeof cell === "string" ? desk.split(desk.shownText(cell)).join(" ").replace(/[* ]+$/, "") : "";

  // A title taken apart, whatever the table: folded whole, without a pattern of days, and without a unit.
  const parseTitle = (text) => {
    if (desk.length(text) > desk.constants("titles").MOST_TITLE) {
      return { whole: "", withoutPattern: "", withoutUnit: "", unit: null };
    }
    const [withoutUnit, unit] = partUnit(text);
    return { whole: desk.fold(text), withoutPattern: partPattern(text), withoutUnit, unit };
  };

  const ONE = desk.decimal("1");

  // The field of the table that the title names, with its unit; null when it names none.
  const fieldOf = (title, resource) => {
    if (resource.titles.has(title.whole)) {
      return { field: resource.titles.get(title.whole), scale: ONE, currency: "" };
    }
    let field = resource.titles.get(title.withoutPattern);
    if (field?.type === "date" || field?.partialDate) {
      return { field, scale: ONE, currency: "" };
    }
    field = resource.titles.get(title.withoutUnit);
    if (title.unit && ["number", "integer"].includes(field?.type)) {
      return { field, scale: desk.decimal(String(title.unit.scale)), currency: title.unit.currency };
    }
    return null;
  };

  // The folded title without a pattern such as (dd.mm.yyyy) at its end; empty when it has none.
  const partPattern = (text) => {
    const tokens = desk.split(desk.fold(text));
    const isPart = (token) => /^(\p{L})\1{1,3}$/u.test(token);
    let end = tokens.length;
    while (end > 1 && isPart(tokens[end - 1])) {
      end -= 1;
    }
    return end + 2 <= tokens.length ? tokens.slice(0, end).join(" ") : "";
  };

  // The folded title without the unit at its end, and that unit; null when it has none.
  const partUnit = (text) => {
    const tokens = desk.unitTokens(text);
    const isLetter = (token) => /^\p{L}$/u.test(token);
    for (let start = 1; start < tokens.length; start += 1) {
      const unit = desk.readUnit(tokens.slice(start).join(" "));
      if (unit && !(start === tokens.length - 1 && isLetter(tokens[start]))) {
        let end = start;
        while (end > 1 && isShort(tokens[end - 1])) {
          end -= 1;
        }
        return [tokens.slice(0, end).join(" "), unit];
      }
    }
    return ["", null];
  };

  const isShort = (token) => [...token].length <= desk.constants("titles").SHORT && /^\p{L}+$/u.test(token);
}
