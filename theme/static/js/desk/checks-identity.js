// Records that are there twice, have no name, or are not who they say. See plugins/portal/checks/identity.py.
{
  const { say } = desk;
  const { records, cell, versions, folded, error, warning } = desk.looks;
  const constants = () => desk.rules.checks;
  const sorted = (words) => [...words].sort(desk.order);

  // A record that has no name in any language could only be shown by its identifier.
  desk.checks.missingNames = function* (tables) {
    const { named, titled } = constants();
    for (const name of [...Object.keys(named), ...titled]) {
      if (!tables[name]) {
        continue;
      }
      const columns = versions(tables[name].resource, named[name] ?? "title");
      for (const record of tables[name].records) {
        if (columns.length && !columns.some((column) => cell(record, column))) {
          const what = say("The record has no name or title in any language.");
          const problem = titled.includes(name) ? warning : error;
          yield problem(record, columns[0], what, say("Write it in at least one language."));
        }
      }
    }
  };

  // A body that gives a grant to itself is nearly always a slip of the pen.
  desk.checks.grantsToOneself = function* (tables) {
    for (const grant of records(tables, "grants")) {
      const recipient = cell(grant, "recipient");
      if (recipient && recipient === cell(grant, "funder")) {
        const what = say("“{organization}” gives the grant and receives it.", { organization: recipient });
        yield error(grant, "recipient", what, say("Correct one of the two; leave an unknown recipient empty."));
      }
    }
  };

  // The same grant twice. Where the recipient is not known it is only likely, so it is a warning.
  desk.checks.repeatedGrants = function* (tables) {
    const grants = records(tables, "grants");
    const columns = tables.grants ? versions(tables.grants.resource, "title") : [];
    const seen = new Map();
    for (const grant of grants) {
      const recipient = cell(grant, "recipient");
      const same = recipient
        ? [recipient, cell(grant, "year"), amountKey(cell(grant, "amount_awarded"))]
        : [null, cell(grant, "year"), cell(grant, "funder"), cell(grant, "place")];
      const keys = sorted(folded(grant, columns)).map((title) => JSON.stringify([title, ...same]));
      const first = keys.map((key) => seen.get(key)).find(Boolean);
      const values = first && { id: cell(first, "id"), file: first.file, line: first.line };
      if (first && recipient) {
        const what = say("The grant is the same as “{id}” in {file}, line {line}: recipient, title, year and amount.", values);
        yield error(grant, "id", what, say("Delete one of the two, or write into the title what tells them apart."));
      } else if (first) {
        const what = say("The grant may be the same as “{id}” in {file}, line {line}: funder, title, year and place.", values);
        yield warning(grant, "id", what, say("Delete one of the two if it is."));
      }
      for (const key of keys) {
        if (!seen.has(key)) {
          seen.set(key, grant);
        }
      }
    }
  };

  const amountKey = (amount) => (amount === null ? null : desk.numberText(amount));

  // Two organizations whose names differ only in their legal form, punctuation, accents or case.
  desk.checks.alikeOrganizations = function* (tables) {
    if (!tables.organizations) {
      return;
    }
    const columns = versions(tables.organizations.resource, "name");
    const legalForm = legalForms(tables);
    const seen = new Map();
    for (const organization of tables.organizations.records) {
      const bare = (name) => name.replace(legalForm, " ").split(" ").filter(Boolean).join(" ") || name;
      const names = sorted(new Set([...folded(organization, columns)].map(bare)));
      const first = names.map((name) => seen.get(name)).find(Boolean);
      if (first && !isSuccessor(first, organization) && !isSuccessor(organization, first)) {
        const values = { id: cell(first, "id"), file: first.file, line: first.line };
        const what = say("The name looks like that of “{id}” in {file}, line {line}.", values);
        const fix = say("If the two are one, keep one record and let everything point at it.");
        yield warning(organization, columns[0], what, fix);
      }
      for (const name of names) {
        if (!seen.has(name)) {
          seen.set(name, organization);
        }
      }
    }
  };

  // A code of digits that is shorter than most: spreadsheets drop the zeros at its beginning.
  desk.checks.lostZeros = function* (tables) {
    const coded = records(tables, "places").filter((place) => /^\p{Nd}+$/u.test(cell(place, "code") ?? ""));
    const lengths = new Map();
    for (const place of coded) {
      const length = desk.length(cell(place, "code"));
      lengths.set(length, (lengths.get(length) ?? 0) + 1);
    }
    let [usual, count] = [0, 0];
    for (const [length, found] of lengths) {
      if (found > count) {
        [usual, count] = [length, found];
      }
    }
    if (count * 2 <= coded.length) {
      return;
    }
    for (const place of coded) {
      const code = cell(place, "code");
      if (desk.length(code) < usual) {
        const what = say("“{value}” seems to have lost the zeros at its beginning.", { value: code });
        const fix = say("Write {value}, and keep the column as text.", { value: code.padStart(usual, "0") });
        yield warning(place, "code", what, fix);
      }
    }
  };

  // Finds the labels of the legal forms in a folded name, the longest first; “union / society” are two.
  const legalForms = (tables) => {
    const labels = records(tables, "legal_forms").flatMap((record) =>
      versions(tables.legal_forms.resource, "label").flatMap((column) => (cell(record, column) ?? "").split(/[/,;()]/)),
    );
    const phrases = [...new Set(labels.map(desk.fold))].filter(Boolean);
    phrases.sort((one, other) => desk.length(other) - desk.length(one) || desk.order(one, other));
    const word = "[\\p{L}\\p{N}_]"; // a folded phrase begins and ends with one, and holds no sign
    return phrases.length ? new RegExp(`(?<!${word})(?:${phrases.join("|")})(?!${word})`, "gu") : /(?!)/gu;
  };

  // A body that took over often keeps the name.
  const isSuccessor = (old, young) => cell(old, "replaced_by") === cell(young, "id");
}
