// Rows of a sheet -> the records that they become. See plugins/portal/desk/match.py.
{
  // The record of every row, in their order. All rows are of one table, from every sheet that has some.
  desk.matchRows = (rows, table, today) => {
    const choice = desk.chooseRecords(rows, table);
    return rows.map((row, number) => matchRow(row, number, choice, today));
  };

  // Whether a row without a record may mean one all the same: of a table that is left out, or one that would be found by
  // what it points at there.
  const mayBeKnown = (row, { key, resource, isLeftOut }) => {
    const targets = resource.identity.map((name) => resource.byName[name].refersTo);
    return isLeftOut || (!(key in row.cells) && targets.some((name) => desk.rules.records[name]?.isLeftOut));
  };

  const matchRow = (row, number, choice, today) => {
    const { records } = choice;
    const { resource, key } = records;
    const id = choice.ids.get(number) ?? "";
    const record = records.byId.get(id) ?? null;
    const names = resource.fieldNames;
    const before = record ? record.text : records.empty;
    const unreadable = new Set(row.problems.filter((one) => one.level === "error").map((one) => one.field));
    const kept = Object.keys(row.columns).filter(
      (name) =>
        before[name] && !(name in row.cells) && !unreadable.has(name) && name !== key && !records.isAutomatic(name),
    );
    const given = Object.entries(row.cells).filter(([name]) => !records.isAutomatic(name));
    const assumed = names.filter(
      (name) =>
        record === null && resource.byName[name].assumed && !(name in row.columns) && !(name in row.cells),
    );
    const filled = assumed.map((name) => [name, resource.byName[name].assumed.value]);
    const cells = { ...before, ...Object.fromEntries(filled), ...Object.fromEntries(given), [key]: id };
    const changed = record ? names.filter((name) => name !== key && before[name] !== cells[name]) : [];
    const changes = changed.map((name) => ({ field: name, before: before[name], after: cells[name] }));
    for (const { name, automatic } of records.automatic) {
      if (record === null || (automatic === "changed" && changes.length)) {
        cells[name] = today;
      }
    }
    const problems = [...row.problems, ...choice.problems[number]];
    const isUnsure = record === null && mayBeKnown(row, records);
    return { row, id, record, isUnsure, cells, changes, kept, assumed, problems };
  };
}
