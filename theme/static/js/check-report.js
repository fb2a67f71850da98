// <check-report>: what the check of a file found: a summary, what is good, what to correct and what to add.
// <file-checker> makes it, gives it the words of the page and calls show(). Text of the file is only ever text.
{
  const SHOWN = 100; // faulty rows at once; more are a button away
  const FEW = 5; // sentences of a list before its fold
  const MARK = "\ufeff"; // by which Excel knows UTF-8

  const make = (name, className, ...children) => {
    const element = document.createElement(name);
    element.className = className;
    element.append(...children);
    return element;
  };

  const list = (className, items) => make("ul", className, ...items.map((item) => make("li", "", item)));

  // The first sentences, and a fold for more than can be read at once.
  const folded = (className, items, words) => {
    if (items.length <= FEW + 1) {
      return [list(className, items)];
    }
    const rest = make("summary", "", fill(words.others, { number: items.length - FEW }));
    return [list(className, items.slice(0, FEW)), make("details", "report__others", rest, list(className, items.slice(FEW)))];
  };

  // A sentence of the page with values in the place of {names}.
  const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  // A text that a spreadsheet would compute gets an apostrophe; a quotation mark is doubled.
  const csvCell = (text) => `"${(/^\s*[=+\-@＝＋－＠]|^[\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

  const withMark = (text) => (text.startsWith(MARK) ? text : MARK + text);

  const numberOf = (parts) => parts.reduce((sum, part) => sum + part.problems.length, 0);

  class CheckReport extends HTMLElement {
    addresses = []; // of files to download, until the next report

    // Shows the result of a check and returns its summary as a sentence.
    show(result, name, table, onlyOnImport) {
      this.clear();
      this.result = result;
      this.stem = name.replace(/\.[^.]*$/, "");
      this.numbers = new Intl.NumberFormat(document.documentElement.lang);
      const errors = sheetExcerpts.cut(result, "error", 1);
      const warnings = sheetExcerpts.cut(result, "warning", 1 + numberOf(errors));
      const summary = this.summary();
      this.heading = make("h2", "report__summary", summary);
      this.heading.tabIndex = -1;
      this.className = "report";
      this.append(
        make("section", "report__head", make("p", "report__file", name), this.heading, ...this.bar(), this.verdict(), this.figures()),
        make("div", "report__pair", ...this.good(), this.toTake(table)),
        ...this.problems("error", errors),
        ...this.box("blocking", this.blocking()),
        ...this.problems("warning", warnings),
        ...this.box("advice", result.advice),
        ...this.leftAside(),
        ...this.box("later", onlyOnImport),
      );
      return summary;
    }

    // Only the choice of a table, for a file in which none was recognized.
    offer(table) {
      this.clear();
      this.className = "report";
      this.append(this.tableChoice(table));
    }

    focus() {
      this.heading.focus();
    }

    clear() {
      this.addresses.forEach((address) => URL.revokeObjectURL(address));
      this.addresses = [];
      this.replaceChildren();
    }

    number(value) {
      return this.numbers.format(value);
    }

    summary() {
      const { rows, fine } = this.result.summary;
      return rows ? fill(this.words.summary, { fine: this.number(fine), rows: this.number(rows) }) : this.words.noRows;
    }

    // How much is fine, drawn; the words beside it say the same.
    bar() {
      const { rows, fine } = this.result.summary;
      if (!rows) {
        return [];
      }
      const shares = { fine, faulty: rows - fine };
      const bar = make("div", "report__bar");
      for (const [name, share] of Object.entries(shares).filter(([, share]) => share)) {
        const piece = make("span", `report__${name}`);
        piece.style.flexGrow = share;
        bar.append(piece);
      }
      bar.setAttribute("aria-hidden", "true");
      return [bar];
    }

    isFine() {
      const { summary, blocking, problems } = this.result;
      return !summary.rejected && !blocking.length && !problems.some((problem) => problem.level === "error");
    }

    verdict() {
      const { rows } = this.result.summary;
      return make("p", "report__verdict", !rows ? this.words.noRowsHelp : this.isFine() ? this.words.send : this.words.correct);
    }

    figures() {
      const { summary } = this.result;
      // Where it is not certain which records are new, none of these figures is.
      const fates = summary.unsure ? ["rejected"] : ["rejected", "new", "changed", "unchanged"];
      const items = fates.map((fate) =>
        make(
          "div",
          `report__figure report__figure--${fate}`,
          make("dt", "report__label", this.words[fate]),
          make("dd", "report__value", this.number(summary[fate])),
        ),
      );
      return make("dl", "report__figures", ...items);
    }

    good() {
      if (!this.result.good.length) {
        return [];
      }
      return [make("section", "report__box", make("h2", "report__title", this.words.good), ...folded("report__good", this.result.good, this.words))];
    }

    toTake(table) {
      const words = this.isFine() ? this.words.corrected : this.words.partlyCorrected;
      const links = Object.entries(this.result.corrected).map(([name, text]) =>
        this.download(fill(words, { table: this.tables[name] ?? name }), `${this.words.correctedName}-${name}`, text),
      );
      if (this.result.problems.length) {
        links.push(this.download(this.words.list, this.words.listName, this.problemList()));
      }
      const title = make("h2", "report__title", this.words.take);
      return make("section", "report__box no-print", title, make("ul", "report__downloads", ...links), this.tableChoice(table));
    }

    download(words, ending, text) {
      const address = URL.createObjectURL(new Blob([withMark(text)], { type: "text/csv" }));
      this.addresses.push(address);
      const link = Object.assign(make("a", "report__download", words), { href: address, download: `${this.stem}-${ending}.csv` });
      return make("li", "", link);
    }

    // Every problem as a line: sheet, cell, value, how grave, what, how to correct it.
    problemList() {
      const { words } = this;
      const cells = new Map(this.result.sheets.map((sheet) => [sheet.name, new Map(sheet.rows.map((row) => [row.number, row.cells]))]));
      const lines = this.result.problems.map(({ sheet, row, column, level, what, fix }) => {
        const value = cells.get(sheet)?.get(row)?.[column] ?? "";
        return [sheet ?? "", sheetExcerpts.place(row, column), value, words[level], what, fix];
      });
      const titles = [words.sheet, words.cell, words.value, words.level, words.what, words.fix];
      return [titles, ...lines].map((line) => `${line.map(csvCell).join(",")}\r\n`).join("");
    }

    tableChoice(chosen) {
      const select = make("select", "report__select", new Option(this.words.byItself, ""));
      Object.entries(this.tables).forEach(([name, title]) => select.add(new Option(title, name, false, name === chosen)));
      const button = Object.assign(make("button", "report__button", this.words.checkAgain), { type: "button" });
      button.addEventListener("click", () => this.dispatchEvent(new CustomEvent("check-as", { detail: select.value || undefined })));
      const label = make("label", "report__choice", this.words.checkAs, select);
      return make("div", "report__again no-print", label, button);
    }

    // A section of the faults of a level: sheet by sheet, pieces of the spreadsheet with what is wrong below each.
    problems(level, parts) {
      if (!parts.length) {
        return [];
      }
      const title = make("h2", "report__title", `${this.words[`${level}s`]}: ${this.number(numberOf(parts))}`);
      const section = make("section", `report__problems report__problems--${level}`, title, make("p", "", this.words[`${level}sLead`]));
      this.showPart(section, parts, 0, "");
      return [section];
    }

    // Shows parts from one on, until SHOWN faulty rows are there, then a button for the next. The focus follows it.
    showPart(section, parts, from, sheet) {
      let rows = 0;
      let at = from;
      let current = sheet;
      for (; at < parts.length && rows < SHOWN; at += 1) {
        const part = parts[at];
        if (part.sheet !== current) {
          current = part.sheet;
          section.append(make("h3", "report__sheet", this.sheetTitle(current)));
        }
        section.append(sheetExcerpts.draw(part, this.words));
        rows += part.faulty;
      }
      if (at < parts.length) {
        const left = parts.slice(at).reduce((sum, part) => sum + part.faulty, 0);
        const button = Object.assign(make("button", "report__button", fill(this.words.more, { number: this.number(left) })), { type: "button" });
        button.addEventListener("click", () => {
          const last = section.lastElementChild.previousElementSibling;
          button.remove();
          this.showPart(section, parts, at, current);
          const next = last.nextElementSibling;
          next.tabIndex = -1;
          next.focus();
        });
        section.append(button);
      }
    }

    sheetTitle(name) {
      const sheet = this.result.sheets.find((one) => one.name === name);
      const table = sheet && (this.tables[sheet.table] ?? sheet.table);
      return table ? fill(this.words.sheetTitle, { sheet: name, table }) : (name ?? this.words.wholeFile);
    }

    // A box with a title, a sentence and a list; nothing for an empty list.
    box(kind, sentences) {
      if (!sentences.length) {
        return [];
      }
      const title = make("h2", "report__title", this.words[kind]);
      return [make("section", `report__box report__box--${kind}`, title, make("p", "", this.words[`${kind}Lead`]), ...folded("prose-list", sentences, this.words))];
    }

    // Faults that the file would bring to records of the portal. They have no cell in the sheet.
    blocking() {
      return this.result.blocking.map(({ file, line, sentence }) => fill(this.words.recordPlace, { file, line, sentence }));
    }

    // What the file has and the portal does not take, and what the records get or keep that the file does not say.
    leftAside() {
      const { words } = this;
      const { understood, assumed, kept, unused, skipped, others } = this.result;
      const column = ({ sheet, column, title }) => fill(words.unusedColumn, { sheet, column: desk.columnLetter(column), title });
      const lists = [
        [words.understood, understood],
        [words.unsaid, [...assumed, ...kept]],
        [words.unused, unused.map(column)],
        [words.skipped, skipped.map(({ sheet, row, sentence }) => fill(words.skippedRow, { sheet, row, sentence }))],
        [words.unchecked, others.map(({ sheet, sentence }) => fill(words.otherSheet, { sheet, sentence }))],
      ].filter(([, sentences]) => sentences.length);
      if (!lists.length) {
        return [];
      }
      const parts = lists.map(([lead, sentences]) => make("div", "report__aside", make("p", "", lead), ...folded("prose-list", sentences, words)));
      return [make("section", "report__box", make("h2", "report__title", words.aside), ...parts)];
    }
  }
  customElements.define("check-report", CheckReport);
}
