// The namespace of the explorer: elements, and the parts of the index. Each part is a script that calls
// explorer(path, value): a page that is opened from a folder may read no file in another way.
{
  const PATIENCE = 30_000; // milliseconds until a script counts as lost
  const arrived = new Map();
  const asked = new Map();
  globalThis.explorer = (path, value) => {
    arrived.set(path, value);
  };

  // An element. Attributes that begin with “on” are listeners, `text` is its text; false and null are left out.
  const make = (tag, attributes = {}, ...children) => {
    const isThere = (value) => value != null && value !== false;
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) {
        value && element.addEventListener(name.slice(2), value);
      } else if (isThere(value)) {
        name === "text" ? (element.textContent = value) : element.setAttribute(name, value);
      }
    }
    element.append(...children.flat().filter(isThere));
    return element;
  };

  const load = (path) =>
    new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        script.remove();
        resolve();
      };
      const script = make("script", { src: `${explorer.base}${path}.js`, onload: end, onerror: end });
      const timer = setTimeout(end, PATIENCE);
      explorer.requests += 1;
      document.head.append(script);
    });

  // A part of the index as `read` makes it of the content, kept. What does not come or makes no sense is an error that has
  // the path, and is asked for again the next time.
  const fetched = async (path, read) => {
    try {
      await (arrived.has(path) ? null : load(path));
      const content = arrived.get(path);
      if (!content || (typeof content === "string") !== /^[cp]\//.test(path)) {
        throw new TypeError(path);
      }
      return read(content);
    } catch (fault) {
      asked.delete(path);
      throw Object.assign(fault, { path });
    } finally {
      arrived.delete(path);
    }
  };
  const get = (path, read = (content) => content) => {
    asked.has(path) || asked.set(path, fetched(path, read));
    return asked.get(path);
  };

  // The checksum of a file in a ZIP, which also says in which file of the index an identifier stands.
  const CRC = Int32Array.from({ length: 256 }, (_, value) => {
    for (let bit = 0; bit < 8; bit += 1) {
      value = (value >>> 1) ^ (value & 1 && 0xedb88320);
    }
    return value;
  });
  const crc32 = (octets) => ~octets.reduce((crc, octet) => (crc >>> 8) ^ CRC[(crc ^ octet) & 255], -1);

  Object.assign(explorer, { base: "", requests: 0, make, get, crc32, isHere: (path) => asked.has(path) });
}
