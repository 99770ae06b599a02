// What the pages need of govuk-frontend, and nothing that a page needs in order to work.
import {
  Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner,
  PasswordInput, Radios, ServiceNavigation, SkipLink, createAll,
} from "govuk-frontend";
import { order } from "./order.js";

// Modules run in capable browsers only: the class tells the styles that script is there.
document.body.classList.add("js-enabled", "govuk-frontend-supported");

for (const component of [
  CharacterCount, Checkboxes, ErrorSummary, NotificationBanner,
  PasswordInput, Radios, ServiceNavigation, SkipLink,
]) createAll(component);
createAll(Button, { preventDoubleClick: true });
document.querySelectorAll(".ac-order").forEach(order);

// Paper cannot be clicked: open what is folded, and fold it again afterwards.
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  for (const details of opened) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of opened) details.open = false;
});
