// How the explorer looks at words. See plugins/portal/explorer/fold.py, which says why; a test compares both.
{
  const SHORTEST = 2; // letters of a word that is kept
  const STAYS = 3; // letters in which two words must be alike, to be forms of one
  // A function that puts other letters in the place of these.
  const swapping = (letters) => {
    const any = new RegExp(Object.keys(letters).join("|"), "g");
    return (text) => text.replace(any, (found) => letters[found]);
  };
  const FROM = "abcdefghijklmnopqrstuvwxyzıэщыөүңієґқғәұһ";
  const TO = "абкдефгхижклмнопкрстуввхизиешиоуниегкгаух";
  const lettersOf = swapping({ sh: "ш", zh: "ж", kh: "х", ch: "ч", ce: "тсе", ci: "тси", cy: "тси", ya: "я", yu: "ю", yo: "е", ye: "е", our: "ор", ц: "тс", ...Object.fromEntries([...FROM].map((letter, at) => [letter, TO[at]])) });
  const joined = swapping({ дж: "ж", шч: "ш", нг: "н", иа: "я", иу: "ю" });
  const WORDS = /[\p{L}\p{N}]+(?:['’ʼ`][\p{L}\p{N}]+)*/gu;
  const SIGNS = /[^\p{L}\p{N}]|[ъь]/gu;
  const ACCENTS = /[\u0300-\u036f]/g;
  const HOOKS = /[\u0327\u030c]/g;
  const LAST_J = /(?<=[aeiouy])j$/;
  const TWICE = /(\P{Nd})\1+/gu;

  const fold = (word) => {
    const plain = word.normalize("NFKD").toLowerCase().replace(HOOKS, "h").replace(LAST_J, "i");
    return joined(lettersOf(plain).replace(SIGNS, "").replace(TWICE, "$1")).replace(TWICE, "$1");
  };

  // The words of a text as they are written.
  const splitWords = (text) =>
    (text.normalize("NFC").replace(ACCENTS, "").match(WORDS) ?? []).filter((word) => [...word].length >= SHORTEST);

  const wordsOf = (text) => splitWords(text).map(fold).filter(Boolean);

  // The forms of a folded word, cut off: it begins like them, and both end as words of one language do.
  // begin: what they begin with, but for those that are too short to have another ending; fits(key): whether it is one of
  // them, or has more behind the word.
  const formsOf = (word, cut) => {
    const stems = Object.values(explorer.words.endings).flatMap((of) => of.filter((ending) => word.endsWith(ending) && word.length - ending.length >= SHORTEST).map((ending) => [word.slice(0, word.length - ending.length), of]));
    const forms = new Set(stems.flatMap(([stem, of]) => (stem.length < STAYS ? stem : of.map((ending) => (stem + ending).slice(0, cut)))));
    const begin = stems.reduce((least, [stem]) => (stem.length < STAYS || stem.length > least.length ? least : stem), word);
    return { begin: begin.slice(0, cut), forms, fits: (key) => forms.has(key) || key.startsWith(word.slice(0, cut)) };
  };

  Object.assign(explorer, { fold, splitWords, wordsOf, formsOf });
}
