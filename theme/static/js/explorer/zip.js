// explorer.zip([[name, octets]], day): a ZIP as octets. `day`, such as 2019-07-18, is the date of every file in it, so that the
// same files always make the same ZIP.
{
  const { crc32 } = explorer;
  const joined = async (body) => new Uint8Array(await new Response(body).arrayBuffer());

  const deflated = async (octets) => joined(new Blob([octets]).stream().pipeThrough(new CompressionStream("deflate-raw")));

  // Numbers of two octets each, the lower first; Uint8Array keeps the lowest octet of a number.
  const two = (...values) => values.flatMap((value) => [value, value >>> 8]);
  const four = (...values) => values.flatMap((value) => two(value, value >>> 16));

  explorer.zip = async (files, day) => {
    const [year, month, date] = day.split("-");
    const [parts, list] = [[], []];
    let [offset, length] = [0, 0];
    for (const [name, octets] of files) {
      const path = new TextEncoder().encode(name);
      const content = await deflated(octets).catch(() => octets); // an older browser cannot
      const about = [
        // Version 2.0 can read it; names are UTF-8; deflated or not.
        ...two(20, 0x800, content === octets ? 0 : 8, 0, ((year - 1980) << 9) | (month << 5) | date),
        ...four(crc32(octets), content.length, octets.length, path.length),
      ];
      parts.push(Uint8Array.from([...four(0x04034b50), ...about]), path, content);
      list.push(Uint8Array.from([...four(0x02014b50), ...two(20), ...about, ...four(0, 0), ...two(0), ...four(offset)]), path);
      offset += 30 + path.length + content.length;
      length += 46 + path.length;
    }
    const count = list.length / 2;
    return joined(new Blob([...parts, ...list, Uint8Array.from([...four(0x06054b50, 0), ...two(count, count), ...four(length, offset), ...two(0)])]));
  };
}
