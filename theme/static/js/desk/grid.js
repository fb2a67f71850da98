// A spreadsheet as it was sent: sheets, rows and cells, unjudged. See plugins/portal/desk/grid.py and gather.py.
// A cell is a text, a Decimal, a Day, true or false, a Formula, or null when it is empty.
{
  const { say } = desk;

  // The file cannot be used. `message` of Error stays empty; check() adds `sentence` in the reader's language.
  desk.InputError = class InputError extends Error {
    constructor(said) {
      super(said.template);
      this.said = said;
    }
  };

  // A file that contradicts itself: what it is told as, is decided where its kind is known.
  desk.Broken = class Broken extends Error {};

  // A day of the calendar; `text` is its ISO form.
  desk.Day = class Day {
    constructor(text) {
      this.text = text;
    }
  };

  // A cell that computes instead of saying something; `text` is as it is written, with its equals sign.
  desk.Formula = class Formula {
    constructor(text) {
      this.text = text;
    }
  };

  // Takes the sheets of one file, row by row, within bounds.
  desk.Gatherer = class Gatherer {
    constructor(file) {
      this.file = file;
      this.sheets = [];
      this.left = desk.constants("gather").MOST_CELLS;
    }

    // What is added from now on stands in this sheet.
    beginSheet(name) {
      this.sheet = { name, rows: [], merged: [] };
      this.sheets.push(this.sheet);
    }

    // Puts a value at its column (0 is A), with empty cells before it.
    place(cells, column, value) {
      if (value === null || (typeof value === "string" && !desk.strip(value))) {
        return;
      }
      const most = desk.constants("grid").MOST_COLUMNS;
      if (column >= most) {
        throw new desk.InputError(
          say(
            "The sheet “{sheet}” has a value in column {column}; {most} columns are read. Delete what stands beyond them, or divide the sheet.",
            { sheet: this.sheet.name, column: desk.columnLetter(column), most },
          ),
        );
      }
      if (column < 0) {
        throw new desk.Broken("place of a cell");
      }
      while (column > cells.length) {
        cells.push(null);
      }
      cells[column] = value;
    }

    // Adds a row, if something was placed in it.
    addRow(number, cells) {
      if (!cells.length) {
        return;
      }
      const most = desk.constants("grid").MOST_ROWS;
      if (this.sheet.rows.length + 1 > most) {
        const values = { sheet: this.sheet.name, most };
        throw new desk.InputError(
          say("The sheet “{sheet}” holds more than {most} filled rows. Divide it into several files.", values),
        );
      }
      this.count(cells.length);
      this.sheet.rows.push({ number, cells });
    }

    // Adds a rectangle of merged cells.
    addMerged(merged) {
      this.count(8);
      this.sheet.merged.push(merged);
    }

    // Takes note of cells that are kept in memory.
    count(cells) {
      this.left -= cells;
      if (this.left < 0) {
        const values = { file: this.file, most: desk.constants("gather").MOST_CELLS };
        throw new desk.InputError(say("{file} holds more than {most} cells. Divide it into several files.", values));
      }
    }

    // Everything that was added.
    workbook(form) {
      if (!this.sheets.some((sheet) => sheet.rows.length)) {
        throw new desk.InputError(say("{file} is empty. Choose the file with the table.", { file: this.file }));
      }
      for (const { merged } of this.sheets) {
        merged.sort((one, other) => one.firstRow - other.firstRow || one.firstColumn - other.firstColumn);
      }
      return { name: this.file, form, sheets: this.sheets };
    }
  };

  // A formula with its equals sign. LibreOffice makes one of a plain yes or no when it changes the form of a file.
  desk.storedFormula = (text) => {
    const { CONSTANTS } = desk.constants("gather");
    return Object.hasOwn(CONSTANTS, text.toUpperCase()) ? CONSTANTS[text.toUpperCase()] : new desk.Formula(text);
  };

  const FLOAT = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

  // A number of a workbook as a person sees it: 0.10000000000000001 -> 0.1. What is no number stays a text.
  desk.storedNumber = (text) => {
    if (/^\d+$/.test(text)) {
      return desk.decimal(text);
    }
    const number = FLOAT.test(text) ? Number(text) : NaN;
    return Number.isFinite(number) ? desk.decimal(String(number)) : text;
  };

  // 2019-11-05 or 2019-11-05T10:30:00 -> the day. What is no day stays a text.
  desk.storedDay = (text) => {
    const found = /^(\d{4})-(\d\d)-(\d\d)/.exec(text);
    const day = found && desk.isoDay(...found.slice(1).map(Number));
    return day ? new desk.Day(day) : text;
  };
}
