// explorer.rowsOf(parts): grants by their numbers, as rows; and numbers by the identifiers of grants.
{
  const { get, decode, crc32 } = explorer;

  explorer.rowsOf = ({ meta, dimensions, windows, column, isFree, describe }) => {
    const filed = [...dimensions.values()].filter(({ kind, field }) => kind === "filed" && field);

    // A column is the text of all cells, or all cells, or texts and signs for them, or signs for the values of a filed dimension.
    const file = async (at) => {
      const { n, ...content } = await get(`r/${at >> 9}/${at}`);
      content.cellOf = (field, place) => {
        const cells = content.columns[field] ?? "";
        if (cells.v) {
          return decode(cells.v, filed.find((one) => one.field === field).width, n)[place];
        }
        return typeof cells === "string" ? cells : Array.isArray(cells[0]) ? cells[0][decode(cells[1], 1, n)[place]] : cells[place];
      };
      return content;
    };

    // An early row does not wait for the names of filed values.
    const rowOf = async (number, isEarly) => {
      const place = number % meta.rows;
      const w = windows.findLast(({ from }) => from <= number);
      const content = file(Math.floor(number / meta.rows));
      // Where the column is here, names need not wait for the row.
      const valueOf = async ({ name, field }) => (isFree(name, w) ? (await column(name, w))[number - w.from] : (await content).cellOf(field, place));
      const described = await Promise.all(isEarly ? [] : filed.map(async (one) => describe(one.name, [await valueOf(one)])));
      const { cellOf, names = {}, hanging = {}, sources = {} } = await content;
      const values = Object.fromEntries(meta.fields.map((field) => [field, cellOf(field, place)]));
      const own = filed.map(({ field, table }, at) => {
        const [one = { id: "" }] = described[at] ?? [];
        values[field] = one.id;
        return { table, ...one };
      });
      return {
        number,
        isEarly,
        id: values.id,
        values,
        names: (table, id) => meta.names[table]?.[id] ?? names[table]?.[id] ?? own.find((one) => one.table === table && one.id === id)?.names ?? [],
        hanging: Object.fromEntries(Object.entries(hanging).map(([table, of]) => [table, of[place] ?? []])),
        sources: (id) => meta.sources?.[id] ?? sources[id] ?? null,
      };
    };

    const numberOf = async (id) => {
      const numbers = await get(`i/${(crc32(new TextEncoder().encode(id)) >>> 0) % meta.ids}`);
      return Object.hasOwn(numbers, id) ? numbers[id] : null;
    };
    // The same, in capitals or not.
    const anyNumberOf = async (id) => {
      const found = await Promise.all([...new Set([id, id.toUpperCase(), id.toLowerCase()])].map(numberOf));
      return found.find((number) => number !== null) ?? null;
    };
    const valueAt = async (number, field) => (await file(Math.floor(number / meta.rows))).cellOf(field, number % meta.rows);

    return { filed, rows: (numbers) => Promise.all(numbers.map((number) => rowOf(number))), early: (number) => rowOf(number, filed.length > 0), numberOf, anyNumberOf, valueAt };
  };
}
