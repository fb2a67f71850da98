// Days, months and years as people write them: 05.11.2019; 5/11/2019; 5 November 2019; 2019. Never guessed.
// See plugins/portal/desk/days.py.
{
  const { say } = desk;
  const EPOCH = Date.UTC(1899, 11, 30); // day 0 of the serial days of spreadsheets, from March 1900 on
  const DAY = 86_400_000; // milliseconds
  const constants = () => desk.constants("days");
  const matched = (name, text) => desk.fullMatch(constants()[name], text);

  // The day in a cell. `isPartial`: a month or a year will do. `order` is that of the parts where slashes divide them.
  desk.readDay = (cell, isPartial, order) => {
    if (cell instanceof desk.Day) {
      return { text: cell.text };
    }
    if (cell instanceof desk.Decimal) {
      return readSerial(cell, isPartial);
    }
    const text = desk.shownText(cell);
    if (!text || desk.isDash(text)) {
      return desk.EMPTY;
    }
    if (matched("SERIAL", text)) {
      return readSerial(desk.decimal(text), isPartial);
    }
    const read = typeof cell === "string" ? daysOf(text, order) : { days: [] };
    const value = desk.shown(text);
    if (read.isShort) {
      const what = say("The year of “{value}” has two digits only.", { value });
      return { what, fix: say("Write the year with four digits.") };
    }
    const days = read.days.map(written).filter(Boolean);
    if (days.length === 2) {
      const what = say("“{value}” can be read in two ways.", { value });
      return { what, fix: say("Write {first} or {second}.", { first: days[0], second: days[1] }) };
    }
    return !days.length || (!isPartial && days[0].length < 10) ? noDay(text, isPartial) : { text: days[0] };
  };

  const readSerial = (cell, isPartial) => {
    const { FIRST_YEAR, LAST_YEAR, FIRST_SERIAL, LAST_SERIAL } = constants();
    const value = Number(cell.toString());
    if (isPartial && Number.isInteger(value) && value >= FIRST_YEAR && value <= LAST_YEAR) {
      return { text: String(value) };
    }
    if (value >= FIRST_SERIAL && value <= LAST_SERIAL) {
      return { text: new Date(EPOCH + Math.trunc(value) * DAY).toISOString().slice(0, 10) };
    }
    return noDay(desk.shownText(cell), isPartial);
  };

  const noDay = (text, isPartial) => {
    const value = desk.shown(text);
    const what = isPartial
      ? say("“{value}” is not a day, month or year.", { value })
      : say("“{value}” is not a day of the calendar.", { value });
    return { what, fix: say("Write year, month and day, such as 2019-11-05.") };
  };

  // Every day that the text can mean. Where the parts can be taken in two ways and nothing decides, there are two.
  const daysOf = (text, order) => {
    const whole = matched("ISO", text) ?? matched("YEAR_FIRST", text);
    if (whole) {
      return { days: [whole.slice(1, 4).map((part) => Number(part ?? 0))] };
    }
    const isFiller = (word) => word === undefined || desk.isFiller(desk.fold(word));
    const three = matched("THREE", text);
    if (three && isFiller(three[5])) {
      return threeParts(three, order);
    }
    const month = matched("MONTH_YEAR", text);
    if (month && isFiller(month[3])) {
      const number = Number(month[1]);
      return { days: number >= 1 && number <= 12 ? [[Number(month[2]), number, 0]] : [] };
    }
    return { days: inWords(text) };
  };

  // The days of three numbers; full stops divide day, month and year, whatever the other cells show.
  const threeParts = (parts, order) => {
    const [first, sign, second, year] = [Number(parts[1]), parts[2], Number(parts[3]), Number(parts[4])];
    const isShort = parts[4].length === 2;
    const [dayFirst, monthFirst] = [
      [year, second, first],
      [year, first, second],
    ];
    if (sign === "." || order === "dmy" || first > 12 || first === second) {
      return { days: [dayFirst], isShort };
    }
    return { days: order === "mdy" || second > 12 ? [monthFirst] : [dayFirst, monthFirst], isShort };
  };

  // “5 November 2019”, “November 2019”, “2019 g.”: a year, perhaps a month by its name, perhaps a day.
  const inWords = (text) => {
    if (desk.length(text) > constants().LONGEST) {
      return [];
    }
    let [year, month, day] = [0, 0, 0];
    for (const word of desk.split(desk.fold(text))) {
      const token = word.replace(desk.pattern(constants().ORDINAL), "$1");
      const number = /^\d+$/.test(token) ? Number(token) : 0;
      const isFiller = desk.isFiller(token);
      const named = number || isFiller ? 0 : monthCalled(token);
      const { length } = [...token];
      if (number && length === 4 && !year) {
        year = number;
      } else if (number && length <= 2 && !day) {
        day = number;
      } else if (named && !month) {
        month = named;
      } else if (number || named || (!isFiller && (length > 2 || !/^\p{L}+$/u.test(token)))) {
        return [];
      }
    }
    const isBare = !month && !day && !/\p{L}/u.test(text);
    return !year || (day && !month) || isBare ? [] : [[year, month, day]];
  };

  // The month that the folded word names, also with another ending than in the calendar; 0 when it names none.
  const monthCalled = (word) => {
    const { months } = desk.rules.words;
    if (months.has(word)) {
      return months.get(word);
    }
    let best = 0;
    let found = new Set();
    for (const [name, month] of months) {
      const common = commonLength(word, name);
      const isEnough = common >= 3 && common >= name.length - 1 && word.length - common <= constants().ENDING;
      if (isEnough && common >= best) {
        found = common > best ? new Set([month]) : found.add(month);
        best = common;
      }
    }
    return found.size === 1 ? [...found][0] : 0;
  };

  const commonLength = (one, other) => {
    let length = 0;
    while (length < Math.min(one.length, other.length) && one[length] === other[length]) {
      length += 1;
    }
    return length;
  };

  // The day as far as it is known, or nothing when the calendar does not have it.
  const written = (parts) => {
    const [year, ...others] = parts.filter((part, at) => at === 0 || part);
    const text = [String(year).padStart(4, "0"), ...others.map((part) => String(part).padStart(2, "0"))].join("-");
    return desk.isoDay(year, others[0] ?? 1, others[1] ?? 1) ? text : "";
  };

  // The order that the cells of a column show without doubt where slashes or hyphens divide the parts.
  desk.orderOf = (cells) => {
    const found = new Set();
    for (const text of new Set(cells.filter((cell) => typeof cell === "string"))) {
      const three = matched("THREE", desk.shownText(text));
      if (three && three[2] !== ".") {
        const [first, second] = [Number(three[1]), Number(three[3])];
        if (first > 12 && first <= 31 && second <= 12) {
          found.add("dmy");
        } else if (second > 12 && second <= 31 && first <= 12) {
          found.add("mdy");
        }
      }
    }
    return found.size === 1 ? [...found][0] : null;
  };
}
