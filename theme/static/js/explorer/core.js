// The namespace of the explorer: makes elements, and fetches the parts of the index. Each part is a script that calls
// explorer(path, value), because other ways of reading a file are closed to a page that is opened from a folder.
{
  const PATIENCE = 30_000; // milliseconds until a script counts as lost
  const arrived = new Map();
  const asked = new Map();

  globalThis.explorer = (path, value) => {
    arrived.set(path, value);
  };

  // An element. Attributes that begin with “on” are listeners, `text` is its text; false and null are passed over.
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === false || value == null) {
        continue;
      }
      if (name.startsWith("on")) {
        element.addEventListener(name.slice(2), value);
      } else if (name === "text") {
        element.textContent = value;
      } else {
        element.setAttribute(name, value);
      }
    }
    element.append(...children.flat().filter((child) => child !== false && child != null));
    return element;
  };

  const load = (path) =>
    new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        script.remove();
        if (arrived.has(path)) {
          resolve(arrived.get(path));
        } else {
          reject(Object.assign(new Error(`${path} did not come`), { path }));
        }
      };
      const script = make("script", { src: `${explorer.base}${path}.js`, onload: end, onerror: end });
      const timer = setTimeout(end, PATIENCE);
      explorer.requests += 1;
      document.head.append(script);
    });

  // A part of the index, kept. What did not come is asked for again the next time.
  const get = (path) => {
    if (!asked.has(path)) {
      const promise = arrived.has(path) ? Promise.resolve(arrived.get(path)) : load(path);
      asked.set(path, promise);
      promise.catch(() => asked.delete(path));
    }
    return asked.get(path);
  };

  const isHere = (path) => asked.has(path) || arrived.has(path);

  Object.assign(explorer, { base: "", requests: 0, make, get, isHere });
}
