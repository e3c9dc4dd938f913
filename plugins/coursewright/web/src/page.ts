// Entry of every page: completes the page's global and registers the elements. Wires, decides
// nothing.
import { CLOSED_KINDS } from "./elements/closed-kinds.ts";
import { Kinds } from "./elements/kinds.ts";
import { LessonElement } from "./elements/lesson.ts";
import { markLessons } from "./elements/lesson-marks.ts";
import { defineOnDemand } from "./elements/on-demand.ts";
import { defineQuestion } from "./elements/question.ts";
import { QuizElement } from "./elements/quiz.ts";
import type { PythonClient } from "./python-client.ts";
import { LazyPython } from "./python-lazy.ts";
import { type Addresses, keepSamePage } from "./same-page.ts";
import { completeSite, getSite } from "./site.ts";
import { browserSetup } from "./store/browser.ts";
import { Store } from "./store/store.ts";

/** Material's stream of pages; it emits once on subscribing and after each instant navigation. */
interface Pages {
  subscribe(listener: () => void): void;
}

declare global {
  interface Window {
    document$?: Pages;
    location$?: Addresses;
  }
}

const script = (document.currentScript as HTMLScriptElement | null)?.src ?? "";
const kinds = new Kinds({ python: "editor.js" }, (bundle) => getSite().load(bundle));
for (const [kind, factory] of Object.entries(CLOSED_KINDS)) kinds.register(kind, factory);

const { store } = completeSite(script, ({ site }) => ({
  store: new Store(browserSetup(site.id)),
  python: new LazyPython(openPython),
  registerKind: (kind, factory) => kinds.register(kind, factory),
}));

document.documentElement.dataset.cwPython = "idle";
addEventListener("storage", ({ key }) => store.heard(key));
addEventListener("pagehide", () => store.flush());
store.watch(markLessons);
// On `file:` Material ends its stream before the first page when instant navigation is on.
addEventListener("DOMContentLoaded", () => markLessons());
window.document$?.subscribe(() => markLessons());
if (window.location$) keepSamePage(window.location$);

customElements.define("cw-question", defineQuestion(kinds));
customElements.define("cw-quiz", QuizElement);
customElements.define("cw-lesson", LessonElement);
defineOnDemand("lab", (it) => it.mountLab);
defineOnDemand("meter", (it) => it.mountMeter);
defineOnDemand("progress", (it) => it.mountProgress);
defineOnDemand("term", (it) => it.mountTerm);
defineOnDemand("tutor", (it) => it.mountTutor);

async function openPython(): Promise<PythonClient> {
  const site = getSite();
  await site.load("python.js");
  if (!site.makePython) throw new Error("no python.js");
  return site.makePython();
}
