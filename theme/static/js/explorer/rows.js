// explorer.rowsOf(parts): grants by their numbers, as rows; and numbers by the identifiers of grants.
{
  const { get, decode } = explorer;

  const crc32 = (text) => {
    let sum = -1;
    for (const octet of new TextEncoder().encode(text)) {
      sum ^= octet;
      for (let bit = 0; bit < 8; bit += 1) {
        sum = (sum >>> 1) ^ (sum & 1 && 0xedb88320);
      }
    }
    return ~sum >>> 0;
  };

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

    const rowOf = async (number) => {
      const place = number % meta.rows;
      const w = windows.findLast(({ from }) => from <= number);
      const content = file(Math.floor(number / meta.rows));
      // Where the column is here, names need not wait for the row.
      const valueOf = async ({ name, field }) => (isFree(name, w) ? (await column(name, w))[number - w.from] : (await content).cellOf(field, place));
      const described = await Promise.all(filed.map(async (one) => describe(one.name, [await valueOf(one)])));
      const { cellOf, names = {}, armed = {}, armed_names: local = [], hanging = {}, sources = {} } = await content;
      const values = Object.fromEntries(meta.fields.map((field) => [field, cellOf(field, place)]));
      const own = filed.map(({ field, table }, at) => {
        values[field] = described[at][0].id;
        return { table, ...described[at][0] };
      });
      return {
        number,
        id: values.id,
        values,
        names: (table, id) => meta.names[table]?.[id] ?? names[table]?.[id] ?? own.find((one) => one.table === table && one.id === id)?.names ?? [],
        armed: new Set(Object.keys(armed).filter((field) => armed[field].includes(place))),
        armedNames: new Set([...(meta.armed_names ?? []), ...local, ...own.flatMap((one) => one.armed ?? [])]),
        hanging: Object.fromEntries(Object.entries(hanging).map(([table, of]) => [table, of[place] ?? []])),
        sources: (id) => meta.sources?.[id] ?? sources[id] ?? null,
      };
    };

    const numberOf = async (id) => {
      const numbers = await get(`i/${crc32(id) % meta.ids}`);
      return Object.hasOwn(numbers, id) ? numbers[id] : null;
    };
    // The same, in capitals or not.
    const anyNumberOf = async (id) => {
      const found = await Promise.all([...new Set([id, id.toUpperCase(), id.toLowerCase()])].map(numberOf));
      return found.find((number) => number !== null) ?? null;
    };
    const valueAt = async (number, field) => (await file(Math.floor(number / meta.rows))).cellOf(field, number % meta.rows);

    return { filed, rows: (numbers) => Promise.all(numbers.map(rowOf)), numberOf, anyNumberOf, valueAt };
  };
}
