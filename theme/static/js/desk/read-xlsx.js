// The octets of an XLSX or XLSM file -> workbook. See plugins/portal/desk/read_xlsx.py, and packed.js for how.
{
  const BOOK = "xl/workbook.xml";
  const PLACE = /^([A-Z]{1,3})([1-9][0-9]{0,6})$/;
  const ESCAPED = /_x([0-9A-Fa-f]{4})_/g; // how signs that XML forbids are written
  const DAYS = 86_400_000; // milliseconds
  const DAY_1900 = Date.UTC(1899, 11, 30); // the day before 1 January 1900, and one more for a 29 February that never was
  const DAY_1904 = Date.UTC(1904, 0, 1);
  const LAST_DAY = Date.UTC(9999, 11, 31);

  const lost = (reason) => {
    throw new desk.Broken(reason);
  };

  const whole = (text) => (/^\s*[+-]?\d+\s*$/.test(text) ? Number(text) : lost(`number ${text}`));
  const unescaped = (text) =>
    (text.includes("_x") ? text.replace(ESCAPED, (_, code) => String.fromCharCode(parseInt(code, 16))) : text).replaceAll(
      "\r\n",
      "\n",
    );

  // The visible sheets. Throws InputError, or Broken when the file is damaged.
  desk.readXlsx = async (file, bytes) => {
    const parts = desk.openPacked(file, bytes);
    const partOf = (name) => parts.get(name.toLowerCase());
    const main = await mainPart(partOf);
    const targets = await relations(partOf, main);
    const gatherer = new desk.Gatherer(file);
    const visible = [];
    const book = { firstDay: DAY_1900, texts: [], formats: [] };
    await desk.walk(partOf(main), {
      start: (element, told) => {
        if (element === "workbookPr" && ["1", "true"].includes(told.date1904)) {
          book.firstDay = DAY_1904;
        }
        if (element === "sheet" && (told.state ?? "visible") === "visible") {
          const target = targets.get(told.id) ?? lost("relation");
          if (target.kind === "worksheet") {
            visible.push({ name: told.name ?? lost("name"), part: target.part }); // others hold a chart or a dialogue
          }
        }
      },
    });
    if (new Set(visible.map(({ part }) => part)).size < visible.length) {
      lost("a part is several sheets"); // thousands of them would take hours
    }
    const ofKind = (kind) => [...targets.values()].findLast((target) => target.kind === kind)?.part;
    await readTexts(partOf(ofKind("sharedStrings") ?? ""), book, gatherer);
    await readFormats(partOf(ofKind("styles") ?? ""), book);
    for (const { name, part } of visible) {
      gatherer.beginSheet(name);
      await readSheet(partOf(part), book, gatherer);
    }
    return gatherer.workbook("xlsx");
  };

  const mainPart = async (partOf) => {
    let main = null;
    if (partOf("_rels/.rels")) {
      await desk.walk(partOf("_rels/.rels"), {
        start: (_, told) => {
          if (main === null && told.Type?.endsWith("/officeDocument")) {
            main = desk.resolve("", told.Target ?? lost("target"));
          }
        },
      });
    }
    return main ?? BOOK;
  };

  // Identifier -> kind and name of the part that the workbook points at.
  const relations = async (partOf, main) => {
    const [folder, name] = [main.slice(0, main.lastIndexOf("/") + 1), main.slice(main.lastIndexOf("/") + 1)];
    const targets = new Map();
    await desk.walk(partOf(`${folder}_rels/${name}.rels`), {
      start: (element, told) => {
        if (element === "Relationship" && told.TargetMode !== "External") {
          const kind = (told.Type ?? lost("type")).split("/").at(-1);
          targets.set(told.Id, { kind, part: desk.resolve(main, told.Target ?? lost("target")) });
        }
      },
    });
    return targets;
  };

  // The texts that cells point at by number. Parts with a format of their own are joined, pronunciation left out.
  const readTexts = async (part, book, gatherer) => {
    let [words, isInside, isSpoken] = ["", false, false];
    const turn = (name, isStart) => {
      isInside = name === "t" ? isStart : isInside;
      isSpoken = name === "rPh" ? isStart : isSpoken;
    };
    const handler = {
      text: (text) => {
        words += isInside && !isSpoken ? text : "";
      },
      start: (name) => turn(name, true),
      end: (name) => {
        turn(name, false);
        if (name === "si") {
          gatherer.count(1);
          book.texts.push(unescaped(words));
          words = "";
        }
      },
    };
    return part && desk.walk(part, handler);
  };

  // Style of a cell -> day, time or number.
  const readFormats = async (part, book) => {
    const { KNOWN_FORMATS, NUMBER } = desk.constants("read_xlsx");
    const own = new Map();
    let isInside = false;
    const handler = {
      start: (name, told) => {
        if (name === "cellXfs") {
          isInside = true;
        } else if (name === "numFmt" && told.numFmtId !== undefined) {
          own.set(whole(told.numFmtId), shows(told.formatCode ?? ""));
        } else if (name === "xf" && isInside) {
          const number = whole(told.numFmtId ?? "0");
          book.formats.push(own.get(number) ?? KNOWN_FORMATS[number] ?? NUMBER);
        }
      },
      end: (name) => {
        isInside = isInside && name !== "cellXfs";
      },
    };
    return part && desk.walk(part, handler);
  };

  // What a number format makes of a number: dd.mm.yyyy -> day.
  const shows = (pattern) => {
    const { NO_LETTERS, ELAPSED, DAY, TIME, NUMBER } = desk.constants("read_xlsx");
    const letters = pattern.replace(desk.pattern(NO_LETTERS, "g"), "").split(";")[0].toLowerCase();
    if (desk.pattern(ELAPSED).test(pattern)) {
      return NUMBER;
    }
    if (/[dy]/.test(letters)) {
      return DAY;
    }
    return /[hs]/.test(letters) ? TIME : letters.includes("m") ? DAY : NUMBER;
  };

  const readSheet = async (part, book, gatherer) => {
    const shared = new Map(); // formulas that several cells have: the text, and the cell it is written in
    let [row, column, cells] = [0, -1, []];
    let [told, formula] = [{}, null];
    let words = { v: null, f: null, t: null };
    let [inside, isSpoken] = ["", false];
    const endCell = () => {
      if (words.v !== null || words.t !== null || formula !== null) {
        const value =
          formula === null
            ? valueOf(told, words, book)
            : formulaOf(formula, words.f ?? "", `${desk.columnLetter(column)}${row}`, shared);
        gatherer.place(cells, column, value);
        words = { v: null, f: null, t: null };
      }
    };
    await desk.walk(part, {
      text: (text) => {
        if (inside && !isSpoken) {
          words[inside] = (words[inside] ?? "") + text;
        }
      },
      start: (name, given) => {
        if (name === "c") {
          [told, formula] = [given, null];
          column = given.r === undefined ? column + 1 : columnOf(given.r);
        } else if (name === "row") {
          row = given.r === undefined ? row + 1 : whole(given.r);
          [column, cells] = [-1, []];
        } else if (name === "v" || name === "f" || name === "t") {
          inside = name;
          formula = name === "f" ? given : formula;
        } else if (name === "rPh") {
          isSpoken = true;
        } else if (name === "mergeCell") {
          gatherer.addMerged(mergedOf(given.ref ?? lost("ref")));
        }
      },
      end: (name) => {
        if (name === "c") {
          endCell();
        } else if (name === "row") {
          gatherer.addRow(row, cells);
          cells = [];
        } else if (name === "v" || name === "f" || name === "t") {
          inside = "";
        } else if (name === "rPh") {
          isSpoken = false;
        }
      },
    });
  };

  const valueOf = (told, words, book) => {
    const text = words.v ?? "";
    const kind = told.t ?? "n";
    if (kind === "s") {
      return text ? (book.texts.at(whole(text)) ?? lost("shared text")) : null;
    }
    if (kind === "inlineStr") {
      return unescaped(words.t ?? "");
    }
    if (kind === "b") {
      return ["1", "true"].includes(desk.strip(text));
    }
    if (kind === "d") {
      return desk.storedDay(text);
    }
    if (kind !== "n") {
      return unescaped(text); // what a formula made, or #N/A and its kind
    }
    const { TIME, NUMBER } = desk.constants("read_xlsx");
    const number = desk.storedNumber(desk.strip(text));
    const form = told.s === undefined ? NUMBER : (book.formats[whole(told.s)] ?? NUMBER);
    if (typeof number === "string" || form === NUMBER) {
      return number;
    }
    const part = Number(number.toString());
    return form === TIME && part >= 0 && part < 1 ? timeOf(part) : dayOf(number, part, book);
  };

  const timeOf = (part) => {
    const seconds = Math.round(part * 86_400);
    const [hour, minute, second] = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map((value) =>
      String(Math.floor(value)).padStart(2, "0"),
    );
    return `${hour}:${minute}${second === "00" ? "" : `:${second}`}`;
  };

  // The day of a serial number; the number itself outside the calendar.
  const dayOf = (serial, value, { firstDay }) => {
    let days = Math.trunc(value);
    if (firstDay === DAY_1900) {
      if (value < 1) {
        return serial;
      }
      days += Number(days < 60);
    }
    const moment = firstDay + days * DAYS;
    if (moment > LAST_DAY || days < -690_000) {
      return serial;
    }
    return new desk.Day(new Date(moment).toISOString().slice(0, 10));
  };

  const REFERENCE = /"[^"]*"|'[^']*'|\[[^\]]*\]|(?<![\w.$])(\$?)([A-Z]{1,3})(\$?)([1-9]\d{0,6})(?![\w.(])/g;

  // A formula that several cells share is written once, for the first of them.
  const formulaOf = (told, text, place, shared) => {
    if (told.t === "shared" && text) {
      shared.set(told.si ?? "", [text, place]);
    } else if (told.t === "shared" && shared.has(told.si ?? "")) {
      const [first, origin] = shared.get(told.si ?? "");
      const rowOf = (one) => Number(PLACE.exec(one)[2]);
      const [across, down] = [columnOf(place) - columnOf(origin), rowOf(place) - rowOf(origin)];
      const moved = first.replace(REFERENCE, (found, fixedColumn, column, fixedRow, row) => {
        if (column === undefined) {
          return found;
        }
        const letters = fixedColumn ? column : desk.columnLetter(columnOf(`${column}1`) + across);
        return `${fixedColumn}${letters}${fixedRow}${fixedRow ? row : Number(row) + down}`;
      });
      return new desk.Formula(`=${moved}`);
    }
    return desk.storedFormula(`=${text}`);
  };

  // AB12 -> 27.
  const columnOf = (place) => [...place.replace(/\d+$/, "")].reduce((sum, sign) => sum * 26 + sign.charCodeAt() - 64, 0) - 1;

  // A1:C3, also of a single cell.
  const mergedOf = (reference) => {
    const places = reference
      .replaceAll("$", "")
      .split(":")
      .map((place) => PLACE.exec(place) ?? lost("merged cells"));
    const [first, last] = [places[0], places.at(-1)];
    return {
      firstRow: Number(first[2]),
      lastRow: Number(last[2]),
      firstColumn: columnOf(first[0]),
      lastColumn: columnOf(last[0]),
    };
  };
}
