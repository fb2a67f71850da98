// <grant-explorer>: asks the index what the address says, and shows the answer. Everything that is chosen stands in the
// address, so that Back works and a copied address shows a colleague the same. The page has all that never changes.
// Without this script the page has its prepared lists.
{
  const { make, say, many, filled, number, money, words } = explorer;
  const STEP = 20; // cards at once
  const PAUSE = 250; // milliseconds without a key before a search
  const [ROWS, FILES] = [20000, 2000]; // more rows, or more files of the index to read for them, do not go into one download
  const DEFAULTS = { q: "", from: "", to: "", sort: "newest", view: "list", by: "", columns: "", grant: "", shown: String(STEP), embed: "" };
  const VIEWS = ["list", "table", "map", "groups", "compare"];
  const desk = matchMedia("(min-width: 64rem)");

  const read = () => {
    const hash = location.hash.slice(1);
    const state = { ...DEFAULTS, filters: Object.create(null) };
    for (const [key, value] of new URLSearchParams(hash.includes("=") ? hash : location.search)) {
      if (Object.hasOwn(DEFAULTS, key)) {
        state[key] = value;
      } else {
        state.filters[key] = [...new Set([...(state.filters[key] ?? []), value])];
      }
    }
    const shown = Math.min(Number.parseInt(state.shown, 10) || STEP, 1000);
    return { ...state, shown, columns: state.columns.split(",").filter(Boolean), view: VIEWS.includes(state.view) ? state.view : "list" };
  };

  // A state that is nothing but defaults still has words behind the #, or the browser would go to the top of the page.
  const addressOf = (state) => {
    const pairs = Object.entries({ ...state, filters: undefined }).filter(([key, value]) => value && String(value) !== DEFAULTS[key]);
    const filters = Object.entries(state.filters).flatMap(([key, values]) => values.map((value) => [key, value]));
    return `#${new URLSearchParams([...filters, ...pairs].sort(([a], [b]) => (b === "q") - (a === "q"))) || "view=list"}`;
  };

  class GrantExplorer extends HTMLElement {
    connectedCallback() {
      this.parts = Object.fromEntries([...this.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]));
      this.title = document.title;
      const { form, query, sort, card, more, all } = this.parts;
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.search();
        this.isTyping = false;
      });
      query.addEventListener("input", () => {
        clearTimeout(this.pause);
        this.pause = setTimeout(() => this.search(), PAUSE);
      });
      sort.addEventListener("change", () => this.go({ sort: sort.value }));
      more.addEventListener("click", () => this.go({ shown: this.state.shown + STEP }, true));
      all.addEventListener("click", () => this.ask({ all: true }));
      card.addEventListener("cancel", (event) => {
        event.preventDefault();
        this.leave();
      });
      this.parts.close.addEventListener("click", () => this.leave());
      this.parts.again.addEventListener("click", () => this.start());
      this.parts.take.addEventListener("click", ({ target }) => target.dataset.form && this.take(target.dataset.form));
      this.addEventListener("click", (event) => this.follow(event));
      document.addEventListener("keydown", (event) => this.pressed(event));
      addEventListener("popstate", () => this.arrive());
      desk.addEventListener("change", () => this.fold());
      this.start();
    }

    async start() {
      this.arrive();
      try {
        const inline = document.getElementById("explorer-index");
        this.index = await explorer.open(this.dataset.base, inline && JSON.parse(inline.textContent));
        this.filters = explorer.filters(this.parts.groups, this);
        this.parts.lists?.remove();
        this.arrive();
      } catch (fault) {
        this.fail(fault);
      }
    }

    link = (changes) => {
      const { state } = this;
      const isOther = ["q", "filters", "from", "to", "sort"].some((key) => key in changes);
      return addressOf({ ...state, ...(isOther && { shown: STEP, grant: "" }), ...changes });
    };

    go = (changes, isSame) => this.visit(this.link(changes), isSame);

    refresh = () => this.ask();

    // A grant that follows an open one takes its place in the history, so that one step back leads to the list.
    visit(address, isSame) {
      const before = this.state.grant;
      history[isSame ? "replaceState" : "pushState"](isSame ? history.state : { fromList: !before }, "", address);
      this.arrive();
    }

    arrive() {
      if (location.hash && !location.hash.includes("=")) {
        history.replaceState(history.state, "", addressOf(this.state)); // a link to a part of the page, as “skip to the content”
        return;
      }
      this.state = read();
      document.querySelectorAll("a[data-language]").forEach((link) => {
        link.hash = addressOf(this.state);
      });
      const { query, sort, views } = this.parts;
      if (document.activeElement !== query || !this.isTyping) {
        query.value = this.state.q;
      }
      sort.value = this.state.sort;
      [...views.children].forEach((link) => {
        link.href = this.link({ view: link.dataset.view, grant: "" });
        link.ariaCurrent = link.dataset.view === this.state.view ? "true" : null;
      });
      this.dataset.view = this.state.view;
      this.dataset.embed = this.state.embed;
      if (this.index) {
        this.ask();
        this.openGrant();
      }
    }

    search() {
      clearTimeout(this.pause);
      const q = this.parts.query.value.trim();
      if (q !== this.state.q) {
        this.go({ q }, this.isTyping);
        this.isTyping = true;
      }
    }

    async ask(more) {
      const { state, index } = this;
      const { q: text, filters, from, to, sort, shown: grants, view, by } = state;
      const question = { text, filters, from, to, sort, grants, sums: true, facets: this.filters.wanted(), groups: view === "groups" ? by || "recipient" : null, ...more };
      const turn = (this.turn = {});
      const isLast = () => turn === this.turn;
      this.ariaBusy = "true";
      try {
        const answer = await index.ask(question, (partial) => isLast() && this.show(partial, isLast));
        if (isLast()) {
          await this.show({ ...answer, done: true }, isLast);
        }
      } catch (fault) {
        if (isLast()) {
          this.fail(fault);
        }
      }
      if (isLast()) {
        this.ariaBusy = null;
      }
    }

    async show(answer, isLast) {
      const { state, index, parts } = this;
      this.context = {
        index,
        state,
        answer,
        language: words.language,
        root: this.dataset.root,
        link: this.link,
        go: this.go,
        announce: (text) => { parts.status.textContent = text; },
        named: explorer.named,
        rows: (numbers) => index.rows(numbers),
      };
      this.filters.show(answer);
      parts.count.textContent = this.countOf(answer);
      parts.sums.textContent = answer.sums ? this.sumsOf(answer) : "";
      parts.more.hidden = state.view !== "list" || answer.total <= state.shown;
      parts.all.hidden = answer.exact || !answer.done;
      await Promise.all([this.showNotes(answer), this.showChips(isLast), this.showView(answer, isLast)]);
    }

    countOf({ exact, total }) {
      return exact ? many("{number} grant", "{number} grants", total) : many("At least {number} grant", "At least {number} grants", total);
    }

    // What is in the sum, without adding what must not be added.
    sumsOf({ sums: { exact, counted, announced, withAmount, awarded, announcedAmounts, joint } }) {
      const list = (sums) => sums.map(({ amount, currency }) => money(amount, currency)).join("; ");
      const said = [
        !exact && say("Counted so far:"),
        announced && counted && many("{number} of them is counted.", "{number} of them are counted.", counted),
        awarded.length && many("The amount is known of {number} grant: {sum}.", "The amounts are known of {number} grants: {sum} together.", withAmount, { sum: list(awarded) }),
        ...joint.map(({ amount, currency, grants }) => many("{number} grant is part of a joint sum of {sum}.", "{number} grants share a joint sum of {sum}; how it was divided is not published.", grants, { sum: money(amount, currency) })),
        counted && !awarded.length && !joint.length && say("No amount is published."),
        announced && many("{number} was only announced and is not counted.", "{number} were only announced and are not counted.", announced),
        announcedAmounts.length && say("Announced were {sum}.", { sum: list(announcedAmounts) }),
      ];
      return said.filter(Boolean).join(" ");
    }

    // Sentences about the question: what was not understood, what is unknown, what may have been meant.
    async showNotes({ faults, unknown, suggestions, total, done }) {
      const unheard = Object.keys(this.state.filters).filter((key) => !this.index.meta.dimensions.some(({ name }) => name === key));
      const notes = [
        ...faults,
        ...unheard.map((key) => say("This page has no filter “{filter}”.", { filter: key })),
        ...unknown.map(([key, id]) => say("“{value}” is in no grant here ({filter}).", { value: id, filter: words.labels[key] ?? key })),
        ...suggestions.map(({ typed, word }) => {
          const q = this.state.q.replace(typed, word);
          return filled(say("Did you mean {words}?"), { words: make("a", { href: this.link({ q }), text: q }) });
        }),
        done && !total && say("No grant fits. Take away a filter or a word."),
      ];
      this.parts.notes.replaceChildren(...notes.filter(Boolean).map((note) => make("p", {}, note)));
    }

    async showChips(isLast) {
      const { filters, from, to } = this.state;
      const chosen = await Promise.all(
        Object.entries(filters).flatMap(([key, ids]) =>
          ids.map(async (id) => [`${words.labels[key] ?? key}: ${await explorer.describe(this.index, key, id)}`, { filters: { ...filters, [key]: ids.filter((one) => one !== id) } }]),
        ),
      );
      from && chosen.push([say("Amount from {amount}", { amount: number(from) }), { from: "" }]);
      to && chosen.push([say("Amount up to {amount}", { amount: number(to) }), { to: "" }]);
      if (isLast()) {
        const chips = chosen.map(([label, changes]) => make("li", {}, make("a", { class: "chip", href: this.link(changes), "aria-label": say("Remove: {filter}", { filter: label }), text: label })));
        chosen.length && chips.push(make("li", {}, make("a", { href: this.link({ filters: {}, from: "", to: "" }), text: say("Remove all") })));
        this.parts.chips.replaceChildren(...chips);
        this.parts.chosen.textContent = chosen.length ? ` (${number(chosen.length)})` : "";
        const said = [this.state.q && `“${this.state.q}”`, ...chosen.map(([label]) => label)].filter(Boolean);
        document.title = [...said, this.title].join(" · ");
      }
    }

    async showView(answer, isLast) {
      const { state, context, parts } = this;
      const { view } = state;
      if (!answer.done && (view !== "list" || answer.numbers.length < Math.min(state.shown, answer.total))) {
        return;
      }
      const shown = await (view === "list" ? explorer.list : explorer.views[view])(context);
      if (!isLast()) {
        return;
      }
      const focused = parts.view.contains(document.activeElement) && document.activeElement.getAttribute("href");
      parts.view.replaceChildren(shown);
      focused && [...parts.view.querySelectorAll("a")].find((link) => link.getAttribute("href") === focused)?.focus();
      if (answer.done) {
        context.announce(`${this.countOf(answer)}. ${parts.sums.textContent}`);
        const chart = await explorer.views.chart(context);
        isLast() && parts.chart.replaceChildren(chart);
        explorer.share && parts.share.replaceChildren(explorer.share(context));
      }
    }

    // Nothing is made before it is known whether the file can hold all: nothing is ever cut.
    async take(form) {
      const { context, parts } = this;
      const { total, numbers, exact } = context.answer;
      const files = new Set(numbers.map((one) => Math.floor(one / this.index.meta.rows))).size;
      const isGroups = this.state.view === "groups";
      parts.taken.textContent = say("The file is being made…");
      try {
        await explorer.download(context, { what: isGroups ? "groups" : "rows", form, columns: null, words: parts.plain.checked ? "plain" : "people" });
        parts.taken.textContent = say("The file is ready.");
      } catch (fault) {
        parts.taken.textContent = say("The file could not be made: {path} did not arrive. Try again.", { path: fault.path ?? fault.message });
      }
    }

    fail(fault) {
      this.ariaBusy = null;
      this.parts.fault.hidden = false;
      this.parts.faultText.textContent = say("A part of the index did not arrive: {path}.", { path: fault.path ?? fault.message });
    }

    fold() {
      this.parts.filters.open = desk.matches && !this.state.grant;
    }

    async openGrant() {
      const { grant } = this.state;
      const { card, content } = this.parts;
      if (grant === this.opened) {
        return;
      }
      const before = this.opened;
      this.opened = grant;
      this.toggleAttribute("data-open", Boolean(grant));
      this.fold();
      if (!grant) {
        card.close();
        this.linkTo(before)?.focus();
        return;
      }
      const found = await this.index.numberOf(grant);
      const shown = found === null ? make("p", { class: "unpublished" }, say("There is no grant {id} here. It may have been removed.", { id: grant })) : explorer.card((await this.index.rows([found]))[0], this.context);
      if (grant === this.opened) {
        content.replaceChildren(shown);
        card.open || card[desk.matches ? "show" : "showModal"]();
        content.focus();
      }
    }

    leave() {
      if (history.state?.fromList) {
        history.back();
      } else {
        this.go({ grant: "" }, true);
      }
    }

    linkTo(grant) {
      return [...this.parts.view.querySelectorAll("a")].find((link) => link.dataset.grant === grant);
    }

    // Links within the page: without a jump, and with a history that leads back to the list.
    follow(event) {
      const link = event.target.closest("a");
      if (link?.getAttribute("href").startsWith("#") && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
        event.preventDefault();
        this.visit(link.getAttribute("href"), Boolean(link.dataset.grant && this.state.grant));
      }
    }

    pressed(event) {
      const { target, key } = event;
      const { query, view } = this.parts;
      const isWriting = target.matches("input:not([type=checkbox]), select, textarea");
      if (key === "/" && !isWriting && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        query.focus();
        query.select();
      } else if (key === "Escape" && target === query) {
        query.value = "";
        this.search();
      } else if (key === "Escape" && this.state.grant && !isWriting) {
        this.leave();
      } else if (key === "ArrowDown" || key === "ArrowUp") {
        const links = [...view.querySelectorAll("a[data-grant]")];
        const at = links.indexOf(target);
        if (at >= 0 || target === query) {
          event.preventDefault();
          (links[at + (key === "ArrowDown" ? 1 : -1)] ?? (at > 0 ? target : query)).focus();
        }
      }
    }
  }
  customElements.define("grant-explorer", GrantExplorer);
}
