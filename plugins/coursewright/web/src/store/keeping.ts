// Whether the browser may delete what a site stores when space runs short. Asking it not to may
// show a question of the browser's own, so it is done at a reader's wish only.

/** "unknown" where the browser has no answer: over plain http, in old ones, in sandboxes. */
export type Keeping = "kept" | "may-go" | "unknown";

type Manager = Partial<Pick<StorageManager, "persist" | "persisted">> | undefined;

/** Find out how it is, without asking for anything. */
export function keepingOf(manager: Manager): Promise<Keeping> {
  return answerOf(() => manager?.persisted?.());
}

/** Ask the browser to keep it. */
export function askToKeep(manager: Manager): Promise<Keeping> {
  return answerOf(() => manager?.persist?.());
}

async function answerOf(ask: () => Promise<boolean> | undefined): Promise<Keeping> {
  try {
    const answer = await ask();
    return answer === undefined ? "unknown" : answer ? "kept" : "may-go";
  } catch {
    return "unknown";
  }
}
