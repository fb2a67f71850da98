// explorer.rowsOf(parts): grants by their numbers, as rows; and numbers by the identifiers of grants.
{
  const { decode } = explorer;

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

  explorer.rowsOf = ({ meta, dimensions, read, describe }) => {
    const filed = [...dimensions.values()].filter(({ kind, field }) => kind === "filed" && field);

    // A column is the text of all cells, or all cells, or texts and signs for them, or signs for the values of a filed dimension.
    const file = async (at) => {
      const { n, ...content } = await read(`r/${at >> 9}/${at}`, (content) => content);
      content.cellOf = (field, place) => {
        const column = content.columns[field] ?? "";
        if (column.v) {
          return decode(column.v, filed.find((one) => one.field === field).width, n)[place];
        }
        return typeof column === "string" ? column : Array.isArray(column[0]) ? column[0][decode(column[1], 1, n)[place]] : column[place];
      };
      return content;
    };

    const rowOf = async (number) => {
      const place = number % meta.rows;
      const { cellOf, names = {}, armed = {}, armed_names: local = [], hanging = {}, sources = {} } = await file(Math.floor(number / meta.rows));
      const values = Object.fromEntries(meta.fields.map((field) => [field, cellOf(field, place)]));
      const described = await Promise.all(filed.map(({ name, field }) => describe(name, [Number(values[field])])));
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
      const numbers = await read(`i/${crc32(id) % meta.ids}`, (content) => content);
      return Object.hasOwn(numbers, id) ? numbers[id] : null;
    };
    // The same, in capitals or not.
    const anyNumberOf = async (id) => {
      const found = await Promise.all([...new Set([id, id.toUpperCase(), id.toLowerCase()])].map(numberOf));
      return found.find((number) => number !== null) ?? null;
    };
    const valueAt = async (number, field) => (await file(Math.floor(number / meta.rows))).cellOf(field, number % meta.rows);

    return { rows: (numbers) => Promise.all(numbers.map(rowOf)), numberOf, anyNumberOf, valueAt };
  };
}
