// Remembers in this browser the language that the reader chose by a link, for the next visit to the front door.
// Without this script the front door asks again; nothing else depends on it.
{
  const remember = (language) => {
    try {
      localStorage.setItem("language", language);
    } catch {
      // Storage is closed to us (private window, strict settings): the front door will ask again.
    }
  };
  for (const link of document.querySelectorAll("a[data-language]")) {
    link.addEventListener("click", () => remember(link.dataset.language));
  }
}
