// <file-verifier>: says of a file that a reader chooses or drops whether the portal published it, and in which release.
// The checksum is computed here and nothing is uploaded. The known ones are scripts of 16 shards that are added when
// they are needed, as a page opened from a folder may not fetch. Without this script the page explains it by hand.
{
  const LARGEST = 2 ** 31 - 1; // octets that a browser can read at once
  const LISTED = 12; // places of the same content; an empty table may stand in hundreds
  const shards = new Map(); // first digit of a checksum -> promise of {checksum: [[version, path], …]}
  const arrived = new Map(); // the same, as the scripts gave them

  globalThis.asharHashes = (digit, known) => arrived.set(digit, new Map(Object.entries(known)));

  const loadShard = (folder, digit) => {
    if (!shards.has(digit)) {
      const script = document.createElement("script");
      const loading = new Promise((resolve, reject) => {
        script.addEventListener("load", () => (arrived.has(digit) ? resolve(arrived.get(digit)) : reject(new Error(digit))));
        script.addEventListener("error", () => reject(new Error(digit)));
      });
      loading.catch(() => shards.delete(digit)); // so that the next file tries again
      shards.set(digit, loading);
      script.src = `${folder}${digit}.js`;
      document.head.append(script);
    }
    return shards.get(digit);
  };

  const hexadecimal = (buffer) => [...new Uint8Array(buffer)].map((octet) => octet.toString(16).padStart(2, "0")).join("");

  const make = (name, className, ...children) => {
    const element = document.createElement(name);
    element.className = className;
    element.append(...children);
    return element;
  };

  // A sentence of the page with values in the place of {names}; a value is a text or an element.
  const fill = (sentence, values) => sentence.split(/\{(\w+)\}/).map((part, at) => (at % 2 ? values[part] : part));

  class FileVerifier extends HTMLElement {
    connectedCallback() {
      const words = this.dataset;
      this.input = Object.assign(document.createElement("input"), { type: "file", multiple: true });
      this.input.className = "visually-hidden";
      this.results = make("div", "verifier__results");
      this.results.setAttribute("role", "status");
      this.drop = make(
        "label",
        "verifier__drop",
        make("span", "verifier__choose", words.choose),
        make("span", "verifier__or", words.drop),
        make("small", "verifier__promise", words.promise),
        this.input,
      );
      this.append(this.drop, this.results);
      this.input.addEventListener("change", () => this.verify([...this.input.files]));
      // The whole page takes files: one dropped beside the box would replace the page.
      document.addEventListener("dragover", (event) => this.dragged(event, true));
      document.addEventListener("dragleave", (event) => this.dragged(event, false));
      document.addEventListener("drop", (event) => {
        this.dragged(event, false);
        this.verify([...event.dataTransfer.files]);
      });
    }

    dragged(event, isOver) {
      if (event.dataTransfer.types.includes("Files")) {
        event.preventDefault();
        this.drop.classList.toggle("verifier__drop--over", isOver);
      }
    }

    async verify(files) {
      if (!files.length) {
        return;
      }
      this.input.value = ""; // so that the same file can be chosen again
      this.results.replaceChildren();
      for (const file of files) {
        const result = make("div", "verifier__result", this.sentence("reading", file));
        this.results.append(result);
        result.replaceChildren(...(await this.verdict(file, result)));
      }
    }

    // What to say about a file, as elements. Marks the result when the file is known.
    async verdict(file, result) {
      if (!globalThis.crypto?.subtle) {
        return [this.sentence("insecure", file)];
      }
      if (file.size > LARGEST) {
        return [this.sentence("tooLarge", file)];
      }
      let sha256;
      try {
        sha256 = hexadecimal(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
      } catch {
        return [this.sentence("unreadable", file)]; // it was moved or changed meanwhile, or is a folder
      }
      const sum = make("p", "verifier__sum", "SHA-256: ", make("code", "", sha256));
      let known;
      try {
        known = await loadShard(this.dataset.hashes, sha256[0]);
      } catch {
        return [this.sentence("noList", file), sum];
      }
      const places = known.get(sha256);
      if (!places) {
        return [this.sentence("unknown", file), make("p", "", this.dataset.why), sum];
      }
      result.classList.add("verifier__result--known");
      const items = places.slice(0, LISTED).map(([version, path]) => this.place(version, path));
      if (places.length > LISTED) {
        items.push(make("li", "", ...fill(this.dataset.more, { number: String(places.length - LISTED) })));
      }
      return [this.sentence("known", file), make("ul", "plain-list", ...items), sum];
    }

    sentence(words, file) {
      const name = make("strong", "verifier__name", file.name);
      return make("p", "", ...fill(this.dataset[words], { name }));
    }

    place(version, path) {
      const values = { file: make("strong", "", path.split("/").at(-1)), version };
      if (version) {
        values.version = Object.assign(make("a", "", version), { href: `${this.dataset.releases}${version}.html` });
      }
      const words = version ? this.dataset.released : this.dataset.current;
      return make("li", "", ...fill(words, values), " ", make("small", "verifier__path", path));
    }
  }
  customElements.define("file-verifier", FileVerifier);
}
