// Says whether the browser may delete what is stored, and offers to ask it not to.
import { askToKeep, keepingOf } from "../../store/keeping.ts";
import { t } from "../../strings.ts";
import { isUsable, make, makeButton, setShown, setUsable } from "../dom.ts";

/** Make the words and, where the browser can be asked, the button. */
export function makeKeeping(): HTMLElement {
  const status = make("p", { role: "status" });
  const ask = makeButton("keep", t("keeping.ask"));
  ask.hidden = true;
  void keepingOf(navigator.storage).then((keeping) => {
    status.textContent = t(`keeping.${keeping}`);
    ask.hidden = keeping !== "may-go";
  });
  ask.addEventListener("click", async () => {
    if (!isUsable(ask)) return;
    setUsable(ask, false);
    status.textContent = t("keeping.waiting"); // a browser may ask its reader first
    const answer = await askToKeep(navigator.storage);
    status.textContent = t(`keeping.answer.${answer}`);
    setShown(ask, false);
  });
  const element = make("div", { class: "cw-keeping" });
  element.append(status, ask);
  return element;
}
