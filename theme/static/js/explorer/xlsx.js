// explorer.xlsx(parts, columns, rows, day): a workbook of one sheet, as octets. parts: {path: XML}, with {places} to be filled;
// columns: [{title, type}]; rows: lists of texts. As plugins/portal/exports/filled_sheet.py, numbers and days are such.
{
  const [WIDEST, LONGEST] = [48, 32767]; // characters of a column, and of a cell
  const EXACT = 15; // Excel rounds what has more digits
  const FIRST_DAY = "1900-03-01"; // Excel believes in 29 February 1900, so that earlier days come out wrong
  const EPOCH = 25569; // 1970-01-01 as Excel counts the days
  const [HEADING, WHOLE, FRACTION, DAY] = [1, 2, 3, 4]; // places in the styles

  // The digits that matter: 1950.50 has 19505.
  explorer.digits = (text) => text.replace(/e.*|[-.]/g, "").replace(/^0+|0+$/g, "");

  const code = (sign) => sign.charCodeAt();
  const escaped = (text) =>
    text
      .replace(/_x[\da-f]{4}_/gi, "_x005F$&") // Excel would read one sign
      .replace(/[\0-\x08\x0b-\x1f\ufffe\uffff]/g, (sign) => `_x${code(sign).toString(16).toUpperCase().padStart(4, "0")}_`)
      .replace(/[&<>]/g, (sign) => `&#${code(sign)};`);

  const letters = (at) => (at < 0 ? "" : letters(Math.floor(at / 26) - 1) + String.fromCharCode(65 + (at % 26)));

  explorer.xlsx = (parts, columns, rows, day) => {
    const places = columns.map((_, at) => letters(at));
    const strings = new Map(); // text -> its place; most come again
    const string = (text, style = 0) => {
      strings.has(text) || strings.set(text, strings.size);
      return ` s="${style}" t="s"><v>${strings.get(text)}</v>`;
    };
    const cell = (type, text) => {
      const value = (number, style = 0) => ` s="${style}"><v>${number}</v>`;
      if (type === "boolean") {
        return ` t="b"><v>${Number(text === "true")}</v>`;
      }
      if (type === "integer" && Math.abs(text) < 10 ** EXACT) {
        return value(text);
      }
      if (type === "number" && explorer.digits(text).length <= EXACT) {
        return value(text, text.includes(".") ? FRACTION : WHOLE);
      }
      if (type === "date" && text >= FIRST_DAY) {
        return value(Date.parse(text) / 86400000 + EPOCH, DAY);
      }
      const lines = text.replace(/\r\n?/g, "\n"); // Excel shows any other line end as a sign
      return string(lines.length > LONGEST ? `${lines.slice(0, LONGEST - 1)}…` : lines);
    };
    const line = (cells, at) => `<row r="${at + 1}">${cells.map((inner, place) => inner && `<c r="${places[place]}${at + 1}"${inner}</c>`).join("")}</row>`;
    const cells = rows.map((row) => row.map((text, at) => text && cell(columns[at].type, text)));
    // The button of the filter covers three characters, and marks stand between thousands.
    const width = ({ title }, at) => Math.min(WIDEST, rows.reduce((longest, row) => Math.max(longest, row[at].length + 3), title.length + 4));
    const filter = `A1:${places.at(-1)}${rows.length + 1}`;
    const values = {
      filter,
      filtered: filter.replace(/[A-Z]+|\d+/g, "$$$&"), // $A$1
      rows: [columns.map(({ title }) => string(title, HEADING)), ...cells].map(line).join(""),
      widths: columns.map((column, at) => `<col min="${at + 1}" max="${at + 1}" width="${width(column, at)}" customWidth="1"/>`).join(""),
      strings: [...strings.keys()].map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join(""),
    };
    const encoder = new TextEncoder();
    return explorer.zip(Object.entries(parts).map(([name, xml]) => [name, encoder.encode(explorer.say(xml, values))]), day);
  };
}
