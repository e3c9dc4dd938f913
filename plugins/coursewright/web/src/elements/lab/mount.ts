// Brings a lab that the build wrote to life.
import { getSite } from "../../site.ts";
import { Laboratory } from "./laboratory.ts";
import { parseSpec } from "./spec.ts";

/**
 * Start the lab inside `host`.
 *
 * @returns What ends it, to be called when the host leaves the page.
 */
export function mountLab(host: HTMLElement): () => void {
  const section = host.querySelector<HTMLElement>("[data-cw-lab]");
  const stage = host.querySelector<HTMLElement>("[data-cw-lab-stage]");
  const spec = parseSpec(section?.dataset.cwSpec);
  if (!section || !stage || !spec) {
    console.error("coursewright: this lab is not written as expected", host);
    return () => undefined;
  }
  const { python, store } = getSite();
  const lesson = host.closest<HTMLElement>("[data-cw-lesson]")?.dataset.cwLesson ?? "";
  stage.hidden = false;
  const lab = new Laboratory(section, stage, spec, { python, store, lesson });
  return () => lab.dispose();
}
