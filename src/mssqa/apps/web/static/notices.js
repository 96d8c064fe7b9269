// What is told at the foot of the Ask tab and read aloud, and the boxes that its buttons open.
"use strict";

window.mssqa.notices = (tab) => {
  const { make } = window.mssqa;
  const SHORT_MS = 5_000;
  const LONG_MS = 12_000; // with something to press
  const MOST_SAID = 20;
  const notice = tab.querySelector(".notice");
  const said = tab.querySelector(".said");
  let act = null; // what the notice's button does
  let timer = 0;

  /** Tell something for a while; with an action, a button for it. */
  function notify(text, action, then) {
    notice.replaceChildren(make("span", {}, text));
    act = then ?? null;
    if (action) notice.append(" ", make("button", { type: "button", class: "quiet", "data-act": "undo" }, action));
    notice.hidden = false;
    clearTimeout(timer);
    timer = setTimeout(() => (notice.hidden = true), action ? LONG_MS : SHORT_MS);
  }

  function undo() {
    act?.();
    notice.hidden = true;
  }

  /** Add a line to what is read aloud, in a language if it is not the page's. */
  function aloud(text, language) {
    said.append(make("span", language ? { lang: language } : {}, `${text} `));
    while (said.childElementCount > MOST_SAID) said.firstElementChild.remove();
  }

  return { notify, undo, aloud };
};

window.mssqa.popups = (tab) => {
  function toggle(button, popup) {
    const open = popup.hidden;
    close();
    popup.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    if (open) popup.querySelector("button, input")?.focus();
  }

  /** True if one was open. */
  function close(focus = false) {
    const open = [...tab.querySelectorAll(".popup:not([hidden])")];
    for (const popup of open) {
      const button = popup.parentElement.querySelector("[aria-expanded]");
      popup.hidden = true;
      button.setAttribute("aria-expanded", "false");
      if (focus) button.focus();
    }
    return open.length > 0;
  }

  return { toggle, close };
};
