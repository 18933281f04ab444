/* For designers, in the demo alone: a saved stylesheet, template or word shows in the open page within a second. What
   one typed stays, as the new page is morphed into the one that stands there. */
(() => {
  if (window.top !== window) return; // in a frame of the gallery, the page around it does it
  const address = document.currentScript.dataset.live;
  const frames = () => [...document.querySelectorAll("iframe")];
  const isInView = (frame) => {
    const { top, bottom } = frame.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  };
  let seen;

  function restyle(mark) {
    for (const page of [document, ...frames().map((frame) => frame.contentDocument)]) {
      for (const link of page.querySelectorAll('link[rel="stylesheet"]')) {
        const fresh = link.cloneNode();
        fresh.href = `${link.href.split("?")[0]}?v=${mark}`;
        fresh.onload = () => link.remove();
        link.after(fresh);
      }
    }
  }

  async function renew({ document: page, location, htmx }) {
    const fresh = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    await htmx.swap({ text: fresh.body.innerHTML, target: page.body, swap: "innerMorph" });
  }

  async function redraw() {
    await renew(window);
    for (const frame of frames()) {
      if (isInView(frame) && frame.contentWindow.htmx) await renew(frame.contentWindow); // a live part has none
      else frame.src = frame.src; // where it is out of sight, when somebody looks
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
