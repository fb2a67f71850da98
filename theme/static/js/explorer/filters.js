// explorer.filters(host, page): a fold for each dimension with its values and their counts. page: {index, state, parts,
// go(changes), ask()}. wanted() names the dimensions whose counts are to be seen; show(answer) writes them.
{
  const { say, number, name, named, words, wordsOf } = explorer;
  const OPEN = ["funder", "place", "year"]; // at first
  const SEARCHED = 12; // more values than these have a search box, and only the first few are shown
  const [FEW, PLACES, MOST] = [8, 30, 200];

  // Names of a value by language, or one for all.
  const labelOf = ({ bands }, { name: key, values, labels }, value) => {
    const [from, to] = [bands[value - 2], bands[value - 1]];
    return value < 1
      ? say("Not said")
      : key === "amount"
        ? from ? (to ? `${number(from)} – ${number(to)}` : `≥ ${number(from)}`) : `< ${number(to)}`
        : [{ yes: say("Yes"), no: say("No") }[values[value]], labels[value], values[value]].find((one) => one?.length);
  };

  // A value that the address names, also one that is not known: {value, id, label}.
  const describe = async ({ meta, valueNamed }, dimension, id) => {
    const isListed = dimension.kind === "listed";
    const value = id === "none" ? 0 : isListed ? dimension.values.indexOf(id, 1) : await valueNamed(dimension.name, id);
    return { id, value: value?.value ?? value, label: value?.names ?? (value === 0 || value > 0 ? labelOf(meta, dimension, value) : id) };
  };

  // Places stand below the place around them.
  const path = (parents, value) => (value ? path(parents, parents[value]) + String.fromCharCode(value + 32) : "");

  const filter = (dimension, page) => {
    const { name: key, kind, values, parents } = dimension;
    const { index, parts } = page;
    const element = parts.filter.content.firstElementChild.cloneNode(true);
    const [summary, box, list, more] = element.children;
    let [facet, turn] = [null, 0];
    let isAll = kind === "listed" && values.length <= SEARCHED;
    const chosen = () => page.state.filters[key] ?? [];
    const count = (value) => facet?.counts.get(value) ?? 0;

    const listed = (sought) => {
      const entries = values.map((id, value) => ({ id: id || "none", value, label: labelOf(index.meta, dimension, value), path: parents ? path(parents, value) : "" }));
      const isSeen = ({ id, value, label, path }) =>
        chosen().includes(id) ||
        ((!facet || count(value)) && (sought ? sought.every((word) => wordsOf(name(label).text).some((one) => one.startsWith(word))) : isAll || path.length < 3 || chosen().includes(values[parents[value]])));
      const order = parents ? (a, b) => (a.path < b.path ? -1 : 1) : ["year", "amount"].includes(key) ? () => 0 : (a, b) => count(b.value) - count(a.value);
      return entries.filter(isSeen).sort(order);
    };

    // Those of most grants, by the counts where they are known.
    const filed = async () => {
      const most = isAll || box.value ? MOST : FEW;
      const best = facet && !box.value && [...facet.counts].filter(([value, grants]) => value && grants).sort(([, one], [, other]) => other - one);
      const found = best ? index.values(key, best.slice(0, most).map(([value]) => value)) : index.search(key, box.value, most);
      const own = [...chosen(), ...(count(0) && !box.value && !chosen().includes("none") ? ["none"] : [])].map((id) => describe(index, dimension, id));
      const others = (await found).filter(({ id, value }) => !chosen().includes(id) && (!facet?.exact || count(value)));
      return [...(await Promise.all(own)), ...others.map((one) => ({ ...one, label: one.names }))];
    };

    const line = ({ id, value, label, path = "" }) => {
      const item = parts.line.content.firstElementChild.cloneNode(true);
      const [input, words, said] = item.firstElementChild.children;
      item.classList.add(`filter__value--${box.value ? 0 : path.length}`);
      Object.assign(input, { value: id, checked: chosen().includes(id) });
      input.addEventListener("change", () => {
        const others = chosen().filter((one) => one !== id);
        page.go({ filters: { ...page.state.filters, [key]: input.checked ? [...others, id] : others } });
      });
      words.append(named(label));
      said.textContent = facet ? (facet.exact ? number(count(value)) : say("at least {number}", { number: number(count(value)) })) : "…";
      return item;
    };

    const write = async () => {
      const mine = (turn += 1);
      const sought = box.value && wordsOf(box.value);
      const entries = await (kind === "listed" ? listed(sought) : filed());
      if (mine !== turn) {
        return;
      }
      const few = isAll || sought ? MOST : parents ? PLACES : FEW;
      const shown = entries.filter(({ id }, at) => at < few || chosen().includes(id));
      const focused = list.contains(document.activeElement) && document.activeElement.value;
      list.replaceChildren(...shown.map(line));
      focused && [...list.querySelectorAll("input")].find(({ value }) => value === focused)?.focus();
      more.hidden = isAll || Boolean(sought) || shown.length >= dimension.size - 1;
    };

    summary.prepend(words.labels[key]);
    box.hidden = isAll;
    box.addEventListener("input", write);
    more.addEventListener("click", () => {
      isAll = true;
      write().then(() => list.querySelectorAll("input")[FEW]?.focus());
    });
    if (key === "amount") {
      element.append(parts.range);
      parts.range.hidden = false;
    }
    element.open = OPEN.includes(key) || chosen().length > 0;
    element.addEventListener("toggle", () => element.open && !page.asked.includes(key) && page.ask());

    const show = (answer) => {
      facet = answer.facets[key];
      summary.lastElementChild.textContent = chosen().length || "";
      element.open && write();
    };
    return { key, element, show };
  };

  explorer.filters = (host, page) => {
    const isUseful = ({ name, constant }) => words.labels[name] && (constant === null || page.state.filters[name]);
    const filters = page.index.meta.dimensions.filter(isUseful).map((one) => filter(one, page));
    host.replaceChildren(...filters.map(({ element }) => element));
    return {
      wanted: () => filters.filter(({ element }) => element.open).map(({ key }) => key),
      show: (answer) => filters.forEach((one) => one.show(answer)),
    };
  };

  explorer.describe = async (index, key, id) => {
    const dimension = index.meta.dimensions.find((one) => one.name === key);
    return dimension ? name((await describe(index, dimension, id)).label).text : id;
  };
}
