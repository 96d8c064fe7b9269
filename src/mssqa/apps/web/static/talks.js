// The list of the conversations that this browser keeps: to turn to one, rename it, delete it.
"use strict";

window.mssqa.talks = (tab, { say, notify, conversation, turnTo }) => {
  const { make, kept } = window.mssqa;
  const box = tab.querySelector("#talks");

  const act = (name, label) =>
    make("button", { type: "button", class: "quiet", "data-act": name, "aria-label": label }, say(name));

  function show() {
    const items = kept.all().map(({ id, title }) => {
      const item = make("li", { "data-talk": id });
      if (id === conversation.talk?.id) item.setAttribute("aria-current", "true");
      const turn = make("button", { type: "button", class: "title", "data-act": "turn" }, title);
      const acts = [act("rename", say("rename_it", { title })), act("delete", say("delete_it", { title }))];
      item.append(turn, ...acts);
      return item;
    });
    box.querySelector("ul").replaceChildren(...items);
    box.querySelector(".none").hidden = items.length > 0;
  }

  function rename(item) {
    const { talk: id } = item.dataset;
    const title = item.querySelector(".title");
    const field = make("input", { type: "text", maxlength: "120", "aria-label": say("new_title") });
    field.value = title.textContent;
    title.replaceWith(field);
    field.focus();
    field.select();
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== "Escape") return;
      event.stopPropagation();
      event.preventDefault();
      if (event.key === "Enter" && kept.rename(id, field.value)) conversation.renamed(id);
      show();
      box.querySelector(`[data-talk="${id}"] .title`)?.focus();
    });
  }

  function drop(id) {
    const gone = kept.load(id);
    kept.remove(id);
    show();
    if (conversation.talk?.id === id) turnTo(null);
    notify(say("deleted", { title: gone?.title ?? "" }), say("undo"), () => {
      if (gone) kept.save(gone);
      show();
    });
  }

  return { show, rename, drop };
};
