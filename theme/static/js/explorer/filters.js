// explorer.filters(host, page): the panel of filters: a fold for each dimension, in it its values with their counts.
// page: {index, state, go(changes), refresh()}. wanted() names the dimensions whose counts are to be seen; show(answer)
// writes them. A filter of many values has a search box of its own.
{
  const { make, say, number, name, named, words, fold } = explorer;
  const SHOWN = ["funder", "recipient", "program", "call", "sphere", "group", "place", "year", "status", "certainty", "amount", "paid", "results"];
  const OPEN = ["funder", "place", "year"]; // at first
  const SEARCHED = 12; // more values than these have a search box
  const FEW = 8; // values at once, when there are more
  const LIMIT = 100; // found by the search box

  // The names of a listed value by language; value 0 is “not said”.
  const labelOf = ({ name: dimension, values, labels }, value, meta) => {
    if (!value) {
      return dimension === "amount" ? say("Not published") : say("Not said");
    }
    if (dimension === "amount") {
      const [from, to] = [meta.bands[value - 2], meta.bands[value - 1]].map((bound) => bound && number(bound));
      return from ? (to ? `${from} – ${to}` : say("from {amount}", { amount: from })) : say("below {amount}", { amount: to });
    }
    if (dimension === "paid" || dimension === "results") {
      return values[value] === "yes" ? say("Yes") : say("No");
    }
    return labels[value] ?? values[value];
  };

  const textOf = (label) => (typeof label === "string" ? label : name(label).text);
  const nodeOf = (label) => (typeof label === "string" ? label : named(label));

  // {value, id, label} of a value of a filter, also of one that stands in the address only.
  const describe = async (index, dimension, id) => {
    const { meta } = index;
    if (id === "none") {
      return { value: 0, id, label: labelOf(dimension, 0, meta) };
    }
    if (dimension.kind === "listed") {
      const value = dimension.values.indexOf(id, 1);
      return { value, id, label: value > 0 ? labelOf(dimension, value, meta) : id };
    }
    const found = await index.valueNamed(dimension.name, id);
    return { value: -1, id, ...found, label: found?.names ?? id };
  };

  class Filter {
    constructor(dimension, page) {
      Object.assign(this, { dimension, page, all: false, needle: "", turn: 0 });
      const many = dimension.kind === "filed" || dimension.values.length - 1 > SEARCHED;
      const label = words.labels[dimension.name];
      this.number = make("span", { class: "filter__chosen" });
      this.list = make("ul", { class: "filter__values" });
      this.more = make("button", { type: "button", class: "filter__more", text: say("Show all"), hidden: "", onclick: () => this.showAll() });
      this.box = many && make("input", { type: "search", class: "filter__search", "aria-label": say("Search in the filter {filter}", { filter: label }), placeholder: say("Search here"), oninput: () => this.find() });
      this.element = make("details", { class: "filter" }, make("summary", { class: "filter__name" }, label, this.number), this.box, this.list, this.more, dimension.name === "amount" && this.range());
      this.element.open = OPEN.includes(dimension.name) || this.chosen.length > 0;
      this.element.addEventListener("toggle", () => this.element.open && !this.facet && page.refresh());
    }

    get chosen() {
      return this.page.state.filters[this.dimension.name] ?? [];
    }

    range() {
      const { state, go } = this.page;
      const field = (key, label) => {
        const input = make("input", { class: "filter__amount", inputmode: "decimal", autocomplete: "off", value: state[key] });
        input.addEventListener("change", () => {
          const amount = input.value.replaceAll(words.group, "").replace(/\s/g, "").replace(words.decimal, ".");
          input.setCustomValidity(/^(\d+(\.\d+)?)?$/.test(amount) ? "" : say("Write an amount in digits."));
          if (input.reportValidity()) {
            go({ [key]: amount });
          }
        });
        this[key] = input;
        return make("label", { class: "filter__bound" }, label, input);
      };
      return make("div", { class: "filter__range" }, field("from", say("From")), field("to", say("To")));
    }

    find() {
      this.needle = this.box.value;
      this.write();
    }

    showAll() {
      this.all = true;
      this.write().then(() => this.list.querySelectorAll("input")[FEW]?.focus());
    }

    choose(id, isChosen) {
      const { state, go } = this.page;
      const kept = this.chosen.filter((one) => one !== id);
      go({ filters: { ...state.filters, [this.dimension.name]: isChosen ? [...kept, id] : kept } });
    }

    show(facet) {
      this.facet = facet;
      this.number.textContent = this.chosen.length ? number(this.chosen.length) : "";
      for (const key of ["from", "to"]) {
        if (this[key] && document.activeElement !== this[key]) {
          this[key].value = this.page.state[key];
        }
      }
      return this.element.open && this.write();
    }

    count(value) {
      return this.facet ? (this.facet.counts.get(value) ?? 0) : null;
    }

    // All values that can stand in the list, in its order.
    listed() {
      const { dimension, page } = this;
      const { meta } = page.index;
      const sought = fold(this.needle);
      const isSought = (label) => fold(textOf(label)).includes(sought);
      const entries = dimension.values.map((id, value) => ({ value, id: value ? id : "none", label: labelOf(dimension, value, meta), depth: 0 }));
      const seen = entries.filter(({ value, id, label }) => this.chosen.includes(id) || (sought ? isSought(label) : this.count(value) !== 0));
      if (dimension.name === "place") {
        return this.tree(entries, new Set(seen), sought);
      }
      const isOrdered = ["year", "amount"].includes(dimension.name);
      return isOrdered || !this.facet ? seen : seen.sort((a, b) => this.count(b.value) - this.count(a.value));
    }

    // Places below the places around them. Without a search those of the first two levels, and what is inside a chosen one.
    tree(entries, seen, sought) {
      const { parents = [] } = this.dimension;
      const inside = Map.groupBy ? Map.groupBy(entries, ({ value }) => parents[value] || 0) : new Map();
      const out = [];
      const walk = (entry, depth, isInChosen) => {
        const children = (entry.value && inside.get(entry.value)) || [];
        const at = out.length;
        const isChosen = this.chosen.includes(entry.id);
        children.forEach((child) => walk(child, depth + 1, isChosen));
        if (seen.has(entry) && (sought || this.all || depth < 2 || isInChosen || isChosen) || out.length > at) {
          out.splice(at, 0, { ...entry, depth });
        }
      };
      entries.filter(({ value }) => !parents[value]).forEach((entry) => walk(entry, 0, false));
      return out;
    }

    async filed() {
      const { dimension, page } = this;
      const found = await page.index.search(dimension.name, this.needle, this.needle ? LIMIT : FEW);
      const entries = found.map((one) => ({ ...one, label: one.names, depth: 0 }));
      const chosen = await Promise.all(this.chosen.map((id) => describe(page.index, dimension, id)));
      return [...chosen, ...entries.filter(({ id }) => !this.chosen.includes(id))];
    }

    async write() {
      const turn = (this.turn += 1);
      const isListed = this.dimension.kind === "listed";
      const entries = isListed ? this.listed() : await this.filed();
      if (turn !== this.turn) {
        return; // a newer list was written meanwhile
      }
      const few = this.box && !this.all && !this.needle ? FEW : LIMIT * 4;
      const shown = entries.filter(({ id }, at) => at < few || this.chosen.includes(id));
      const focused = this.list.contains(document.activeElement) && document.activeElement.value;
      const lines = shown.map((entry) => this.line(entry));
      this.list.replaceChildren(...(lines.length ? lines : [make("li", { class: "soft", text: say("Nothing fits here.") })]));
      this.more.hidden = shown.length === entries.length;
      if (focused) {
        [...this.list.querySelectorAll("input")].find(({ value }) => value === focused)?.focus();
      }
    }

    line({ value, id, label, depth }) {
      const count = this.count(value);
      const input = make("input", { type: "checkbox", value: id, onchange: ({ target }) => this.choose(id, target.checked) });
      input.checked = this.chosen.includes(id);
      const said = count === null ? "…" : this.facet.exact ? number(count) : say("at least {number}", { number: number(count) });
      return make(
        "li",
        { class: `filter__value filter__value--${Math.min(depth, 4)}` },
        make("label", { class: "filter__label" }, input, make("span", { class: "filter__words" }, nodeOf(label)), " ", make("span", { class: "filter__count", text: said })),
      );
    }
  }

  explorer.filters = (host, page) => {
    const { dimensions } = page.index.meta;
    const isUseful = ({ name, constant }) => constant == null || page.state.filters[name];
    const filters = SHOWN.flatMap((key) => dimensions.filter((one) => one.name === key && isUseful(one))).map((one) => new Filter(one, page));
    host.replaceChildren(...filters.map(({ element }) => element));
    return {
      wanted: () => filters.filter(({ element }) => element.open).map(({ dimension }) => dimension.name),
      show: ({ facets }) => filters.forEach((filter) => filter.show(facets[filter.dimension.name])),
    };
  };
  explorer.describe = async (index, key, id) => {
    const dimension = index.meta.dimensions.find((one) => one.name === key);
    return dimension ? textOf((await describe(index, dimension, id)).label) : id;
  };
}
