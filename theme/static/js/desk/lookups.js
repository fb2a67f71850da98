// Labels and names -> the codes and identifiers of records. What is only likely is proposed, never taken.
// See plugins/portal/desk/lookups.py.
{
  const { say } = desk;
  const constants = () => desk.constants("lookups");

  // The columns that hold a record's names; that of the language first.
  desk.nameColumns = (target, language) => {
    const isOther = (name) => Number(!name.endsWith(`_${language}`));
    return desk.namesOf(target).sort((one, other) => isOther(one) - isOther(other));
  };

  // The records of a table by what people call them.
  desk.Lookup = class Lookup {
    constructor(target, language, arriving) {
      this.target = target;
      this.language = language;
      this.keys = new Set(); // in the order of the table
      this.labels = new Map(); // key -> name in the reader's language, else in any
      this.names = new Map(desk.rules.known[target.name]); // folded name -> keys
      this.found = new Map(); // what was looked up before
      this.columns = desk.nameColumns(target, language);
      for (const { values } of desk.rules.records[target.name].records) {
        this.label(values[target.primaryKey], this.columns.map((column) => values[column]));
      }
      arriving.forEach((cells) => this.add(cells));
    }

    // A record that comes with the file.
    add(cells) {
      const key = cells[this.target.primaryKey];
      if (!key) {
        return;
      }
      const names = this.columns.map((column) => cells[column]);
      this.label(key, names);
      for (const name of names) {
        const folded = desk.fold(name ?? "");
        const keys = this.names.get(folded) ?? [];
        if (folded && !keys.includes(key)) {
          this.names.set(folded, [...keys, key]);
        }
      }
    }

    label(key, names) {
      this.keys.add(key);
      this.labels.has(key) || this.labels.set(key, names.find(Boolean) ?? key);
    }

    // The key of the one record that the text names; empty when there is none, or more than one.
    keyOf(text) {
      if (this.keys.has(text)) {
        return text;
      }
      const keys = this.names.get(desk.fold(text)) ?? [];
      if (keys.length === 1) {
        return keys[0];
      }
      const labelled = desk.fullMatch(constants().LABELLED, text);
      const key = labelled && desk.strip(labelled[2]);
      if (!keys.length && this.keys.has(key)) {
        const called = this.names.get(desk.fold(labelled[1])) ?? [];
        return !called.length || called.includes(key) ? key : "";
      }
      return "";
    }

    // The key, or what is wrong. `budget` is how many names may still be compared in the sheet.
    read(text, budget) {
      if (!this.found.has(text)) {
        const key = this.keyOf(text);
        this.found.set(text, key ? { text: key } : this.unknown(text, budget));
      }
      return this.found.get(text);
    }

    unknown(text, budget) {
      const keys = this.names.get(desk.fold(text)) ?? [];
      const table = desk.words(this.target.title, this.language);
      const value = desk.shown(text);
      if (keys.length) {
        const what = say("Several records of “{table}” are called “{value}”.", { table, value });
        return { what, fix: say("Write one of {identifiers}.", { identifiers: keys.join(", ") }) };
      }
      if (desk.rules.records[this.target.name].isLeftOut) {
        return { text }; // as it is written: it may be an identifier or a name of a record that is not here
      }
      const what = this.target.isCodelist
        ? say("“{value}” is not in the list of allowed values, {table}.", { value, table })
        : say("“{table}” has no record called “{value}”.", { table, value });
      return { what, fix: this.fix(this.likely(text, budget)) };
    }

    fix(likely) {
      if (this.target.isCodelist) {
        if (likely.length) {
          return say("Did you mean “{likely}”?", { likely: this.labels.get(likely[0]) });
        }
        if (this.keys.size <= desk.constants("sentences").LISTED) {
          const labels = new Set([...this.keys].map((key) => this.labels.get(key)));
          return say("Allowed values: {values}.", { values: [...labels].join(", ") });
        }
      } else if (likely.length === 1) {
        return say("Did you mean “{likely}”?", { likely: this.withKey(likely[0]) });
      } else if (likely.length) {
        const named = likely.map((key) => this.withKey(key)).join("; ");
        return say("Likely ones are: {likely}. Write one of them if it is meant.", { likely: named });
      }
      return say("Add the record there, or correct the value here.");
    }

    withKey(key) {
      const label = this.labels.get(key);
      return label === key ? key : `${label} (${key})`;
    }

    // Keys of the records whose names are most like the text, the likeliest first.
    likely(text, budget) {
      const { LIKELY, PROPOSED, LONGEST_SEARCHED } = constants();
      const word = desk.fold(text);
      const count = this.names.size + this.keys.size;
      const isTooMuch = desk.length(word) > LONGEST_SEARCHED || count > desk.constants("sentences").SEARCHED;
      if (!word || isTooMuch || !budget.take(count)) {
        return [];
      }
      const matcher = new desk.SequenceMatcher(word);
      const scores = new Map();
      const candidates = [...this.names, ...[...this.keys].map((key) => [desk.fold(key), [key]])];
      for (const [name, keys] of candidates.filter(([one]) => desk.length(one) <= LONGEST_SEARCHED)) {
        matcher.setA(name);
        if (matcher.realQuickRatio() >= LIKELY && matcher.quickRatio() >= LIKELY) {
          const score = matcher.ratio();
          keys.forEach((key) => scores.set(key, Math.max(scores.get(key) ?? 0, score)));
        }
      }
      const likely = [...scores].filter(([, score]) => score >= LIKELY);
      likely.sort((one, other) => other[1] - one[1] || desk.order(one[0], other[0]));
      return likely.slice(0, PROPOSED).map(([key]) => key);
    }
  };

  // How many names may still be compared, so that a sheet full of unknown names stays quick.
  desk.Budget = class Budget {
    left = constants().COMPARED;

    take(names) {
      if (names > this.left) {
        return false;
      }
      this.left -= names;
      return true;
    }
  };
}
