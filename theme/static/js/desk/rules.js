// What the desk judges by, from data/desk/rules.js and tables.js. See plugins/portal/desk/rules.py.
{
  const prepared = new WeakMap(); // rules as they were loaded -> the same ready for use, with their tables

  const wordsOf = ({ scales, currencies, months, ...sets }) => ({
    scales: new Map(Object.entries(scales)),
    currencies: new Map(Object.entries(currencies)),
    months: new Map(Object.entries(months)),
    ...Object.fromEntries(Object.entries(sets).map(([name, words]) => [name, new Set(words)])),
  });

  // The table of a code list has no rules beyond its schema.
  const resourceOf = (table) => {
    const fields = table.fields.map((field) => ({ constraints: {}, synonyms: [], why: {}, ...field }));
    return {
      ...table,
      fields,
      titles: titlesOf(fields),
      fieldNames: fields.map((field) => field.name),
      byName: Object.fromEntries(fields.map((field) => [field.name, field])),
    };
  };

  // Folded synonym -> field; the first field that is called so.
  const titlesOf = (fields) => {
    const found = new Map();
    for (const field of fields) {
      for (const synonym of field.synonyms) {
        const folded = desk.fold(synonym);
        found.has(folded) || found.set(folded, field);
      }
    }
    return found;
  };

  // The records as their schema reads them; `text` keeps the cells. They are good: the build has checked them.
  // Of a table that is left out, as it is too large for the page, nobody here knows which records it has.
  const tableOf = (resource, { files, rows, isLeftOut = false }) => {
    const given = rows.map(([file, line, ...cells]) => ({ cells, file: files[file], line }));
    const { records } = desk.judgeRows(resource, given).table;
    records.forEach((record, at) => {
      const text = (name, place) => [name, textOf(record.values[name], given[at].cells[place])];
      record.text = Object.fromEntries(resource.fieldNames.map(text));
    });
    return { resource, records, isLeftOut };
  };

  // The cell as it would be written.
  const textOf = (value, cell) => (value instanceof desk.Decimal ? desk.numberText(value) : (cell ?? ""));

  // Makes `rules` and `tables` ready, once, and the ones that all functions look at.
  desk.prepare = (rules, tables) => {
    if (prepared.get(rules)?.given !== tables) {
      desk.CASEFOLD = rules.casefold;
      desk.rules = { ...rules, given: tables, resources: rules.tables.map(resourceOf) };
      desk.rules.byName = Object.fromEntries(desk.rules.resources.map((resource) => [resource.name, resource]));
      desk.rules.words = wordsOf(rules.words);
      const made = desk.rules.resources.map((resource) => [resource.name, tableOf(resource, tables[resource.name])]);
      desk.rules.records = Object.fromEntries(made);
      desk.rules.known = namesOf(desk.rules);
      prepared.set(rules, desk.rules);
    }
    desk.rules = prepared.get(rules);
    desk.CASEFOLD = rules.casefold;
    return desk.rules;
  };

  // A text in the language, else in the first that has it; as Text.words() of Python.
  desk.words = (text, language) => text?.[language] ?? Object.values(text ?? {})[0] ?? "";

  // The columns that hold what a record is called.
  desk.namesOf = (resource) => resource.fields.filter((field) => field.isName).map((field) => field.name);

  // Table -> folded name or label in any language -> keys of the records that are called so.
  const namesOf = (rules) => {
    const found = {};
    for (const resource of rules.resources) {
      const names = new Map();
      for (const [key, name] of namesIn(resource, rules)) {
        const folded = desk.fold(name);
        const keys = names.get(folded) ?? [];
        if (folded && !keys.includes(key)) {
          names.set(folded, [...keys, key]);
        }
      }
      found[resource.name] = names;
    }
    return found;
  };

  // Key and name of every record of a table, in every language, then its other names.
  const namesIn = function* (resource, rules) {
    const columns = desk.namesOf(resource);
    for (const { values } of rules.records[resource.name].records) {
      for (const column of columns) {
        if (typeof values[column] === "string" && values[column]) {
          yield [values[resource.primaryKey], values[column]];
        }
      }
    }
    for (const [table, owner] of Object.entries(rules.otherNames)) {
      const other = rules.byName[table];
      if (other?.byName[owner].refersTo === resource.name) {
        for (const { values } of rules.records[table].records) {
          for (const column of desk.namesOf(other).filter((one) => values[one])) {
            yield [values[owner], values[column]];
          }
        }
      }
    }
  };
}
