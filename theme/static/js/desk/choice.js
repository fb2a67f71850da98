// Which record a row means. The five rules stand in plugins/portal/desk/choice.py.
{
  const { say } = desk;
  const MOST_COMPARED = 1_000; // records of one identity that are searched for the one that would not change

  const grouped = (pairs) => {
    const found = new Map();
    for (const [key, value] of pairs) {
      found.has(key) ? found.get(key).push(value) : found.set(key, [value]);
    }
    return found;
  };

  // The records of a table, by what they can be found.
  class Records {
    constructor({ resource, records, isLeftOut }) {
      this.resource = resource;
      this.isLeftOut = isLeftOut;
      this.key = resource.primaryKey;
      this.empty = Object.fromEntries(resource.fieldNames.map((name) => [name, ""]));
      this.automatic = resource.fields.filter((field) => field.automatic);
      this.byId = new Map(records.map((record) => [record.text[this.key], record]));
      this.byFoldedId = new Map([...this.byId.keys()].map((id) => [desk.casefold(id), id]));
      this.texts = resource.identity.filter((name) => resource.prose.includes(name));
      this.facts = resource.identity.filter((name) => !resource.prose.includes(name));
    }

    // Identity -> identifiers of the records that have it, in the order of the table.
    get byIdentity() {
      const key = ({ text }) => JSON.stringify(desk.identityOf(text, this.resource));
      this.madeIdentities ??= grouped([...this.byId].map(([id, record]) => [key(record), id]));
      return this.madeIdentities;
    }

    // Field and folded text -> identifiers of the records that say so.
    get byText() {
      const pairs = ([id, { text }]) =>
        this.texts.filter((name) => text[name]).map((name) => [`${name} ${desk.fold(text[name])}`, id]);
      this.madeTexts ??= grouped([...this.byId].flatMap(pairs));
      return this.madeTexts;
    }

    isAutomatic(name) {
      return Boolean(this.resource.byName[name].automatic);
    }

    // Whether the row says anything else than the record.
    wouldChange(row, id) {
      const recorded = this.byId.get(id).text;
      const isGiven = (name) => name !== this.key && !this.isAutomatic(name);
      return Object.keys(row.cells).some((name) => isGiven(name) && row.cells[name] !== recorded[name]);
    }

    // Whether one of these fields, or a text that both have, is another in the record.
    contradicts(row, id, facts) {
      const recorded = this.byId.get(id).text;
      const differs = (name) =>
        recorded[name] && name in row.cells && desk.fold(row.cells[name]) !== desk.fold(recorded[name]);
      return facts.some((name) => (row.cells[name] ?? "") !== recorded[name]) || this.texts.some(differs);
    }
  }

  // The records chosen so far. One step after the other, each for the rows that are left.
  class Choice {
    constructor(rows, records) {
      this.rows = rows;
      this.records = records;
      this.ids = new Map(); // place of the row -> identifier
      this.taken = new Map(); // identifier, case folded -> the row that has it
      this.problems = rows.map(() => []);
      this.left = new Map(); // key of an identity -> the identity, and places of rows without a record
      this.byGivenIdentifiers();
      this.byIdentity();
      this.byMadeIdentifiers();
      this.byCommonText();
      this.makeNew();
    }

    // Rule 1; and who is left for the other rules: no row whose identity or identifier could not be read.
    byGivenIdentifiers() {
      const { key, resource } = this.records;
      const decisive = new Set([key, ...resource.identity]);
      this.rows.forEach((row, number) => {
        const given = row.cells[key];
        if (given !== undefined) {
          const problem = this.unusable(row, given);
          problem ? this.problems[number].push(problem) : this.take(number, given);
        } else if (!row.problems.some((one) => one.level === "error" && decisive.has(one.field))) {
          const identity = desk.identityOf(row.cells, resource);
          const place = JSON.stringify(identity);
          this.left.has(place) || this.left.set(place, { identity, digest: desk.digestOf(identity), numbers: new Set() });
          this.left.get(place).numbers.add(number);
        }
      });
    }

    unusable(row, given) {
      const other = this.taken.get(desk.casefold(given));
      if (other) {
        const what = say("The identifier “{value}” is already used in sheet “{sheet}”, row {row}.", {
          value: given,
          sheet: other.sheet,
          row: other.number,
        });
        const fix = say("Give one of the two records another identifier, or delete the one that is there twice.");
        return this.problem(row, what, fix);
      }
      const recorded = this.records.byFoldedId.get(desk.casefold(given)) ?? given;
      if (recorded !== given) {
        const values = { value: given, other: recorded };
        const what = say("The identifier “{value}” differs from “{other}” only in capital letters.", values);
        return this.problem(row, what, say("Write “{other}”, or another identifier.", { other: recorded }));
      }
      return null;
    }

    // Rule 2.
    byIdentity() {
      for (const [place, { numbers }] of this.left) {
        const known = this.records.byIdentity.get(place) ?? [];
        let free = known.filter((one) => !this.taken.has(desk.casefold(one)));
        if (free.length <= MOST_COMPARED) {
          for (const number of [...numbers]) {
            const found = free.find((one) => !this.records.wouldChange(this.rows[number], one));
            if (found !== undefined) {
              free = free.filter((one) => one !== found);
              this.place(place, number, found);
            }
          }
        }
        [...numbers].slice(0, free.length).forEach((number, at) => this.place(place, number, free[at]));
      }
    }

    // Rule 3. The digits of a made identifier are looked for first: hardly ever does a record have them.
    byMadeIdentifiers() {
      const digits = new Set([...this.records.byId.keys()].flatMap(desk.digitsIn));
      for (const [place, number] of this.allLeft()) {
        if (!digits.has(this.left.get(place).digest.slice(0, desk.constants("identifiers").DIGITS))) {
          continue;
        }
        const row = this.rows[number];
        const facts = this.records.facts.filter((name) => name in row.cells);
        for (const made of this.freeIdentifiers(place)) {
          if (this.records.byId.has(made) && !this.records.contradicts(row, made, facts)) {
            this.place(place, number, made);
            break;
          }
        }
      }
    }

    // Rule 4.
    byCommonText() {
      for (const [place, number] of this.allLeft()) {
        const row = this.rows[number];
        const facts = this.records.facts.filter((name) => name in row.columns);
        const texts = this.records.texts.filter((name) => name in row.cells);
        const alike = texts.flatMap((name) => this.records.byText.get(`${name} ${desk.fold(row.cells[name])}`) ?? []);
        const found = [...new Set(alike)].filter(
          (one) => !this.taken.has(desk.casefold(one)) && !this.records.contradicts(row, one, facts),
        );
        if (found.length === 1) {
          this.place(place, number, found[0]);
        } else if (found.length) {
          this.left.get(place).numbers.delete(number);
          const what = say("The row fits more than one record: {records}.", { records: found.join(", ") });
          const values = { column: this.records.key };
          const fix = say("Write the identifier of the right one into the column “{column}”.", values);
          this.problems[number].push(this.problem(row, what, fix));
        }
      }
    }

    // Rule 5.
    makeNew() {
      for (const [place, number] of this.allLeft()) {
        for (const made of this.freeIdentifiers(place)) {
          if (!this.records.byFoldedId.has(desk.casefold(made))) {
            this.place(place, number, made);
            break;
          }
        }
      }
    }

    // For every number of digits the first identifier that no row has taken.
    *freeIdentifiers(place) {
      const { identity, digest } = this.left.get(place);
      for (const identifier of desk.identifiers(identity, this.records.resource, digest)) {
        let number = 1;
        while (this.taken.has(desk.casefold(desk.numbered(identifier, number)))) {
          number += 1;
        }
        yield desk.numbered(identifier, number);
      }
    }

    allLeft() {
      const pairs = [...this.left].flatMap(([place, { numbers }]) => [...numbers].map((number) => [place, number]));
      return pairs.sort((one, other) => one[1] - other[1]);
    }

    place(place, number, identifier) {
      this.left.get(place).numbers.delete(number);
      this.take(number, identifier);
    }

    take(number, identifier) {
      this.ids.set(number, identifier);
      this.taken.set(desk.casefold(identifier), this.rows[number]);
    }

    problem(row, what, fix) {
      const { key } = this.records;
      return { sheet: row.sheet, row: row.number, column: row.columns[key] ?? null, field: key, what, fix, level: "error" };
    }
  }

  desk.chooseRecords = (rows, table) => new Choice(rows, new Records(table));
}
