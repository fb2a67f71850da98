// The octets of a CSV file -> workbook, whatever letters, separator and line ends it was saved with.
// See plugins/portal/desk/read_csv.py, which says how quotation marks are read.
{
  const { say } = desk;

  // A workbook of one sheet, named like the file. Cells are texts. Throws InputError.
  desk.readCsv = (file, bytes) => {
    const { MOST_TEXT, FIRST_LINE } = desk.constants("read_csv");
    if (bytes.length > MOST_TEXT) {
      const most = Math.floor(MOST_TEXT / 1_000_000);
      throw new desk.InputError(say("{file} is larger than {most} MB. Divide it into several files.", { file, most }));
    }
    const text = desk.decode(file, bytes);
    const first = desk.atStart(FIRST_LINE).exec(text);
    const gatherer = new desk.Gatherer(file);
    gatherer.beginSheet(file);
    for (const row of splitRows(text, first ? first[1] : findSeparator(text), first?.[0].length ?? 0)) {
      if (row.lost !== null) {
        throw new desk.InputError(
          say(
            "In line {line} of {file} a quotation mark is opened and not closed where the cell ends. Close it, and double the quotation marks inside the cell.",
            { line: desk.lineOf(text, row.lost), file },
          ),
        );
      }
      const cells = [];
      row.cells.forEach((cell, column) => gatherer.place(cells, column, cell));
      gatherer.addRow(row.line, cells);
    }
    return gatherer.workbook("csv");
  };

  // What divides the cells: the sign that makes most cells in rows of one length, the more rows are so long.
  const findSeparator = (text) => {
    const { SEPARATORS, NO_SEPARATOR, JUDGED, DECIMAL } = desk.constants("read_csv");
    let [best, most] = [NO_SEPARATOR, 0];
    for (const separator of SEPARATORS) {
      const rows = [];
      for (const row of splitRows(text, separator)) {
        if (rows.push(row.lost === null ? row.cells : []) === JUDGED) {
          break;
        }
      }
      if (!rows.length) {
        return separator; // nothing but this sign: an empty table
      }
      const wide = new Map();
      for (const { length } of rows.filter((cells) => cells.length > 1)) {
        wide.set(length, (wide.get(length) ?? 0) + 1);
      }
      if (!wide.size) {
        continue;
      }
      const better = ([one, many], [other, few]) => many * (one - 1) - few * (other - 1) || one - other;
      const [width] = [...wide].reduce((one, other) => (better(other, one) > 0 ? other : one));
      const alike = rows.filter((cells) => cells.length === width);
      const since = rows.length - rows.indexOf(alike[0]);
      const doubtful = separator === "," ? alike.reduce((sum, cells) => sum + decimals(cells), 0) : 0;
      const sure = alike.length * (width - 1) - doubtful;
      const weight = ((sure + DECIMAL * doubtful) * alike.length) / rows.length;
      if (2 * alike.length >= since && sure > 0 && weight > most) {
        [best, most] = [separator, weight];
      }
    }
    return best;
  };

  const decimals = (cells) =>
    cells.slice(1).filter((after, at) => /\d$/.test(cells[at]) && /^\d/.test(after)).length;

  const escaped = (sign) => sign.replace(/[\\^$.*+?()[\]{}|/-]/, "\\$&");

  // The rows from a sign on that hold more than blanks and separators.
  function* splitRows(text, separator, start = 0) {
    const ends = desk.lineEnds(text);
    const end = ends.source;
    const sign = escaped(separator);
    let bare = `[^${sign}\\r\\n]*`;
    if (!end.includes("\\r|")) {
      bare = `${bare}(?:\\r(?!\\n)${bare})*`; // a lone carriage return is part of the cell
    }
    const blank = new RegExp(`[ ${sign}]*(?:${end})`, "y");
    const last = "(?![^])";
    const cell = new RegExp(` *"([^"]*(?:""[^"]*)*)" *(${sign}|${end}|${last})|(${bare})(${sign}|${end}|${last})`, "y");
    let [line, place] = [(text.slice(0, start).match(ends) ?? []).length + 1, start];
    while (place < text.length) {
      blank.lastIndex = place;
      if (blank.test(text)) {
        [line, place] = [line + 1, blank.lastIndex];
        continue;
      }
      const cells = [];
      let [lines, lost, after] = [1, null, separator];
      while (after === separator) {
        cell.lastIndex = place;
        const [, quoted, afterQuoted, words, afterWords] = cell.exec(text);
        after = quoted === undefined ? afterWords : afterQuoted;
        if (quoted === undefined) {
          if (lost === null && words.split('"').length % 2 === 0 && desk.strip(words).startsWith('"')) {
            lost = place;
          }
          cells.push(words);
        } else {
          if (/[\r\n]/.test(quoted)) {
            lines += (quoted.match(ends) ?? []).length;
          }
          cells.push(quoted.replaceAll('""', '"'));
        }
        place = cell.lastIndex;
      }
      yield { line, cells, lost };
      line += lines;
    }
  }
}
