// What the page says: sentences, numbers, money, days and names in its language. The words come from the page itself.
{
  const words = JSON.parse(document.getElementById("explorer-words").textContent);
  const { language, languages, sentences } = words;
  const { make } = explorer;
  const rules = new Intl.PluralRules([language, "en"]); // a browser without the language counts as English does

  const fill = (template, values = {}) => template.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

  const say = (sentence, values) => fill(sentences[sentence] ?? sentence, values);

  // The form that goes with a count; {number} in it is the count.
  const many = (one, other, count, values) => {
    const forms = sentences[one] ?? { one, other };
    return fill(forms[rules.select(count)] ?? forms.other, { number: number(count), ...values });
  };

  // A template with elements in the place of {names}.
  const filled = (template, nodes) => make("span", {}, ...template.split(/\{(\w+)\}/).map((part, at) => (at % 2 ? nodes[part] : part)));

  // 1950000.5 -> 1,950,000.5, of a number or its text, without loss.
  const number = (value) => {
    const [whole, part] = String(value).split(".");
    return whole.replace(/\B(?=(\d{3})+$)/g, words.group) + (part ? words.decimal + part : "");
  };

  const withCurrency = (said, code) => `${said}\u00a0${words.currencies[code] ?? code}`;
  const money = (amount, code) => withCurrency(number(amount), code);

  // 43.8 million where that says the same as all the digits, else the digits.
  const shortMoney = (amount, code) => {
    const [power, template] = (amount % 1e4 === 0 && Object.entries(words.shortNumbers).findLast(([power]) => amount >= 10 ** power)) || [];
    return template ? withCurrency(fill(template, { n: number(Math.round(amount / 10 ** (power - 2)) / 100) }), code) : money(amount, code);
  };

  // 18 July 2019; July 2019; 2019.
  const day = (text) => {
    const [y, month, d] = text.split("-");
    return month ? fill(words.days[d ? "full" : "month"][month - 1], { d: Number(d), dd: d, y }) : text;
  };

  // Names by language, or one for all -> the page's, else the first that there is with its language.
  const name = (names) => {
    const own = typeof names === "string" ? names : names[languages.indexOf(language)];
    const at = own ? -1 : names.findIndex(Boolean);
    return { text: own || names[at] || "", lang: languages[at] ?? null };
  };

  const named = (names) => {
    const { text, lang } = name(names);
    return lang
      ? make("span", {}, make("span", { lang, text }), " ", make("span", { class: "lang-note", text: words.languageNames[lang] }))
      : make("span", { text });
  };

  // The texts of a field that has a column a language.
  const texts = (values, field) => languages.map((one) => values[`${field}_${one}`] ?? "");

  Object.defineProperty(explorer, "name", { value: name }); // a function has a name of its own, not to be assigned
  Object.assign(explorer, { words, say, many, filled, number, money, shortMoney, day, named, texts });
}
