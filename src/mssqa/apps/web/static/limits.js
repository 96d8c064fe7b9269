// The day and the publishers that a question is asked within, and the button that tells them.
"use strict";

window.mssqa.limits = (tab, { say, time }) => {
  const { make, phrase } = window.mssqa;
  const button = tab.querySelector("[data-act=limits]");
  const until = tab.querySelector("input[name=as_of]");
  const choices = tab.querySelector(".choices");
  const boxes = () => [...choices.querySelectorAll("input")];

  const now = () => ({
    as_of: until.value || null,
    publishers: boxes().filter((each) => each.checked).map((each) => each.value),
  });

  function show() {
    const { as_of, publishers } = now();
    const parts = [as_of && say("limit_as_of", { day: day(as_of) }), ...publishers].filter(Boolean);
    button.textContent = parts.length ? parts.join(" · ") : say("limits");
    button.classList.toggle("set", parts.length > 0);
  }

  function day(iso) {
    const [year, month, date] = iso.split("-").map(Number);
    const { months, first } = time;
    return phrase(time, "day", { day: date === 1 ? first : date, month: months.split(" ")[month - 1], year });
  }

  function set({ as_of = null, publishers = [] }) {
    until.value = as_of ?? "";
    offer(publishers);
    for (const each of boxes()) each.checked = publishers.includes(each.value);
    show();
  }

  /** Let the reader choose among these publishers too. */
  function offer(publishers) {
    const known = new Set(boxes().map((each) => each.value));
    for (const each of publishers) if (!known.has(each)) add(each);
    tab.querySelector(".publishers").hidden = !choices.children.length;
  }

  function add(publisher) {
    const label = make("label");
    label.append(
      make("input", { type: "checkbox", name: "publisher", value: publisher }), make("span", {}, publisher),
    );
    choices.append(label);
  }

  tab.querySelector("#limits").addEventListener("change", show);
  show();
  return { now, set, offer };
};
