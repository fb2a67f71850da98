// explorer.rowsOf(parts): grants by their numbers, as rows, and numbers by the identifiers of grants.
{
  const { decode } = explorer;
  const FOLDER = 9; // bits of the number of a file that are not in the name of its folder

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

  explorer.rowsOf = (parts) => {
    const { meta, dimensions, read, describe } = parts;
    const filed = new Map([...dimensions.values()].filter(({ kind, field }) => kind === "filed" && field).map((dimension) => [dimension.field, dimension]));

    // A column of a file is the text of all cells, or the cells, or the texts that there are and signs for the cells; the
    // column of a filed dimension has the numbers of its values.
    const cells = (column, field, size) => {
      if (typeof column === "string") {
        return () => column;
      }
      if (column.v !== undefined) {
        const values = decode(column.v, filed.get(field).width, size);
        return (place) => values[place];
      }
      const [texts, signs] = column;
      if (Array.isArray(texts)) {
        const chosen = decode(signs, 1, size);
        return (place) => texts[chosen[place]];
      }
      return (place) => column[place];
    };

    const file = (at) =>
      read(`r/${at >> FOLDER}/${at}`, (content) => ({
        ...content,
        cells: Object.fromEntries(Object.entries(content.columns).map(([field, column]) => [field, cells(column, field, content.n)])),
      }));

    const rowOf = async (number) => {
      const content = await file(Math.floor(number / meta.rows));
      const place = number % meta.rows;
      const values = Object.fromEntries(meta.fields.map((field) => [field, content.cells[field]?.(place) ?? ""]));
      const local = {};
      const armedNames = new Set([...(meta.armed_names ?? []), ...(content.armed_names ?? [])]);
      await Promise.all(
        [...filed].map(async ([field, { name, table }]) => {
          const [{ id, names, armed }] = await describe(name, [Number(values[field])]);
          values[field] = id;
          (local[table] ??= {})[id] = names;
          armed?.forEach((text) => armedNames.add(text));
        }),
      );
      const { names = {}, armed = {}, hanging = {}, sources = {} } = content;
      return {
        number,
        id: values.id,
        values,
        names: (table, id) => meta.names[table]?.[id] ?? names[table]?.[id] ?? local[table]?.[id] ?? [],
        armed: new Set(Object.keys(armed).filter((field) => armed[field].includes(place))),
        armedNames,
        hanging: Object.fromEntries(Object.entries(hanging).map(([table, of]) => [table, of[place] ?? []])),
        sources: (id) => meta.sources?.[id] ?? sources[id] ?? null,
      };
    };

    const numberOf = async (id) => {
      const numbers = await read(`i/${crc32(id) % meta.ids}`, (content) => content);
      return Object.hasOwn(numbers, id) ? numbers[id] : null;
    };

    // The same for an identifier in capitals or not.
    const anyNumberOf = async (id) => {
      const found = await Promise.all([...new Set([id, id.toUpperCase(), id.toLowerCase()])].map(numberOf));
      return found.find((number) => number !== null) ?? null;
    };

    return { rows: (numbers) => Promise.all(numbers.map(rowOf)), numberOf, anyNumberOf };
  };
}
