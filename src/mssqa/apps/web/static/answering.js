// The answer that is under way: asked for, watched over as it grows, stopped, asked for again.
"use strict";

window.mssqa.answering = (tab, { gradio, say, call, language, limits, composer, conversation, sources, notify, aloud }) => {
  const { make, name, remember, forget } = window.mssqa;
  const find = (selector, within = tab) => within.querySelector(selector);
  const ASKING = window.mssqa.own("mssqa.asking");
  const MOST_TURNS = 8;
  const SLOW_MS = 3_000; // without a sign of life
  const PATIENT = 3; // times that long, before it is told that others ask too
  let running = null; // the exchange that is being answered

  function ask(question, within = limits.now()) {
    if (running || !question.trim()) return;
    remember(sessionStorage, ASKING, question); // until it is answered, whatever becomes of the page
    const exchanges = conversation.talk?.exchanges.slice(-MOST_TURNS) ?? [];
    const past = exchanges.map(({ question, text }) => ({ question, text }));
    const asked = { run: name(), question, ...within, past, language };
    running = conversation.begin(question, asked);
    tellOf(running, say("searching"));
    busy(true);
    running.scrollIntoView({ block: "start", behavior: calm() });
    gradio.ask(asked);
    watchOver(running);
  }

  /** Say so if nothing more comes: the server is gone, the answer is lost, or many are asking. */
  function watchOver(item, times = 1) {
    const { asked, stage } = conversation.of(item);
    const isStill = () => running === item && conversation.of(item).stage === stage;
    setTimeout(async () => {
      if (running !== item) return;
      if (!isStill()) return watchOver(item);
      const { value, trouble } = await call("is_running", { run: asked.run });
      if (!isStill()) return watchOver(item);
      if (trouble) return fail(item, trouble);
      if (!value) return fail(item, { what: say("lost"), hint: say("lost_hint") });
      if (times >= PATIENT && (stage?.stage ?? "begun") === "begun") tellOf(item, say("still_waiting"));
      watchOver(item, times + 1);
    }, SLOW_MS);
  }

  /** One stage of the answer that is under way. */
  function receive(stage) {
    if (!running || !stage || stage.run !== conversation.of(running).asked.run) return;
    const item = running;
    const state = conversation.of(item);
    if (stage.told && stage.told !== state.told) aloud(stage.told);
    for (const sentence of stage.sentences.slice(state.stage?.sentences.length ?? 0)) aloud(sentence, stage.language);
    Object.assign(state, { stage, told: stage.told, sources: stage.sources });
    if (stage.stage === "trouble") return fail(item, stage.trouble);
    tellOf(item, stage.stage === "checked" ? "" : stage.told || say("writing"));
    item.classList.toggle("finding", stage.stage === "found");
    conversation.fill(item, stage.answer);
    if (stage.stage !== "begun") sources.show(stage.sources);
    if (stage.stage === "checked") finish(item, stage);
  }

  function finish(item, { exchange, token }) {
    Object.assign(conversation.of(item), { exchange, token });
    if (!conversation.append(exchange)) notify(say("not_kept"));
    over();
    conversation.settle(item);
    conversation.suggest(item);
  }

  function fail(item, { what, hint, build }) {
    tellOf(item, "");
    const told = make("div", { class: "trouble", role: "alert" });
    told.append(make("p", {}, what), make("p", { class: "hint" }, hint));
    if (build) told.append(make("button", { type: "button", class: "send", "data-act": "build" }, say("build")));
    find(".body", item).replaceChildren(told);
    conversation.settle(item, ["retry"]);
    composer.giveBack(conversation.of(item).asked.question);
    over();
  }

  /** Nothing is under way any more. */
  function over() {
    running = null;
    forget(sessionStorage, ASKING);
    busy(false);
  }

  function stop() {
    if (!running) return;
    gradio.stop();
    const item = running;
    over();
    tellOf(item, say("stopped"));
    aloud(say("stopped"));
    conversation.settle(item, ["retry"]);
    composer.focus();
  }

  /** Ask once more, in the place of the answer that is there. */
  function retry(item) {
    if (running) return;
    const { asked, exchange } = conversation.of(item);
    const { question, as_of, publishers } = asked ?? exchange;
    if (conversation.isLast(item)) conversation.dropLast();
    composer.takeBack(question);
    ask(question, { as_of, publishers });
  }

  function busy(on) {
    tab.classList.toggle("busy", on);
    find("[data-act=stop]").hidden = !on;
    find("button[type=submit]").hidden = on;
  }

  const tellOf = (item, text) => (find(".told", item).textContent = text);
  const calm = () => (window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

  return {
    ask, receive, stop, retry,
    isUnderWay: () => running !== null,
    lost: () => window.mssqa.remembered(sessionStorage, ASKING), // the question of a page that went
  };
};
