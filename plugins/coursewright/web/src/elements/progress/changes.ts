// Changes of many lessons as one.
import { getSite } from "../../site.ts";

/** A reset of the whole course changes its lessons one after the other. */
const SETTLING_MS = 60;

/** Call `draw` after changes of any lesson, once for many that come together. Returns the end. */
export function afterChanges(draw: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = getSite().store.watch(() => {
    timer ??= setTimeout(() => {
      timer = undefined;
      draw();
    }, SETTLING_MS);
  });
  return () => {
    end();
    clearTimeout(timer);
  };
}
