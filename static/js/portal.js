/* Progressive enhancement only: every page works without this file. Time is counted from the moment a
   page or part arrived, in seconds that the server gave; the clock of the browser's owner is never asked. */
(() => {
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const words = (n, unit) =>
    new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, unitDisplay: "long" }).format(n);
  const inWords = (s) => (s < 60 ? words(s, "second") : words(Math.round(s / 60), "minute"));
  const announce = (text) => { document.getElementById("announcer").textContent = text; };

  // A sleeping laptop stops one of the two clocks; the later one decides.
  const now = () => Math.max(performance.now() - start.steady, Date.now() - start.wall) / 1000;
  const start = { steady: performance.now(), wall: Date.now() };
  const arrived = new WeakMap();
  const left = (el) => {
    if (!arrived.has(el)) arrived.set(el, now());
    return Math.max(0, Math.ceil(el.dataset.seconds - (now() - arrived.get(el))));
  };

  const endings = {
    reload: () => $$("main form[data-keep]").length || setTimeout(() => location.reload(), 1000),
    wake: (el) => {
      const button = el.closest("button");
      button.removeAttribute("data-wait");
      button.removeAttribute("aria-disabled");
      button.querySelector("span").textContent = button.dataset.awake;
      announce(button.dataset.ready);
    },
  };

  function tick() {
    for (const el of $$("[data-seconds]:not([data-over])")) {
      const seconds = left(el);
      if (el.dataset.total) {
        el.setAttribute("stroke-dasharray", `${(100 * seconds) / el.dataset.total} 100`);
        el.toggleAttribute("data-over", !seconds);
        continue;
      }
      const line = el.parentElement;
      if (el.textContent !== inWords(seconds)) el.textContent = inWords(seconds);
      if (el.dataset.announce && seconds && seconds % 60 === 0) announce(line.textContent);
      if (seconds) continue;
      el.setAttribute("data-over", "");
      if (line.dataset.ended) announce((line.textContent = line.dataset.ended));
      if (el.dataset.seconds > 0) endings[el.dataset.then]?.(el);
    }
  }

  function wake() {
    $$("button[data-wait]").forEach((button) => button.setAttribute("aria-disabled", "true"));
    tick();
  }

  const focus = (el) => el.focus({ preventScroll: window.top !== window }); // a page in a frame never moves the one around it

  let main;
  let typed = "";
  function arrive() {
    wake();
    const before = main;
    main = document.getElementById("main");
    if (main === before) return;
    const wrong = main.querySelector("[aria-invalid=true]");
    const alert = main.querySelector("[role=alert]");
    if (wrong) {
      focus(wrong);
      if (wrong.autocomplete === "one-time-code") {
        wrong.value ||= typed; // the server does not send an answer back
        wrong.select();
      }
    } else if (before && alert) {
      alert.tabIndex = -1;
      focus(alert);
    } else if (before && !main.contains(document.activeElement)) {
      focus(main);
    }
    if (before) announce(main.querySelector("[role=status]")?.textContent.trim() ?? "");
  }

  document.addEventListener("click", async (event) => {
    for (const menu of $$("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
    if (event.target.closest("[aria-disabled=true]")) event.preventDefault();
    const button = event.target.closest("[data-copy], [data-say]");
    if (button?.dataset.say) {
      speechSynthesis.cancel();
      speechSynthesis.speak(Object.assign(new SpeechSynthesisUtterance(button.dataset.say), { rate: 0.8 }));
    } else if (button) {
      await navigator.clipboard.writeText(button.dataset.copy);
      const label = button.querySelector("span");
      const was = label.textContent;
      if (was === button.dataset.done) return;
      announce((label.textContent = button.dataset.done));
      setTimeout(() => { label.textContent = was; }, 2000);
    }
  });

  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  // A code pasted as "123 456" becomes its digits.
  document.addEventListener("input", ({ target }) => {
    if (target.autocomplete !== "one-time-code") return;
    const digits = target.value.normalize("NFKC").replace(/\D/g, "");
    if (digits !== target.value) target.value = digits;
    typed = digits;
  });

  // The browser's Back must not show a guarded page from its memory: it is put away blank, and asked for again.
  const isGuarded = () => document.querySelector("[data-guarded]");
  addEventListener("pagehide", (event) => { if (event.persisted && isGuarded()) document.documentElement.hidden = true; });
  addEventListener("pageshow", (event) => { if (event.persisted && isGuarded()) location.reload(); });

  document.addEventListener("htmx:after:settle", () => setTimeout(arrive));
  document.addEventListener("visibilitychange", tick);
  setInterval(tick, 1000);
  arrive();

  const side = document.querySelector("details.side");
  if (side && !CSS.supports("selector(::details-content)")) side.open = matchMedia("(min-width: 60rem)").matches;
})();
