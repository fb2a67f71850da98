// <file-checker>: checks a spreadsheet that a publisher chooses or drops, as the portal would when it takes it in.
// Everything happens here and nothing is uploaded. The rules and the records are scripts that are added once the page
// has loaded, as a page opened from a folder may not fetch; from then on no connection is needed.
// Without this script the page says which columns a file needs and how to check it by hand.
{
  const LARGEST = 100 * 2 ** 20; // octets; a spreadsheet of a million rows is half as large
  const READABLE = ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt"; // a type that cannot be checked gets a sentence that says why

  const load = (address) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.addEventListener("load", resolve);
      script.addEventListener("error", () => reject(new Error(address)));
      script.src = address;
      document.head.append(script);
    });

  // The next frame is painted: what was said stands on the screen before a long step begins.
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

  // Nothing else is to be done. A browser that cannot say so goes on at once.
  const idle = () => new Promise((resolve) => (globalThis.requestIdleCallback ?? setTimeout)(resolve));

  const isoDay = (day) =>
    [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0")).join("-");

  const make = (name, className, ...children) => {
    const element = document.createElement(name);
    element.className = className;
    element.append(...children);
    return element;
  };

  class FileChecker extends HTMLElement {
    connectedCallback() {
      const words = this.dataset;
      this.input = Object.assign(document.createElement("input"), { type: "file", accept: READABLE });
      this.input.className = "visually-hidden";
      this.choose = make("span", "checker__choose", words.choose);
      this.drop = make(
        "label",
        "checker__drop",
        this.choose,
        make("span", "checker__or", words.drop),
        make("small", "checker__promise", words.promise),
        this.input,
      );
      this.status = make("div", "checker__status");
      this.status.setAttribute("role", "status");
      this.report = document.createElement("check-report");
      this.report.words = words;
      this.report.tables = JSON.parse(words.tables);
      this.report.addEventListener("check-as", (event) => this.check(this.file, event.detail));
      this.append(this.drop, this.status);
      this.input.addEventListener("change", () => this.check(this.input.files[0]));
      // The whole page takes files: one dropped beside the box would replace the page.
      document.addEventListener("dragover", (event) => this.dragged(event, true));
      document.addEventListener("dragleave", (event) => this.dragged(event, false));
      document.addEventListener("drop", (event) => {
        this.dragged(event, false);
        this.check(event.dataTransfer.files[0]);
      });
      const prepare = () =>
        this.ready()
          .then(idle)
          .then(() => desk.prepare(deskRules, deskTables)) // now, so that the first file need not wait for it
          .catch(() => {}); // said when a file is chosen
      document.readyState === "complete" ? prepare() : addEventListener("load", prepare, { once: true });
    }

    dragged(event, isOver) {
      if (event.dataTransfer.types.includes("Files")) {
        event.preventDefault();
        this.drop.classList.toggle("checker__drop--over", isOver);
      }
    }

    // Rules, records and sentences are there. A script that did not arrive is asked for again at the next file.
    ready() {
      this.loading ??= Promise.all(this.dataset.scripts.split(" ").map(load)).catch((fault) => {
        this.loading = undefined;
        throw fault;
      });
      return this.loading;
    }

    // Checks a file, as the table when one is named. The last file that was chosen is the one that is shown.
    async check(file, table) {
      if (!file) {
        return;
      }
      this.input.value = ""; // so that the same file can be chosen again
      this.file = file;
      this.report.remove();
      this.say("reading");
      await painted();
      try {
        const result = await this.examine(file, table);
        if (this.file === file) {
          this.show(result, table);
        }
      } catch (fault) {
        if (this.file === file) {
          this.refuse(fault, table);
        }
      }
    }

    async examine(file, table) {
      if (file.size > LARGEST) {
        throw { words: "tooLarge" };
      }
      const bytes = await file.arrayBuffer().catch(() => {
        throw { words: "unreadable" }; // it was moved or changed meanwhile, or is a folder
      });
      await this.ready().catch(() => {
        throw { words: "notLoaded" };
      });
      return desk.check(new Uint8Array(bytes), file.name, {
        rules: deskRules,
        tables: deskTables,
        sentences: this.sentences,
        language: document.documentElement.lang,
        today: isoDay(new Date()),
        table,
      });
    }

    show(result, table) {
      this.settle();
      this.append(this.report);
      this.status.replaceChildren(this.report.show(result, this.file.name, table, this.onlyOnImport()));
      this.status.classList.add("visually-hidden"); // the report says the same, large
      this.report.focus();
    }

    // The translations of what the engine says: English template -> template.
    get sentences() {
      return deskSentences[document.documentElement.lang];
    }

    // What a browser cannot check, as sentences.
    onlyOnImport() {
      const names = Object.keys(deskTables).filter((name) => deskTables[name].isLeftOut);
      const values = { tables: names.map((name) => this.report.tables[name] ?? name).join(", ") };
      return Object.values(deskRules.onlyOnImport ?? {}).map((template) => desk.told({ template, values }, this.sentences));
    }

    // What cannot be checked, as a sentence: of the engine, or of this page.
    refuse(fault, table) {
      this.settle();
      if (fault.sentence) {
        this.status.replaceChildren(make("p", "", make("strong", "checker__name", this.file.name)), make("p", "", fault.sentence));
        this.append(this.report);
        this.report.offer(table);
      } else {
        this.say(fault.words ?? "fault");
      }
      this.status.classList.add("checker__status--refused");
      if (!fault.sentence && !fault.words) {
        throw fault; // a fault of the program: the reader has a sentence, the console all of it
      }
    }

    settle() {
      this.drop.classList.add("checker__drop--small");
      this.choose.textContent = this.dataset.another;
    }

    // A sentence of the page with the name of the file in it.
    say(words) {
      const parts = this.dataset[words].split("{name}");
      const sentence = make("p", "", parts[0]);
      parts.slice(1).forEach((part) => sentence.append(make("strong", "checker__name", this.file.name), part));
      this.status.className = "checker__status";
      this.status.replaceChildren(sentence);
    }
  }
  customElements.define("file-checker", FileChecker);
}
