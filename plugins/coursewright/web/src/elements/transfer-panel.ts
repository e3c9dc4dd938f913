// Saving, loading and forgetting the progress of the whole course.
import { getSite } from "../site.ts";
import { exportCourse, importCourse, lessonsIn, resetCourse } from "../store/transfer.ts";
import { t, tn } from "../strings.ts";
import { lessonOf, make, makeButton, setShown } from "./dom.ts";

/** Make the panel. It needs no closing: nothing outside of it is listened to. */
export function makeTransferPanel(): HTMLElement {
  const { site, store } = getSite();
  const panel = make("div", { class: "cw-transfer" });
  const status = make("p", { role: "status" });
  const picker = make("input", { type: "file", accept: ".json,application/json", hidden: "" });
  const undo = makeButton("undo", t("question.undo"));
  undo.hidden = true;
  const say = (words: string, takeBack?: () => void) => {
    status.textContent = words;
    undo.onclick = () => {
      takeBack?.();
      say(t("question.was_restored"));
    };
    setShown(undo, takeBack !== undefined);
  };
  const button = (action: string, label: string, step: () => void) => {
    const made = makeButton(action, label);
    made.addEventListener("click", step);
    return made;
  };
  picker.addEventListener("change", async () => {
    const text = (await picker.files?.[0]?.text()) ?? "";
    picker.value = ""; // so that the same file may be chosen again
    const read = importCourse(store, site.id, text);
    say(typeof read === "number" ? tn("transfer.loaded", read) : t(`transfer.${read}`));
  });
  panel.append(
    button("save", t("transfer.save"), () => {
      offer(exportCourse(store, site.id, storedLessons(site.id)), `${site.id}-progress.json`);
      say(t("transfer.saved"));
    }),
    button("load", t("transfer.load"), () => picker.click()),
    button("reset-all", t("transfer.reset"), () =>
      say(t("transfer.was_reset"), resetCourse(store, storedLessons(site.id))),
    ),
    picker,
    status,
    undo,
  );
  return panel;
}

/** Lessons in storage, and this page's own where nothing can be stored. */
function storedLessons(site: string): string[] {
  const here = [...document.querySelectorAll("[data-cw-lesson]")].map(lessonOf);
  try {
    return [...new Set([...here, ...lessonsIn(Object.keys(window.localStorage), site)])];
  } catch {
    return here;
  }
}

function offer(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = make("a", { href: address, download: name });
  link.click();
  // The browser reads the Blob after the click; a minute is long enough for any dialog.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
