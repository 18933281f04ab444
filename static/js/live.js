/* For designers, in the demo alone: a saved stylesheet, template or word shows in the open page within a second. What
   one typed stays, as the new page is morphed into the one that stands there. */
(() => {
  if (window.top !== window) return; // in a frame of the gallery, the page around it does it
  const address = document.currentScript.dataset.live;
  const windows = () => [window, ...[...document.querySelectorAll("iframe")].map((frame) => frame.contentWindow)];
  let seen;

  function restyle(mark) {
    for (const { document: page } of windows()) {
      for (const link of page.querySelectorAll('link[rel="stylesheet"]')) {
        const fresh = link.cloneNode();
        fresh.href = `${link.href.split("?")[0]}?v=${mark}`;
        fresh.onload = () => link.remove();
        link.after(fresh);
      }
    }
  }

  async function redraw() {
    for (const { document: page, location, htmx } of windows()) {
      if (!htmx) continue; // a frame that is not there yet
      const fresh = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
      await htmx.swap({ text: fresh.body.innerHTML, target: page.body, swap: "innerMorph" });
    }
  }

  async function look() {
    if (!document.hidden) {
      const marks = await (await fetch(address)).json().catch(() => seen);
      if (seen && marks.styles !== seen.styles) restyle(marks.styles);
      if (seen && marks.pages !== seen.pages) await redraw();
      seen = marks;
    }
    setTimeout(look, 500);
  }
  look().catch(() => setTimeout(look, 2000));
})();
