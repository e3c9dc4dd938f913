// Which of its views a `cw-progress` shows.
import { mountTools } from "../progress-tools.ts";
import { showContinue } from "./continue-view.ts";
import { RecordView } from "./record-view.ts";

/** Start the view that `data-cw-view` names. Returns its end. */
export function mountProgress(host: HTMLElement): () => void {
  const { cwView } = host.dataset;
  if (cwView === "continue") return showContinue(host);
  if (cwView === "record") return new RecordView(host).open();
  return mountTools(host);
}
