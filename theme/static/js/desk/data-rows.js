// The rows of a sheet that are records, with merged cells filled in; and why the others are none.
// See plugins/portal/desk/data_rows.py.
{
  const { say } = desk;
  const constants = () => desk.constants("data_rows");
  const isText = (cell) => typeof cell === "string";

  // The layout of a sheet whose titles and columns are known.
  desk.completeLayout = (sheet, table, place, columns) => {
    const row = sheet.rows[place];
    const { rows, skipped } = dataRows(sheet, place, columns, table);
    const used = new Set(columns.map((column) => column.index));
    return { sheet: sheet.name, table, header: row.number, columns, unused: unused(row, rows, used), rows, skipped };
  };

  // Columns with values that no field takes, and their titles.
  const unused = (header, rows, used) => {
    const filled = new Set();
    for (const row of rows) {
      if (filled.size + used.size < row.cells.length) {
        row.cells.forEach((cell, index) => {
          if (!filled.has(index) && !used.has(index) && !desk.isEmpty(cell)) {
            filled.add(index);
          }
        });
      }
    }
    return [...filled]
      .sort((one, other) => one - other)
      .map((index) => ({ index, title: desk.titleText(header.cells[index] ?? null) }));
  };

  // The rows of records under the titles, which stand at this place, and the other rows with the reason.
  const dataRows = (sheet, place, columns, table) => {
    const header = sheet.rows[place];
    const above = () => say("The row stands above the titles of the columns.");
    const skipped = sheet.rows.slice(0, place).map((row) => ({ row: row.number, reason: above() }));
    const judge = new RowJudge(header, columns, desk.rules.byName[table]);
    const merged = byRow(sheet.merged.filter((one) => one.firstRow > header.number));
    const firsts = new Map();
    const rows = [];
    for (const row of sheet.rows.slice(place + 1)) {
      const ranges = merged.get(row.number) ?? [];
      const reason = judge.reason(row, ranges);
      if (reason) {
        skipped.push({ row: row.number, reason });
      } else {
        rows.push(ranges.length ? filledRow(row, ranges, firsts) : row);
      }
    }
    return { rows, skipped };
  };

  const byRow = (ranges) => {
    const found = new Map();
    for (const one of ranges) {
      for (let number = one.firstRow; number <= one.lastRow; number += 1) {
        found.has(number) ? found.get(number).push(one) : found.set(number, [one]);
      }
    }
    return found;
  };

  // The row with the first cell of each range in all of its cells. `firsts` are those of the rows above.
  const filledRow = (row, ranges, firsts) => {
    const cells = [...row.cells];
    for (const one of ranges) {
      while (cells.length < one.lastColumn + 1) {
        cells.push(null);
      }
      if (row.number === one.firstRow) {
        firsts.set(one, cells[one.firstColumn]);
      }
      for (const column of columnsOf(one)) {
        cells[column] = firsts.get(one) ?? null;
      }
    }
    return { number: row.number, cells };
  };

  const columnsOf = ({ firstColumn, lastColumn }) =>
    Array.from({ length: lastColumn - firstColumn + 1 }, (_, at) => firstColumn + at);

  // Tells rows of records from totals, titles that are there again, numbers of columns and remarks.
  class RowJudge {
    constructor(header, columns, resource) {
      this.titles = header.cells.map((cell) => (isText(cell) ? desk.fold(desk.shownText(cell)) : ""));
      this.indexes = [...new Set(columns.map((column) => column.index))];
      const types = new Map(columns.map((column) => [column.index, resource.byName[column.field].type]));
      this.textColumns = this.indexes.filter((index) => !["number", "integer"].includes(types.get(index)));
      this.titlesBefore = true; // the row before was one of titles
      this.totalsBefore = false;
    }

    // Why the row is no record; null when it is one.
    reason(row, merged) {
      const filled = [...row.cells.keys()].filter((index) => !desk.isEmpty(row.cells[index]));
      const isNumbered = this.titlesBefore && this.isNumbered(row, filled);
      this.titlesBefore = false;
      if (isNumbered) {
        return say("The row counts the columns.");
      }
      const place = filled.find((index) => isText(row.cells[index])) ?? -1;
      const first = place >= 0 ? desk.fold(desk.shownText(row.cells[place])) : "";
      if (place === filled[0] && this.isTitles(row, filled, first)) {
        this.titlesBefore = true;
        return say("The row repeats the titles of the columns.");
      }
      if (first && this.isTotal(filled, place, first)) {
        this.totalsBefore = true;
        return say("The row holds totals.");
      }
      const { FEW, MANY } = constants();
      const down = new Set(merged.filter((one) => one.firstRow < row.number).flatMap(columnsOf));
      const own = this.indexes.filter((index) => down.has(index) || filled.includes(index));
      if (!own.length) {
        return say("The row fills none of the columns that are read.");
      }
      if (this.totalsBefore && own.length <= FEW && this.indexes.length >= MANY) {
        return say("The row is a remark below the totals.");
      }
      if (filled.length === 1 && place >= 0 && !down.size && this.isRemark(place, merged)) {
        return say("The row is a heading or a remark.");
      }
      return null;
    }

    isNumbered(row, filled) {
      const isNumber = (index, at) => desk.shownText(row.cells[index]) === String(at + 1);
      return filled.length >= constants().LEAST_NUMBERED && filled.every(isNumber);
    }

    isTitles(row, filled, first) {
      if (filled[0] >= this.titles.length || first !== this.titles[filled[0]]) {
        return false;
      }
      const isSame = (index) => index < this.titles.length && desk.fold(desk.shownText(row.cells[index])) === this.titles[index];
      const same = filled.filter(isSame).length;
      return same >= 2 && same * 2 >= filled.length;
    }

    isTotal(filled, place, folded) {
      if (![...desk.rules.words.totals].some((word) => folded === word || folded.startsWith(`${word} `))) {
        return false;
      }
      const others = this.textColumns.filter((index) => index !== place && filled.includes(index));
      return others.length * 2 < this.textColumns.length || !this.textColumns.length;
    }

    // One text alone: it says nothing of a record in a table of many columns, or it stands over most of them.
    isRemark(place, merged) {
      if (this.indexes.length >= constants().MANY) {
        return true;
      }
      const over = new Set(merged.filter((one) => one.firstColumn === place).flatMap(columnsOf));
      const own = this.indexes.filter((index) => over.has(index));
      return over.size >= 2 && own.length * 2 > this.indexes.length;
    }
  }
}
