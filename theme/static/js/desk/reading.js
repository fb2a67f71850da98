// What a cell shows as text, and what reading it comes to: {text}, {text, currency} or {what, fix}.
// See plugins/portal/desk/reading.py and numbers.py.
{
  const { say } = desk;
  const EMPTY = { text: "" };
  const BEGINS_A_WORD = /^[\p{L}\p{N}]/u;
  const ASCII = /^[\0-\x7f]*$/;
  const isText = (cell) => typeof cell === "string";

  desk.EMPTY = EMPTY;

  // What the cell says: blanks of one kind, none around it, line breaks within it kept.
  desk.shownText = (cell) => {
    if (isText(cell)) {
      const { BLANKS, INVISIBLE } = desk.constants("reading");
      const plain = ASCII.test(cell)
        ? cell
        : cell.replace(desk.pattern(BLANKS, "g"), " ").replace(desk.pattern(INVISIBLE, "g"), "");
      return desk.strip(plain.includes("\r") ? plain.replace(/\r\n?/g, "\n") : plain);
    }
    if (cell === null || cell === undefined) {
      return "";
    }
    if (typeof cell === "boolean") {
      return String(cell);
    }
    return cell instanceof desk.Decimal ? desk.numberText(cell) : cell.text;
  };

  // Whether the cell holds nothing, or a text of blanks alone.
  desk.isEmpty = (cell) => (isText(cell) ? !BEGINS_A_WORD.test(cell) && !desk.shownText(cell) : (cell ?? null) === null);

  // Whether a spreadsheet wrote a complaint in place of a value: #REF!, #N/A, or ##### for want of width.
  desk.showsFault = (text) => {
    if (!text.startsWith("#") || desk.length(text) < 3) {
      return false;
    }
    const rest = text.slice(1);
    if (/^#*$/.test(rest)) {
      return true;
    }
    const isShouted = /^\p{L}/u.test(rest) && rest === rest.toUpperCase() && !rest.includes(" ");
    return isShouted && (/[!?]$/.test(rest) || rest.includes("/"));
  };

  const isDash = (text) => desk.constants("reading").DASHES.includes(text);
  desk.isDash = isDash;

  const NO_UNIT = { scale: 1, currency: "" };

  // The word as it stands among the words of the rules.
  desk.keyOf = (word) => desk.fold(word) || desk.strip(word);

  // The scale and the currency that a text names and nothing else; null when it says more.
  desk.readUnit = (text) => {
    let { scale, currency } = NO_UNIT;
    const tokens = desk.unitTokens(text);
    for (let place = 0; place < tokens.length; ) {
      const [count, found] = unitAt(tokens, place);
      const isTwice = (found.scale > 1 && scale > 1) || (found.currency && currency && currency !== found.currency);
      if (!count || isTwice) {
        return null;
      }
      [scale, currency] = [Math.max(scale, found.scale), currency || found.currency];
      place += count;
    }
    return { scale, currency };
  };

  // The words of a text, folded, signs of currencies among them; any other sign stays as it is.
  desk.unitTokens = (text) => {
    const { currencies } = desk.rules.words;
    for (const sign of currencies.keys()) {
      if (text.includes(sign) && !desk.fold(sign)) {
        text = text.replaceAll(sign, ` ${sign} `);
      }
    }
    return desk.split(text).flatMap((word) => {
      if (currencies.has(word)) {
        return [word];
      }
      const folded = desk.split(desk.fold(word));
      return folded.length ? folded : /^[.,;:()[\]]*$/.test(word) ? [] : [word];
    });
  };

  // How many of the tokens from here are a unit, and which; the longest one that there is.
  const unitAt = (tokens, place) => {
    const { scales, currencies } = desk.rules.words;
    for (let count = Math.min(4, tokens.length - place); count > 0; count -= 1) {
      const word = tokens.slice(place, place + count).join(" ");
      if (scales.has(word)) {
        return [count, { ...NO_UNIT, scale: scales.get(word) }];
      }
      if (currencies.has(word)) {
        return [count, { ...NO_UNIT, currency: currencies.get(word) }];
      }
    }
    const scale = withEnding(tokens[place], scales);
    if (scale.length > desk.constants("numbers").STEM) {
      return [1, { ...NO_UNIT, scale: scales.get(scale) }];
    }
    const currency = withEnding(tokens[place], currencies);
    return currency ? [1, { ...NO_UNIT, currency: currencies.get(currency) }] : [0, NO_UNIT];
  };

  // The longest known word that this one is with an ending: “euro” of “euros”. Empty when there is none.
  const withEnding = (word, known) => {
    const { STEM } = desk.constants("numbers");
    let best = "";
    for (const one of known.keys()) {
      if (one.length >= STEM && word.startsWith(one) && word.length <= one.length + STEM && one.length > best.length) {
        best = one;
      }
    }
    return best;
  };

  // Whether the folded word stands beside a year and says nothing: “year”, “years”.
  desk.isFiller = (word) => desk.rules.words.fillers.has(word) || withEnding(word, desk.rules.words.fillers) !== "";

  // The digits of a number and what stands around them; null when it is no number. With `years`, “2019 g.” is one.
  const takeApart = (text, years = false) => {
    const { BODY, LONGEST } = desk.constants("numbers");
    const { DASHES } = desk.constants("reading");
    const found = desk.pattern(BODY).exec(text);
    if (!found || desk.length(text) > LONGEST) {
      return null;
    }
    let body = found[0];
    let before = desk.strip(text.slice(0, found.index));
    const after = desk.strip(text.slice(found.index + body.length));
    if (/[.,]$/.test(before) && /[.,]/.test(text[found.index - 1])) {
      [before, body] = [desk.strip(before.slice(0, -1)), `0${before.at(-1)}${body}`];
    }
    const minus = DASHES.some((dash) => before.startsWith(dash) || before.endsWith(dash));
    before = desk.strip(before.replace(/^[+\-–—−]+|[+\-–—−]+$/g, ""));
    if (years && before === "" && desk.split(desk.fold(after)).every((word) => desk.isFiller(word))) {
      return { minus, body, unit: NO_UNIT };
    }
    const unit = desk.readUnit(`${before} ${after}`);
    return unit && { minus, body, unit };
  };

  // Every value that the digits can have, with the decimal sign that it follows from; empty when they are no number.
  // The sign is empty where the digits show none. Two values: the sign as a decimal one, then as one of thousands.
  const valuesOf = (body) => {
    const { SPACED, GROUPED } = desk.constants("numbers");
    const matches = (pattern, text) => desk.fullMatch(pattern, text) !== null;
    const isDigits = (text) => /^\d+$/.test(text);
    const signs = body.match(/[.,]/g) ?? [];
    if (!signs.length) {
      return matches(SPACED, body) ? [[exact(body, ""), ""]] : [];
    }
    const last = signs.at(-1);
    const other = last === "." ? "," : ".";
    const [whole, rest] = [body.slice(0, body.lastIndexOf(last)), body.slice(body.lastIndexOf(last) + 1)];
    if (signs.length === 1) {
      if (!isDigits(rest) || !matches(SPACED, whole)) {
        return [];
      }
      const decimal = [exact(whole, rest), last];
      const isDoubtful = rest.length === 3 && whole.length <= 3 && isDigits(whole) && !whole.startsWith("0");
      return isDoubtful ? [decimal, [exact(whole + rest, ""), other]] : [decimal];
    }
    const isGrouped = (text) => matches(GROUPED, text) && new Set(text.replace(/\d/g, "")).size === 1;
    if (!whole.includes(last)) {
      return isGrouped(whole) && isDigits(rest) ? [[exact(whole, rest), last]] : [];
    }
    return isGrouped(body) ? [[exact(body, ""), other]] : [];
  };

  const exact = (whole, rest) => {
    const digits = whole.replace(/\D/g, "");
    return desk.decimal(rest ? `${digits}.${rest}` : digits);
  };

  // The decimal signs that the cells of a column show without doubt.
  desk.decimalSigns = (cells) => {
    const found = new Set();
    for (const text of new Set(cells.filter(isText))) {
      if (/[.,]/.test(text)) {
        const parts = takeApart(desk.shownText(text));
        const values = parts ? valuesOf(parts.body) : [];
        if (values.length === 1 && values[0][1]) {
          found.add(values[0][1]);
        }
      }
    }
    return found;
  };

  const ONE = desk.decimal("1");

  // The number in a cell, times the scale of its column. `signs` are the decimal signs that the column shows.
  desk.readNumber = (cell, isWhole, scale, signs) => {
    const { PLAIN, LONGEST } = desk.constants("numbers");
    if (cell instanceof desk.Decimal) {
      return { text: desk.numberText(cell.times(scale)) };
    }
    const text = desk.shownText(cell);
    const isUnscaled = scale.compare(ONE) === 0;
    if (isUnscaled && desk.fullMatch(PLAIN, text) && text.length <= LONGEST) {
      return { text: text === "-0" ? "0" : text };
    }
    if (!text || isDash(text)) {
      return EMPTY;
    }
    const parts = isText(cell) ? takeApart(text, isWhole) : null;
    let values = parts ? valuesOf(parts.body) : [];
    if (values.length === 2 && signs.size === 1) {
      values = values.filter(([, sign]) => signs.has(sign));
    }
    if (!values.length) {
      return noNumber(text, isWhole);
    }
    if (parts.unit.scale > 1 && !isUnscaled) {
      const what = say("“{value}” names a unit, and so does the title of the column.", { value: desk.shown(text) });
      return { what, fix: say("Write the unit in one of the two places.") };
    }
    const factor = desk.decimal(String(parts.unit.scale));
    const sign = desk.decimal(parts.minus ? "-1" : "1");
    const numbers = values.map(([value]) => desk.numberText(value.times(factor).times(scale).times(sign)));
    if (numbers.length === 2) {
      const what = say("“{value}” can be read in two ways.", { value: desk.shown(text) });
      return { what, fix: say("Write {first} or {second}.", { first: numbers[1], second: numbers[0] }) };
    }
    return { text: numbers[0], currency: parts.unit.currency };
  };

  const noNumber = (text, isWhole) => {
    const value = desk.shown(text);
    return isWhole
      ? {
          what: say("“{value}” is not a whole number.", { value }),
          fix: say("Write digits only, such as 120, or leave the cell empty."),
        }
      : {
          what: say("“{value}” is not a number.", { value }),
          fix: say("Write digits and a full stop, such as 1950000.50, or leave the cell empty."),
        };
  };
}
