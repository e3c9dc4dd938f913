// Who wants to know what Python is doing, the same for every client of it.
import type { PythonState } from "./python-client.ts";

type Listener = (state: PythonState) => void;

export class PythonWatch {
  readonly #listeners = new Set<Listener>();

  /** Call `listener` with each new state. Returns the end. */
  readonly watch = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Tell a new state; who begins to listen meanwhile is told the next one. */
  protected readonly tell = (state: PythonState): void => {
    for (const listener of [...this.#listeners]) listener(state);
  };
}
