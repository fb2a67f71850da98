// explorer.parse(text): what a person typed as the terms of a question: words, “phrases”, -words and field:value.
{
  const { say, words, fold, splitWords } = explorer;
  const LONGEST = 200; // signs of a question
  const MOST = 12; // terms
  const TEXTS = ["title", "description", "id"];
  const TERM = /([-−–]?)(?:([\p{L}_]+):(?=\S))?(?:["“”„«]([^"“”„«»]*)["“”»]?|(\S+))/gu;

  // The field that is called so in the data or on the page.
  const fieldOf = (typed) => {
    const { labels = {}, fieldLabels = {}, language } = words;
    const names = { ...Object.fromEntries(TEXTS.map((name) => [name, fieldLabels[name] ?? fieldLabels[`${name}_${language}`]])), ...labels };
    return Object.keys(names).find((name) => typed && [name, names[name] ?? ""].some((one) => fold(one) === fold(typed))) ?? null;
  };

  const termsOf = ([, minus, name, phrase, plain = ""]) => {
    const field = fieldOf(name);
    const typed = phrase ?? (name && !field ? `${name}:${plain}` : plain);
    const raw = splitWords(typed).filter(fold);
    const folded = raw.map(fold);
    const isPhrase = phrase !== undefined;
    const term = { words: folded, raw, exact: isPhrase ? folded.join(" ") : null, not: minus !== "", field, typed };
    if (isPhrase || term.not || field) {
      return raw.length || field ? [term] : [];
    }
    return raw.map((one, at) => ({ ...term, words: [folded[at]], raw: [one], typed: one })); // 3-year-old
  };

  explorer.parse = (text) => {
    const all = [...text.slice(0, LONGEST).matchAll(TERM)].flatMap(termsOf);
    const telling = all.filter(({ raw, exact, not, field }) => exact !== null || not || field || !words.passedOver.includes(fold(raw[0])));
    const terms = telling.length ? telling : all;
    const left = terms.splice(MOST).map(({ typed }) => typed).join(" ");
    const faults = [
      text.length > LONGEST && say("Only the first {number} signs are searched for.", { number: LONGEST }),
      left && say("Only the first {number} words are searched for. Left out: {words}.", { number: MOST, words: left }),
    ];
    return { terms, faults: faults.filter(Boolean) };
  };
}
