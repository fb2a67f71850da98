// Rows of a laid out sheet -> cells of a table. What cannot be read without doubt is a problem, never a guess.
// See plugins/portal/desk/convert.py and columns.py. There are no mapping files in the browser.
{
  const { say } = desk;
  const constants = () => desk.constants("columns");

  // The rows of a sheet. `arriving` are records of other sheets of the same file, with their identifiers, by table.
  desk.convert = (layout, language, arriving) => {
    const resource = desk.rules.byName[layout.table];
    const known = { lookups: lookupsOf(layout, resource, language, arriving), budget: new desk.Budget() };
    const readers = layout.columns.map((column) => new ColumnReader(column, resource, layout, known));
    return layout.rows.map((row) => convertRow(row, layout, resource, readers));
  };

  const lookupsOf = (layout, resource, language, arriving) => {
    const found = new Map();
    for (const { field } of layout.columns) {
      const target = resource.byName[field].refersTo;
      if (target && !found.has(target)) {
        const lookup = new desk.Lookup(desk.rules.byName[target], language, arriving[target] ?? []);
        found.set(target, lookup);
        if (target === layout.table) {
          ownRecords(layout, resource, language).forEach((cells) => lookup.add(cells));
        }
      }
    }
    return found;
  };

  // Identifiers and names of the sheet itself, for a table whose records refer to one another.
  const ownRecords = (layout, resource, language) => {
    const wanted = new Set([resource.primaryKey, ...desk.nameColumns(resource, language)]);
    const columns = layout.columns.filter((column) => wanted.has(column.field));
    const cellsOf = (row) => columns.map(({ field, index }) => [field, desk.shownText(row.cells[index])]);
    return layout.rows.map((row) => Object.fromEntries(cellsOf(row)));
  };

  const convertRow = (row, layout, resource, readers) => {
    const { table, sheet } = layout;
    const { CURRENCY } = constants();
    const [cells, problems, currencies] = [{}, [], new Map()];
    const problem = ({ column }, what, fix) =>
      problems.push({ sheet, row: row.number, column: column.index, field: column.field, what, fix, level: "error" });
    for (const reader of readers) {
      const { column } = reader;
      const cell = row.cells[column.index] ?? null;
      if (cell === null) {
        continue;
      }
      const reading = reader.read(cell);
      if (reading.what) {
        problem(reader, reading.what, reading.fix);
      } else if (reading.text) {
        cells[column.field] = reading.text;
        const currency = reading.currency || (reader.field.type === "number" ? column.currency : "");
        if (currency && !currencies.has(currency)) {
          currencies.set(currency, reader);
        }
      }
    }
    if (currencies.size && resource.byName[CURRENCY] && !problems.some((one) => one.field === CURRENCY)) {
      cells[CURRENCY] ??= [...currencies.keys()][0];
      for (const [currency, reader] of currencies) {
        if (currency !== cells[CURRENCY]) {
          const values = { currency, other: cells[CURRENCY] };
          const what = say("The amount is in {currency}, but the row is in {other}.", values);
          problem(reader, what, say("Correct one of the two."));
        }
      }
    }
    const columns = Object.fromEntries(readers.map(({ column }) => [column.field, column.index]));
    return { table, sheet, number: row.number, cells, columns, problems, original: row };
  };

  // Reads the cells of a column, by the type of its field and by what the other cells of the column show.
  class ColumnReader {
    constructor(column, resource, layout, known) {
      this.column = column;
      this.field = resource.byName[column.field];
      this.budget = known.budget;
      this.lookup = known.lookups.get(this.field.refersTo);
      this.isNumber = this.field.type === "number" || this.field.type === "integer";
      this.isDay = this.field.type === "date" || Boolean(this.field.partialDate);
      const cells = layout.rows.map((row) => row.cells[column.index] ?? null);
      this.order = this.isDay ? desk.orderOf(cells) : null;
      this.signs = this.isNumber ? desk.decimalSigns(cells) : new Set();
      this.found = new Map(); // texts that were read before
    }

    // The text of the cell as our CSV has it, or what is wrong.
    read(cell) {
      if (typeof cell !== "string") {
        return this.readNew(cell);
      }
      let reading = this.found.get(cell);
      if (reading === undefined) {
        reading = this.readNew(cell);
        this.found.set(cell, reading);
      }
      return reading;
    }

    readNew(cell) {
      if (cell instanceof desk.Formula) {
        const what = say("The cell holds a formula, {formula}.", { formula: desk.shown(cell.text) });
        return { what, fix: say("Copy it and paste it as a value.") };
      }
      if (desk.isEmpty(cell)) {
        return desk.EMPTY;
      }
      const text = desk.shownText(cell);
      const most = desk.rules.longestCell;
      if (text.length > most && [...text].length > most) {
        const what = say("The cell holds {length} characters; {most} are allowed.", { length: [...text].length, most });
        return { what, fix: say("Shorten the text, or publish it as a document and give its address.") };
      }
      if (typeof cell === "string" && desk.showsFault(text)) {
        const what = say("The spreadsheet shows “{value}” in place of a value.", { value: desk.shown(text) });
        return { what, fix: say("Correct the formula or widen the column, then paste the value.") };
      }
      return this.value(cell, text);
    }

    value(cell, text) {
      const { field } = this;
      const { CURRENCY, CODE } = constants();
      if (this.isNumber) {
        return desk.readNumber(cell, field.type === "integer", this.column.scale, this.signs);
      }
      if (this.isDay) {
        return desk.readDay(cell, field.type !== "date", this.order);
      }
      if (desk.isDash(text)) {
        return desk.EMPTY;
      }
      if (field.type === "boolean") {
        return readBoolean(text);
      }
      if (field.type === "list") {
        return this.items(text);
      }
      if (this.lookup) {
        return this.lookup.read(text, this.budget);
      }
      if (field.name === CURRENCY) {
        const code = desk.fullMatch(CODE, text) ? text.toUpperCase() : text;
        return { text: desk.rules.words.currencies.get(desk.keyOf(text)) || code };
      }
      return { text };
    }

    items(text) {
      const items = [];
      for (const item of text.split(desk.pattern(constants().ITEMS)).map(desk.strip).filter(Boolean)) {
        const reading = this.lookup ? this.lookup.read(item, this.budget) : { text: item };
        if (reading.what) {
          return reading;
        }
        items.push(reading.text);
      }
      return { text: items.join(this.field.delimiter ?? ",") };
    }
  }

  // Yes or no, as true or false.
  const readBoolean = (text) => {
    const { yes, no } = desk.rules.words;
    const folded = desk.keyOf(text);
    if (yes.has(folded) || no.has(folded)) {
      return { text: String(yes.has(folded)) };
    }
    const what = say("“{value}” is neither true nor false.", { value: desk.shown(text) });
    return { what, fix: say("Write true or false, or leave the cell empty.") };
  };
}
