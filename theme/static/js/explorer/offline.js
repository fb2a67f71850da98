// explorer.offline(context): the service worker keeps what is seen, and a button keeps all of the page, for use without a
// connection. Where nothing can be kept there is no button.
{
  const AT_ONCE = 24; // files
  const REST = 2000; // milliseconds: the first answer comes first
  const box = document.querySelector(".explorer-offline");
  const bar = box.querySelector("progress");
  const isFirst = !navigator.serviceWorker?.controller;
  const isWhole = "whole" in box.dataset; // whether all of the index is to be kept

  const show = (state) => {
    box.hidden = false;
    box.contains(document.activeElement) && box.focus();
    box.querySelectorAll("[data-when]").forEach((one) => { one.hidden = !one.dataset.when.split(" ").includes(state); });
  };

  const start = async ({ root, language, index }) => {
    const { version } = index.meta;
    const { scope } = await navigator.serviceWorker.register(`${root}service-worker.js`);
    const [store, mark] = [`${scope} kept`, `${scope}kept`]; // a cache, and what in it says which version is here
    const part = (path) => `${scope}explore/${path}.js`;
    const loaded = () => ["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind));
    const seen = () => loaded().map(({ name }) => name.split("#")[0]).filter((address) => address.startsWith(scope)); // extensions load things too

    const send = async (...message) => {
      const { active } = await navigator.serviceWorker.ready;
      const { port1, port2 } = new MessageChannel();
      const answer = new Promise((resolve) => { port1.onmessage = resolve; });
      active.postMessage(message, [port2]);
      return (await answer).data || Promise.reject();
    };

    const keep = async () => {
      show("keeping");
      try {
        await caches.delete(store);
        const paths = isWhole ? (await explorer.get("files")).paths : [];
        const all = [...seen(), ...[`download.${language}`, ...paths].map(part)];
        bar.max = all.length;
        for (bar.value = 0; bar.value < all.length; bar.value += AT_ONCE) {
          await send(all.slice(bar.value, bar.value + AT_ONCE), "no-cache");
        }
        await (await caches.open(store)).put(mark, new Response(version));
        show("kept");
      } catch {
        show("broken");
      }
    };

    const remove = async () => {
      const names = await caches.keys();
      await Promise.all(names.filter((name) => name.startsWith(`${scope} `)).map((name) => caches.delete(name)));
      show("offer");
    };

    box.querySelector("[data-keep]").onclick = keep;
    box.querySelector("[data-remove]").onclick = remove;
    isFirst && (await send(seen(), "force-cache").catch(() => {}));
    const kept = await (await caches.match(mark))?.text();
    const isThere = kept === version && (!isWhole || (await caches.match(part("files"))));
    show(isThere ? "kept" : kept ? "newer" : "offer");
  };

  const isHere = "serviceWorker" in navigator && location.protocol !== "file:";
  let isStarted = !isHere;
  explorer.offline = (context) => {
    isStarted ||= setTimeout(() => start(context).catch(() => {}), REST); // it may be forbidden to keep anything
  };
}
