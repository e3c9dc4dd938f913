// The page's Python until something asks for it: the client itself comes in a bundle of its own,
// because most pages are read without running anything.
import {
  type CallOptions,
  type Calls,
  type PythonClient,
  PythonError,
  type PythonState,
} from "./python-client.ts";
import { PythonWatch } from "./python-watch.ts";

export class LazyPython extends PythonWatch implements PythonClient {
  readonly #open: () => Promise<PythonClient>;
  #client: PythonClient | undefined;
  #opening: Promise<PythonClient> | undefined;

  /** @param open - Loads the bundle and makes the client; may reject, and is then tried again. */
  constructor(open: () => Promise<PythonClient>) {
    super();
    this.#open = open;
  }

  get state(): PythonState {
    return this.#client?.state ?? { name: "idle" };
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
    const client = await this.#get().catch((error: unknown) => {
      throw new PythonError("boot", String(error));
    });
    return client.request(kind, payload, options);
  }

  #get(): Promise<PythonClient> {
    this.#opening ??= this.#open().then(
      (client) => {
        client.watch(this.tell);
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
