// Material's search wants a worker from a file, which no browser allows on `file://`. There a frame
// of its own does that work; Material looks for `IFrameWorker` to know. The frame is filled by
// element, never by text: a content security policy would forbid a script in its text. Workers
// from a Blob, which browsers do allow there, keep the browser's own class: a frame is no place
// for Python.

/** What a worker's script expects around it. */
interface Scope {
  postMessage: (data: unknown) => void;
  importScripts: (...addresses: string[]) => Promise<void>;
}

class FrameWorker extends EventTarget {
  readonly #frame = document.createElement("iframe");
  readonly #scope: Window & Scope;
  readonly #ready: Promise<void>;
  onmessage: ((event: MessageEvent) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;

  constructor(address: string | URL) {
    super();
    this.#frame.hidden = true;
    document.body.append(this.#frame);
    this.#scope = this.#frame.contentWindow as Window & Scope;
    // Opened by hand: else Firefox puts an empty document in place of what is added here.
    this.#scope.document.open();
    this.#scope.document.close();
    this.#scope.postMessage = (data) => this.#tell(message(data));
    this.#scope.importScripts = async (...addresses) => {
      for (const each of addresses) await this.#load(each);
    };
    this.#ready = this.#load(String(address));
    this.#ready.catch((error: unknown) =>
      this.#tell(new ErrorEvent("error", { message: String(error) })),
    );
  }

  postMessage(data: unknown): void {
    const event = message(data);
    this.#ready.then(
      () => this.#scope.dispatchEvent(event),
      () => {}, // told by `error`
    );
  }

  terminate(): void {
    this.#frame.remove();
  }

  /** Run a script in the frame. */
  #load(address: string): Promise<void> {
    const inside = this.#scope.document;
    const script = inside.createElement("script");
    return new Promise((resolve, reject) => {
      script.onload = () => resolve();
      script.onerror = () => reject(new Error(`${address} did not load`));
      script.src = address;
      inside.head.append(script);
    });
  }

  #tell(event: MessageEvent | ErrorEvent): void {
    if (event instanceof MessageEvent) this.onmessage?.(event);
    else this.onerror?.(event);
    this.dispatchEvent(event);
  }
}

function message(data: unknown): MessageEvent {
  return new MessageEvent("message", { data: structuredClone(data) });
}

if (location.protocol === "file:") {
  Object.assign(window, { IFrameWorker: FrameWorker });
  window.Worker = new Proxy(window.Worker, {
    construct: (native, given) =>
      Reflect.construct(String(given[0]).startsWith("blob:") ? native : FrameWorker, given),
  });
}
