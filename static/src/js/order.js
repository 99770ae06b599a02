// Buttons that move a step up or down. Without them each step has its place in a list to choose from; both go together.
const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_all, name) => values[name]);

export function order(list) {
  const { up, down, said, lang } = list.dataset;
  const steps = () => [...list.children];
  const select = step => step.querySelector("select");
  const words = step => step.querySelector("label").textContent.trim();

  const live = document.createElement("div");
  live.className = "govuk-visually-hidden";
  live.setAttribute("aria-live", "polite");
  live.lang = lang;
  list.after(live);

  // What was saved, or chosen in the lists, is the order to begin with.
  const sort = () => {
    const places = steps().map(step => Number(select(step).value));
    if (places.every(Boolean) && new Set(places).size === places.length) {
      const wanted = steps().sort((one, other) => select(one).value - select(other).value);
      if (wanted.some((step, place) => step !== list.children[place])) list.append(...wanted);
    }
  };

  const mark = () => {
    steps().forEach((step, place, all) => {
      const [first, last] = step.querySelectorAll("button");
      first.setAttribute("aria-disabled", String(place === 0));
      last.setAttribute("aria-disabled", String(place === all.length - 1));
    });
  };

  const number = () => {
    steps().forEach((step, place) => { select(step).value = String(place + 1); });
  };

  const move = (step, by, button) => {
    sort();
    const all = steps();
    const other = all[all.indexOf(step) + by];
    // The other one moves, so that the button keeps the focus; sorting may have taken it.
    if (other && by < 0) step.after(other);
    if (other && by > 0) step.before(other);
    number();
    mark();
    button.focus();
    live.textContent = fill(said, { place: steps().indexOf(step) + 1, count: all.length, step: words(step) });
  };

  for (const step of steps()) {
    const name = select(step).id;
    step.querySelector("label").id = `${name}-label`;
    const buttons = document.createElement("div");
    buttons.className = "ac-order__buttons";
    for (const [by, text] of [[-1, up], [1, down]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "govuk-button govuk-button--secondary";
      button.textContent = text;
      button.lang = lang;
      button.id = `${name}${by < 0 ? "-up" : "-down"}`;
      button.setAttribute("aria-labelledby", `${button.id} ${name}-label`);
      button.addEventListener("click", () => move(step, by, button));
      buttons.append(button);
    }
    step.append(buttons);
  }
  sort();
  mark();
}
