// Pieces of a spreadsheet around faulty rows, drawn so that a publisher knows the place again: letters above, numbers at
// the left, the row of titles, the row before and the row after. Each fault has a number, in its cell and in the list below.
globalThis.sheetExcerpts = (() => {
  const LONGEST = 8; // rows of a piece; a longer one would part the cells from their sentences
  const WHOLE = 7; // columns that are shown without leaving any out
  const NEAR = 1; // columns shown at each side of a faulty one
  const SEVERAL = 3; // rows with the same fault and no cell for it: a missing column is said once, not on every row
  const NAMED = 6; // runs of cells that a sentence names; a list of all can be taken

  const make = (name, className, ...children) => {
    const element = document.createElement(name);
    element.className = className;
    element.append(...children);
    return element;
  };

  const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  // C5; 5 for a row as a whole; empty for a sheet as a whole.
  const place = (row, column) => `${column === null || row === null ? "" : desk.columnLetter(column)}${row ?? ""}`;

  const grouped = (items, key) => {
    const groups = new Map();
    items.forEach((item) => (groups.get(key(item)) ?? groups.set(key(item), []).get(key(item))).push(item));
    return groups;
  };

  // The problems of a level, numbered from `first`, as parts: {sheet, faulty, problems, repeats, rows, titles, header}.
  // A part without rows is about the sheet, or about a row that is no record. The same fault in many cells of a column
  // is said once; `repeats` are its other cells in the rows of the part, which bear its number.
  const cut = (result, level, first) => {
    const sheets = new Map(result.sheets.map((sheet) => [sheet.name, sheet]));
    const chosen = result.problems.filter((problem) => problem.level === level);
    let number = first;
    const numbered = (problems) => problems.map((problem) => ({ ...problem, number: number++ }));
    const parts = [];
    grouped(chosen, (problem) => problem.sheet).forEach((all, name) => {
      const problems = saidOnce(all);
      const sheet = sheets.get(name);
      const at = new Map((sheet?.rows ?? []).map((row, index) => [row.number, index]));
      const outside = problems.filter((problem) => !at.has(problem.row));
      if (outside.length) {
        parts.push({ sheet: name, faulty: outside.length, problems: numbered(outside), repeats: [], rows: [] });
      }
      const inside = together(problems.filter((problem) => at.has(problem.row)));
      const byRow = grouped(inside, (problem) => at.get(problem.row));
      const faulty = [...byRow.keys()].sort((one, other) => one - other);
      const titles = sheet ? titlesOf(sheet, result.unused) : new Map();
      const before = parts.length;
      pieces(faulty).forEach((indexes) => {
        const found = numbered(indexes.flatMap((index) => byRow.get(index).sort((one, other) => (one.column ?? -1) - (other.column ?? -1))));
        const rows = sheet.rows.slice(Math.max(0, indexes[0] - 1), indexes.at(-1) + 2);
        parts.push({ sheet: name, faulty: indexes.length, problems: found, rows, titles, header: sheet.header });
      });
      const own = parts.slice(before);
      const repeats = own.flatMap((part) => part.problems.flatMap(({ also, number }) => also.map((problem) => ({ ...problem, number, isRepeat: true }))));
      const repeatsOf = grouped(repeats, (problem) => problem.row);
      own.forEach((part) => {
        part.repeats = part.rows.flatMap((row) => repeatsOf.get(row.number) ?? []);
      });
    });
    return parts;
  };

  // The problems, with one of the sheet in place of those that many rows have as a whole. `rows` says how many.
  const saidOnce = (problems) => {
    const alike = grouped(problems.filter((problem) => problem.row !== null && problem.column === null), (problem) => `${problem.what} ${problem.fix}`);
    const many = [...alike.values()].filter((group) => group.length >= SEVERAL);
    const gone = new Set(many.flat());
    const once = many.map((group) => ({ ...group[0], row: null, rows: group.length }));
    return [...once, ...problems.filter((problem) => !gone.has(problem))];
  };

  // The problems of rows; those that say the same of cells of one column as one, with the `also` other ones.
  const together = (problems) => {
    const key = ({ row, column, what, fix }) => JSON.stringify([column ?? `row ${row}`, what, fix]);
    return [...grouped(problems, key).values()].map((group) => {
      const [first, ...also] = group.sort((one, other) => one.row - other.row);
      return { ...first, also };
    });
  };

  const titlesOf = (sheet, unused) =>
    new Map([
      ...unused.filter((one) => one.sheet === sheet.name).map((one) => [one.column, one.title]),
      ...sheet.columns.map((column) => [column.index, column.title]),
    ]);

  // Indexes of rows whose pieces would touch or overlap, together.
  const pieces = (indexes) => {
    const found = [];
    for (const index of indexes) {
      const last = found.at(-1);
      if (last && index - last.at(-1) <= 2 && index - last[0] < LONGEST - 2) {
        last.push(index);
      } else {
        found.push([index]);
      }
    }
    return found;
  };

  const draw = (part, words) => {
    const piece = make("div", "excerpt");
    if (part.rows.length) {
      piece.append(table(part, words, shownColumns(part)));
      const hidden = widthOf(part) > shownColumns(part).length;
      if (hidden) {
        piece.append(wholeButton(part, words, piece));
      }
    }
    piece.append(make("ol", "excerpt__problems", ...part.problems.map((problem) => sentence(problem, words, part.rows.length > 0))));
    return piece;
  };

  const wholeButton = (part, words, piece) => {
    const button = Object.assign(make("button", "excerpt__whole no-print", words.allColumns), { type: "button" });
    button.addEventListener("click", () => {
      const whole = table(part, words, [...Array(widthOf(part)).keys()]);
      piece.firstElementChild.replaceWith(whole);
      button.remove();
      whole.focus();
    });
    return button;
  };

  const widthOf = (part) => Math.max(...part.titles.keys(), ...part.rows.map((row) => row.cells.length - 1), ...marked(part).map((problem) => problem.column ?? 0)) + 1;

  const marked = (part) => [...part.problems, ...part.repeats];

  // The first column, as rows are known by it, and those around a fault. A single one is not left out between them.
  const shownColumns = (part) => {
    const width = widthOf(part);
    if (width <= WHOLE) {
      return [...Array(width).keys()];
    }
    const shown = new Set([0]);
    const faulty = marked(part).filter((problem) => problem.column !== null).map((problem) => problem.column);
    (faulty.length ? faulty : [1, 3]).forEach((column) => {
      for (let near = column - NEAR; near <= column + NEAR; near += 1) {
        shown.add(Math.min(Math.max(near, 0), width - 1));
      }
    });
    [...shown].forEach((column) => column + 2 < width && shown.has(column + 2) && shown.add(column + 1));
    return [...shown].sort((one, other) => one - other);
  };

  const table = (part, words, columns) => {
    const marks = grouped(marked(part), (problem) => `${problem.row} ${problem.column}`);
    const numbers = part.rows.map((row) => row.number);
    const caption = make("caption", "visually-hidden", fill(words.rows, { first: numbers[0], last: numbers.at(-1) }));
    const body = part.rows.map((row) => line(row, columns, marks));
    const head = make("thead", "", lettersRow(columns, words), titlesRow(part, columns));
    const box = make("div", "excerpt__scroll", make("table", "excerpt__table", caption, head, make("tbody", "", ...body)));
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", caption.textContent);
    waiting.observe(box);
    return box;
  };

  // Calls `cell` for each column, and `gap` where columns are left out before it.
  const across = (columns, cell, gap) =>
    columns.flatMap((column, at) => (at && column - columns[at - 1] > 1 ? [gap(columns[at - 1] + 1, column - 1), cell(column)] : [cell(column)]));

  const head = (scope, className, ...children) => Object.assign(make("th", className, ...children), { scope });

  const gapCell = () => make("td", "excerpt__gap");

  const lettersRow = (columns, words) => {
    const gap = (first, last) => {
      const hidden = fill(words.hidden, { first: desk.columnLetter(first), last: desk.columnLetter(last) });
      return head("col", "excerpt__gap", make("span", "excerpt__dots", "⋯"), make("span", "visually-hidden", hidden));
    };
    return make("tr", "", make("td", "excerpt__corner"), ...across(columns, (column) => head("col", "excerpt__letter", desk.columnLetter(column)), gap));
  };

  const titlesRow = (part, columns) => {
    const cell = (column) => {
      const title = part.titles.get(column);
      return title ? head("col", "excerpt__title", title) : make("td", "excerpt__title");
    };
    return make("tr", "", head("row", "excerpt__number", String(part.header)), ...across(columns, cell, gapCell));
  };

  const line = (row, columns, marks) => {
    const mark = (element, column) => {
      const problems = marks.get(`${row.number} ${column}`) ?? [];
      if (problems.length) {
        element.classList.add("excerpt__cell--marked", `excerpt__cell--${problems[0].level}`);
        element.setAttribute("aria-describedby", problems.map((problem) => `problem-${problem.number}`).join(" "));
        element.append(...problems.map(number));
      }
      return element;
    };
    const cell = (column) => mark(make("td", "excerpt__cell", make("span", "excerpt__text", row.cells[column] ?? "")), column);
    return make("tr", "excerpt__row", mark(head("row", "excerpt__number", String(row.number)), null), ...across(columns, cell, gapCell));
  };

  // The number of a fault, in its cell; leads to the sentence, as the sentence leads to the first cell that has it.
  const number = (problem) => {
    const link = Object.assign(make("a", `excerpt__mark excerpt__mark--${problem.level}`, String(problem.number)), {
      href: `#problem-${problem.number}`,
      ...(problem.isRepeat ? {} : { id: `mark-${problem.number}` }),
    });
    link.setAttribute("aria-describedby", link.getAttribute("href").slice(1));
    return link;
  };

  // B4, B6–B9: cells of one column from above; those that follow each other as one.
  const runs = (cells) => {
    const found = [];
    for (const { row, column } of cells) {
      const run = found.at(-1);
      if (run?.last === row - 1) {
        run.last = row;
      } else {
        found.push({ column, first: row, last: row });
      }
    }
    return found;
  };

  const placesOf = (cells, words) => {
    const all = runs(cells);
    const named = all.slice(0, NAMED);
    const left = all.slice(NAMED).reduce((sum, { first, last }) => sum + last - first + 1, 0);
    const names = named.map(({ column, first, last }) => (first === last ? place(first, column) : `${place(first, column)}–${place(last, column)}`));
    return fill(left ? words.manyCells : words.cells, { cells: names.join(", "), number: left });
  };

  const placeOf = ({ row, column, rows, also }, words) => {
    if (row === null) {
      return rows ? fill(words.manyRows, { number: rows }) : "";
    }
    if (also?.length) {
      return placesOf([{ row, column }, ...also], words);
    }
    return column === null ? fill(words.rowPlace, { row }) : fill(words.cellPlace, { cell: place(row, column) });
  };

  const sentence = (problem, words, isInTable) => {
    const where = placeOf(problem, words);
    const link = isInTable ? Object.assign(make("a", "excerpt__place", where), { href: `#mark-${problem.number}` }) : make("span", "excerpt__place", where);
    const sign = make("span", `excerpt__mark excerpt__mark--${problem.level}`, String(problem.number));
    sign.setAttribute("aria-hidden", "true");
    const text = make("div", "excerpt__words", make("p", "excerpt__what", ...(where ? [link, " "] : []), problem.what), make("p", "excerpt__fix", problem.fix));
    const item = Object.assign(make("li", "excerpt__problem", sign, text), { id: `problem-${problem.number}`, value: problem.number, tabIndex: -1 });
    return item;
  };

  // A narrow window shows the first columns only: a piece that comes into sight is moved to its first fault.
  const waiting = new IntersectionObserver((seen) =>
    seen
      .filter((one) => one.isIntersecting)
      .forEach(({ target }) => {
        waiting.unobserve(target);
        const first = target.querySelector(".excerpt__cell--marked");
        const over = first.offsetLeft + first.offsetWidth - target.clientWidth;
        target.scrollLeft = Math.max(0, over);
      }),
  );

  return { cut, draw, place };
})();
