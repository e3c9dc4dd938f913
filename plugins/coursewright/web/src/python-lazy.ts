// The page's Python until something asks for it: the client itself comes in a bundle of its own,
// because most pages are read without running anything.
import {
  type CallOptions,
  type Calls,
  type PythonClient,
  PythonError,
  type PythonState,
} from "./python-client.ts";

export class LazyPython implements PythonClient {
  readonly #open: () => Promise<PythonClient>;
  readonly #listeners = new Set<(state: PythonState) => void>();
  #client: PythonClient | undefined;
  #opening: Promise<PythonClient> | undefined;

  /** @param open - Loads the bundle and makes the client; may reject, and is then tried again. */
  constructor(open: () => Promise<PythonClient>) {
    this.#open = open;
  }

  get state(): PythonState {
    return this.#client?.state ?? { name: "idle" };
  }

  watch(listener: (state: PythonState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  warm(): void {
    this.#get().then(
      (client) => client.warm(),
      () => {}, // nobody has asked for anything yet; a request will try again and say so
    );
  }

  async request<K extends keyof Calls>(
    kind: K,
    payload: Calls[K]["request"],
    options: CallOptions<K> = {},
  ): Promise<Calls[K]["response"]> {
    let client: PythonClient;
    try {
      client = await this.#get();
    } catch (error) {
      throw new PythonError("boot", String(error));
    }
    return client.request(kind, payload, options);
  }

  #get(): Promise<PythonClient> {
    this.#opening ??= this.#open().then(
      (client) => {
        client.watch((state) => {
          for (const listener of this.#listeners) listener(state);
        });
        this.#client = client;
        return client;
      },
      (error: unknown) => {
        this.#opening = undefined;
        throw error;
      },
    );
    return this.#opening;
  }
}
