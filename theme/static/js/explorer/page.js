// <grant-explorer>: asks the index what the address says, and shows the answer. All that is chosen stands in the address,
// so that Back works and a copied address shows the same. The page has what never changes; data-part names its parts.
// Without this script it has its prepared lists.
{
  const { make, say, many, filled, number, money, words } = explorer;
  const [STEP, MOST] = [20, 5000]; // cards at once, and in all
  const PAUSE = 250; // milliseconds without a key before a search
  const DEFAULTS = { q: "", from: "", to: "", sort: "newest", view: "list", by: "", order: "counted", columns: "", grant: "", shown: String(STEP), embed: "" };
  const desk = matchMedia("(min-width: 64rem)");

  const read = () => {
    const state = { ...DEFAULTS, filters: Object.create(null) };
    for (const [key, value] of new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : location.search)) {
      if (Object.hasOwn(DEFAULTS, key)) {
        state[key] = value;
      } else {
        (state.filters[key] ??= []).includes(value) || state.filters[key].push(value);
      }
    }
    state.view = document.querySelector(`a[data-view="${CSS.escape(state.view)}"]`) ? state.view : "list"; // a portal may have no map
    return { ...state, shown: Math.min(parseInt(state.shown, 10) || STEP, MOST), columns: state.columns.split(",").filter(Boolean) };
  };

  // With nothing but defaults there are still words behind the #, or the browser would jump to the top of the page.
  const addressOf = ({ filters, ...plain }) => {
    const chosen = Object.entries(filters).flatMap(([key, values]) => values.map((value) => [key, value]));
    const others = Object.entries(plain).filter(([key, value]) => value && String(value) !== DEFAULTS[key]);
    return `#${String(new URLSearchParams([...others, ...chosen])) || "view=list"}`;
  };

  const cardsOf = (view) => view.querySelectorAll("[data-grant]");

  class GrantExplorer extends HTMLElement {
    connectedCallback() {
      this.heading = document.title;
      this.parts = Object.fromEntries([...this.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]));
      const { form, query, sort, range, take, card, filters } = this.parts;
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.search();
        this.isTyping = false;
        desk.matches || query.blur(); // its keyboard covers what was found
      });
      query.addEventListener("input", () => {
        clearTimeout(this.pause);
        this.pause = setTimeout(() => this.search(), PAUSE);
      });
      sort.addEventListener("change", () => this.go({ sort: sort.value }));
      range.addEventListener("change", ({ target: { name, value } }) =>
        range.reportValidity() && this.go({ [name]: value.replaceAll(words.group, "").replace(/\s/g, "").replace(words.decimal, ".") }));
      take.addEventListener("toggle", () => take.open && this.measure());
      card.addEventListener("close", () => card.open || this.leave());
      const press = {
        file: (form) => this.take(form),
        more: () => this.go({ shown: (this.next = this.state.shown) + STEP }, true),
        all: () => this.ask({ all: true }),
        again: () => (this.index ? this.ask() : this.start()),
        close: () => this.leave(),
        done: () => {
          filters.open = false;
          filters.firstElementChild.focus();
        },
      };
      this.addEventListener("click", (event) => {
        const button = event.target.closest("button");
        press[button?.dataset.part]?.(button.value);
        this.follow(event);
      });
      document.addEventListener("keydown", (event) => this.pressed(event));
      addEventListener("popstate", () => this.arrive());
      desk.addEventListener("change", () => this.fold());
      this.start();
    }

    async start() {
      this.arrive();
      this.fold();
      try {
        history.replaceState(history.state, "", location.pathname + addressOf(this.state)); // what a form asked goes behind the #
      } catch {
        // A page from a folder may not be allowed to: the address stays longer than it need be.
      }
      try {
        const inline = document.getElementById("explorer-index");
        this.index = await explorer.open(this.dataset.base, inline && JSON.parse(inline.textContent));
        this.filters = explorer.filters(this.parts.groups, this);
        this.parts.lists.remove();
        this.arrive();
      } catch (fault) {
        this.fail(fault);
      }
    }

    link = (changes) => {
      const isOther = ["q", "filters", "from", "to", "sort"].some((key) => key in changes);
      return addressOf({ ...this.state, ...(isOther && { shown: STEP, grant: "" }), ...changes });
    };

    go = (changes, isSame) => this.visit(this.link(changes), isSame);

    visit(address, isSame) {
      history[isSame ? "replaceState" : "pushState"](isSame ? history.state : { isOurs: true }, "", address);
      this.arrive();
    }

    arrive() {
      if (this.state && location.hash && !location.hash.includes("=")) {
        history.replaceState(history.state, "", addressOf(this.state)); // a link to a part, such as “Skip to the content”
        return;
      }
      const { query, sort, views } = this.parts;
      this.state = read();
      document.querySelectorAll("a[data-language]").forEach((link) => (link.hash = addressOf(this.state)));
      for (const link of views.children) {
        link.href = this.link({ view: link.dataset.view, grant: "" });
        link.ariaCurrent = link.dataset.view === this.state.view || null;
      }
      this.dataset.view = this.state.view;
      sort.value = this.state.sort;
      this.parts.from.value = this.state.from;
      this.parts.to.value = this.state.to;
      query.value.trim() === this.state.q || (query.value = this.state.q);
      if (this.index) {
        const asked = addressOf({ ...this.state, grant: "" });
        asked === this.question || this.ask();
        this.question = asked;
        this.openGrant().catch((fault) => this.fail(fault));
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
      const { state, index, parts } = this;
      const { q, filters, from, to, sort, shown, view, by } = state;
      const facets = (this.asked = this.filters.wanted());
      const question = { text: q, filters, from, to, sort, grants: shown, sums: true, facets, groups: view === "groups" ? by || "recipient" : null, ...more };
      const turn = (this.turn = {});
      const isLast = () => turn === this.turn;
      parts.view.ariaBusy = "true";
      parts.fault.hidden = true;
      try {
        const answer = await index.ask(question, (partial) => isLast() && this.show(partial, isLast));
        isLast() && (await this.show({ ...answer, done: true }, isLast));
      } catch (fault) {
        isLast() && this.fail(fault);
      }
      isLast() && (parts.view.ariaBusy = null);
    }

    contextOf(answer) {
      const { index, state, link, go } = this;
      return {
        index,
        state,
        answer,
        language: words.language,
        root: this.dataset.root,
        link,
        go,
        rows: (numbers) => index.rows(numbers),
      };
    }

    async show(answer, isLast) {
      const { state, parts } = this;
      const { total, exact, numbers, sums, done } = answer;
      const context = this.contextOf(answer);
      this.context = context;
      this.filters.show(answer);
      parts.count.textContent = exact ? many("{number} grant", "{number} grants", total) : many("At least {number} grant", "At least {number} grants", total);
      parts.sums.textContent = sums ? this.told(sums) : "";
      parts.more.hidden = !["list", "table"].includes(state.view) || Math.min(total, MOST) <= state.shown;
      parts.all.hidden = !done || (exact && (!sums || sums.exact));
      this.toggleAttribute("data-none", exact && !total);
      this.note(answer);
      await this.name(isLast);
      const isThere = state.view === "list" && numbers.length >= Math.min(state.shown, total);
      if (!done && !isThere) {
        return;
      }
      const shown = await (state.view === "list" ? explorer.list : explorer.views[state.view])(context);
      if (!isLast()) {
        return;
      }
      const focused = parts.view.contains(document.activeElement) && document.activeElement.getAttribute("href");
      parts.view.replaceChildren(shown);
      const again = focused ? parts.view.querySelector(`a[href="${CSS.escape(focused)}"]`) : cardsOf(parts.view)[this.next ?? -1];
      again?.focus();
      this.next = null;
      if (done) {
        parts.status.textContent = `${parts.count.textContent}. ${parts.sums.textContent}`;
        explorer.share(context);
        parts.take.open && this.measure();
        parts.chart.replaceChildren(await explorer.views.chart(context));
      }
    }

    // What is in the sum, without adding what must not be added.
    told({ exact, counted, announced, withAmount, awarded, announcedAmounts, joint }) {
      const list = (sums) => sums.map(({ amount, currency }) => money(amount, currency)).join("; ");
      return [
        !exact && say("Counted so far:"),
        announced && counted && many("{number} of them is counted.", "{number} of them are counted.", counted),
        awarded.length && many("The amount is known of {number} grant: {sum}.", "The amounts are known of {number} grants: {sum} together.", withAmount, { sum: list(awarded) }),
        ...joint.map((one) => many("{number} grant has part of a joint sum of {sum}.", "{number} grants share a joint sum of {sum}; how it was divided is not published.", one.grants, { sum: list([one]) })),
        counted && !awarded.length && !joint.length && say("No amount is published."),
        announced && many("{number} was only announced and is not counted.", "{number} were only announced and are not counted.", announced),
        announcedAmounts.length && say("Announced: {sum}.", { sum: list(announcedAmounts) }),
      ].filter(Boolean).join(" ");
    }

    // Sentences about the question: what was not understood, what is not known, what may have been meant.
    note({ faults, unknown, suggestions, total, done }) {
      const notes = [
        ...faults,
        ...unknown.map(([key, id]) => say("{filter}: “{value}” is not known here.", { filter: words.labels[key] ?? key, value: id })),
        ...suggestions.map(({ typed, word }) => {
          const q = this.state.q.replace(typed, word);
          return filled(say("Did you mean {words}?"), { words: make("a", { href: this.link({ q }) }, q) });
        }),
        done && !total && say("No grant fits. Take away a filter or a word."),
      ];
      this.parts.notes.replaceChildren(...notes.filter(Boolean).map((note) => make("p", {}, note)));
    }

    // Names the view: in the title of the page, and each filter as a link that takes it away.
    async name(isLast) {
      const { filters, from, to } = this.state;
      const chosen = Object.entries(filters).flatMap(([key, ids]) =>
        ids.map(async (id) => [`${words.labels[key] ?? key}: ${await explorer.describe(this.index, key, id)}`, { filters: { ...filters, [key]: ids.filter((one) => one !== id) } }]));
      from && chosen.push([say("Amount from {amount}", { amount: number(from) }), { from: "" }]);
      to && chosen.push([say("Amount up to {amount}", { amount: number(to) }), { to: "" }]);
      const named = await Promise.all(chosen);
      if (isLast()) {
        this.parts.chips.replaceChildren(...named.map(([label, changes]) => make("li", {}, make("a", { class: "chip", href: this.link(changes), "aria-label": say("Remove: {filter}", { filter: label }) }, label))));
        this.parts.none.hidden = !named.length;
        this.parts.none.href = this.link({ filters: {}, from: "", to: "" });
        this.parts.chosen.textContent = named.length ? ` (${named.length})` : "";
        document.title = [this.state.q, ...named.map(([label]) => label), this.heading].filter(Boolean).join(" · ");
      }
    }

    // Says how large a download is, before the click; none is offered that could not hold everything.
    async measure() {
      const { context, state, parts } = this;
      const { rows, tooMany } = await explorer.downloadSize(context, state.view === "groups" ? "groups" : "rows");
      if (context === this.context) {
        parts.size.textContent = many("{number} row.", "{number} rows.", rows);
        parts.tooMuch.hidden = !tooMany;
        parts.forms.disabled = tooMany || !rows;
      }
    }

    async take(form) {
      const { context, state, parts } = this;
      const columns = state.view === "table" && state.columns.length ? state.columns : null;
      parts.taken.textContent = say("The file is being made…");
      try {
        await explorer.download(context, { what: state.view === "groups" ? "groups" : "rows", form, columns, words: parts.plain.checked ? "plain" : "people" });
        parts.taken.textContent = say("The file is ready.");
      } catch (fault) {
        parts.taken.textContent = "";
        this.fail(fault);
      }
    }

    fail(fault) {
      this.parts.fault.hidden = false;
      this.parts.fault.scrollIntoView({ block: "nearest" });
      this.parts.missing.textContent = fault.path ?? "";
      if (!fault.path) {
        throw fault; // a fault of the program: the reader has a sentence, the console all of it
      }
    }

    // On a desk the filters stand beside the list, or give their place to the open grant.
    fold() {
      this.parts.filters.open = desk.matches && !this.state.grant;
      this.parts.years.open = desk.matches;
      if (this.parts.card.open) {
        this.parts.card.close();
        this.unfold();
      }
    }

    unfold() {
      this.parts.card[desk.matches ? "show" : "showModal"]();
    }

    async openGrant() {
      const { grant } = this.state;
      const { card, content, view } = this.parts;
      const before = this.opened ?? "";
      const link = (id) => view.querySelector(`[data-grant="${CSS.escape(id)}"]`);
      if (grant === before) {
        return;
      }
      this.opened = grant;
      this.toggleAttribute("data-open", Boolean(grant));
      link(before)?.removeAttribute("aria-current");
      if (!grant) {
        card.close();
        this.fold();
        link(before)?.focus();
        return;
      }
      const found = await this.index.numberOf(grant);
      const shown = found === null ? say("There is no grant {id} here; it may have been removed.", { id: grant }) : explorer.card((await this.index.rows([found]))[0], this.contextOf());
      if (grant === this.state.grant) {
        link(grant)?.setAttribute("aria-current", "true");
        content.replaceChildren(shown);
        if (!card.open) {
          this.fold();
          this.unfold();
        }
        card.scrollTop = 0;
        content.focus({ preventScroll: true });
      }
    }

    // One step back, if that leads to the list.
    leave() {
      if (this.state.grant) {
        this.state.grant = "";
        history.state?.isOurs ? history.back() : this.go({}, true);
      }
    }

    // Links within the page. A grant that follows an open one takes its place, so that one step back leads to the list.
    follow(event) {
      const address = event.target.closest("a")?.getAttribute("href");
      if (address?.startsWith("#") && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        this.visit(address, this.state.grant && address.includes("grant="));
      }
    }

    pressed(event) {
      const { target, key } = event;
      const { query, view } = this.parts;
      const isWriting = target.matches("input:not([type=checkbox]), select, textarea");
      const step = { ArrowDown: 1, ArrowUp: -1 }[key];
      if (key === "/" && !isWriting && !event.ctrlKey) {
        event.preventDefault();
        query.select();
      } else if (key === "Escape" && target === query) {
        query.value = "";
        this.search();
      } else if (key === "Escape" && !isWriting && !this.parts.card.matches(":modal")) {
        this.leave();
      } else if (step) {
        const cards = [query, ...cardsOf(view)];
        const next = cards.includes(target) && cards[cards.indexOf(target) + step];
        next && (event.preventDefault(), next.focus());
      }
    }
  }
  customElements.define("grant-explorer", GrantExplorer);
}
