// What the page says: sentences, numbers, money, days and names in its language. The words come from the page itself.
{
  const GAP = "\u00a0";
  const words = JSON.parse(document.getElementById("explorer-words").textContent);
  const { language, languages, sentences } = words;
  const rules = new Intl.PluralRules([language, "en"]); // a browser without the language counts as English does

  const fill = (template, values = {}) => template.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

  const say = (sentence, values) => fill(sentences[sentence] ?? sentence, values);

  // The form of a sentence that goes with a count; {number} in it is the count.
  const many = (one, others, count, values) => {
    const forms = sentences[one] ?? { one, other: others };
    return fill(forms[rules.select(Number(count))] ?? forms.other ?? forms, { number: number(count), ...values });
  };

  // A template with elements in the place of {names}.
  const filled = (template, nodes) =>
    explorer.make("span", {}, ...template.split(/\{(\w+)\}/).map((part, at) => (at % 2 ? nodes[part] : part)));

  // 1950000.5 -> 1,950,000.5, of a number or of its text, without loss.
  const number = (value) => {
    const [whole, part] = String(value).split(".");
    return whole.replace(/\B(?=(\d{3})+$)/g, words.group) + (part ? words.decimal + part : "");
  };

  const currency = (code) => GAP + (words.currencies[code] ?? code);
  const money = (amount, code) => number(amount) + currency(code);

  // 43.8 million where that says the same as all the digits, else the digits.
  const shortMoney = (amount, code) => {
    const [power, template] = Object.entries(words.shortNumbers ?? {}).findLast(([power]) => amount >= 10 ** power) ?? [];
    return template && amount % 10000 === 0
      ? fill(template, { n: number(Math.round(amount / 10 ** (power - 2)) / 100) }) + currency(code)
      : money(amount, code);
  };

  // 18 July 2019; July 2019; 2019.
  const day = (text) => {
    const [y, month, d] = text.split("-");
    return month ? fill(words.days[d ? "full" : "month"][month - 1], { d: Number(d), y }) : text;
  };

  // What is named in several languages: in the page's, else in the first that has words. `lang` is null when it is the page's.
  const name = (names) => {
    const own = names[languages.indexOf(language)];
    const at = names.findIndex(Boolean);
    return own || at < 0 ? { text: own ?? "", lang: null } : { text: names[at], lang: languages[at] };
  };

  const named = (names) => {
    const { text, lang } = name(names);
    const { make } = explorer;
    return lang
      ? make("span", {}, make("span", { lang, text }), " ", make("span", { class: "lang-note", text: words.languageNames[lang] }))
      : make("span", { text });
  };

  // The texts of a field that has a column a language.
  const texts = (values, field) => languages.map((one) => values[`${field}_${one}`] ?? "");

  Object.defineProperty(explorer, "name", { value: name }); // a function has a name of its own, not to be assigned
  Object.assign(explorer, { words, say, many, filled, number, money, shortMoney, day, named, texts });
}
