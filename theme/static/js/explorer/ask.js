// explorer.parse(text): what a person typed as the terms of a question. Words, “phrases”, -words and field:value.
{
  const { say, words, fold, splitWords, stem } = explorer;
  const LONGEST = 200; // signs of a question
  const MOST = 12; // terms
  const TEXTS = ["title", "description", "id"]; // fields that are looked through as texts
  const TERM = /([-−–]?)(?:([\p{L}_]+):(?=\S))?(?:["“”„«]([^"“”„«»]*)["“”»]?|(\S+))/gu;

  // The name of a field by its name in the data or on the page.
  const fieldOf = (typed) => {
    const { labels = {}, fieldLabels = {}, language } = words;
    const known = [...TEXTS.map((name) => [name, fieldLabels[name] ?? fieldLabels[`${name}_${language}`]]), ...Object.entries(labels)];
    return known.find((names) => names.some((name) => name && fold(name) === fold(typed)))?.[0];
  };

  const termsOf = ([whole, minus, name = "", phrase, plain = ""]) => {
    const field = name && fieldOf(name);
    const typed = phrase ?? (name && !field ? `${name}:${plain}` : plain);
    const raw = splitWords(typed).filter(fold);
    const folded = raw.map(fold);
    const exact = phrase === undefined ? null : folded.join(" ");
    const term = { words: exact === null ? folded.map((word) => stem(word, words.endings)) : folded, raw, exact, not: Boolean(minus), field: field || null, typed };
    if (!raw.length && !field) {
      return [];
    }
    // Words that are written together, as 3-year-old, are words of their own, unless the sign before or the field is for all.
    return term.exact !== null || term.not || field ? [term] : raw.map((one, at) => ({ ...term, words: [term.words[at]], raw: [one], typed: one }));
  };

  explorer.parse = (text) => {
    const whole = text.normalize("NFC").trim();
    const terms = [...whole.slice(0, LONGEST).matchAll(TERM)].flatMap(termsOf);
    const faults = [];
    if (whole.length > LONGEST) {
      faults.push(say("Only the first {number} signs are searched for.", { number: LONGEST }));
    }
    if (terms.length > MOST) {
      const left = terms.slice(MOST).map(({ typed }) => typed).join(" ");
      faults.push(say("Only the first {number} words are searched for. Left out: {words}.", { number: MOST, words: left }));
    }
    return { terms: terms.slice(0, MOST), faults };
  };
}
