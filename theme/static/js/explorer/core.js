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
    new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        script.remove();
        arrived.has(path) ? resolve(arrived.get(path)) : reject(Object.assign(new Error(path), { path }));
      };
      const script = make("script", { src: `${explorer.base}${path}.js`, onload: end, onerror: end });
      const timer = setTimeout(end, PATIENCE);
      explorer.requests += 1;
      document.head.append(script);
    });

  // A part of the index, kept. What did not come is asked for again the next time.
  const get = (path) => {
    if (!asked.has(path)) {
      asked.set(path, arrived.has(path) ? Promise.resolve(arrived.get(path)) : load(path));
      asked.get(path).catch(() => asked.delete(path));
    }
    return asked.get(path);
  };

  Object.assign(explorer, { base: "", requests: 0, make, get, isHere: (path) => asked.has(path) });
}
