// Entry of the worker: a classic script, so that it also runs from a Blob on file://. Wires the
// page's messages to the session, decides nothing. The page speaks through a port that it sends
// with its first message, so that code which reaches the worker's globals cannot speak in our place.
import {
  isPageMessage,
  type PageMessage,
  PROTOCOL_VERSION,
  type WorkerMessage,
} from "./protocol.ts";
import { Boot } from "./worker/boot.ts";
import { Session } from "./worker/session.ts";

type Post = (message: WorkerMessage) => void;

/** To the page past the port: for the one message that a port cannot carry everywhere. */
const send = self.postMessage.bind(self);
const postOnce = (message: WorkerMessage, transfer: Transferable[]) => send(message, transfer);

function begin({ data, ports: [port] }: MessageEvent<unknown>): void {
  if (!port || !isPageMessage(data)) return;
  const post: Post = port.postMessage.bind(port);
  const talk = new Talk(post);
  port.onmessage = (event: MessageEvent<unknown>) => {
    if (isPageMessage(event.data)) void talk.hear(event.data);
  };
  void talk.hear(data);
  if (data.type === "boot" && !data.module) {
    // A module cannot pass a port everywhere. It comes before any code of a learner.
    const take = ({ data: next }: MessageEvent<unknown>) => {
      if (isPageMessage(next)) void talk.hear(next);
    };
    self.addEventListener("message", take, { once: true });
    const lost = () => post({ type: "failed", detail: "the module could not be read" });
    self.addEventListener("messageerror", lost, { once: true });
  }
}

self.addEventListener("message", begin, { once: true });

class Talk {
  readonly #post: Post;
  #boot: Boot | undefined;
  #session: Session | undefined;

  constructor(post: Post) {
    this.#post = post;
  }

  async hear(message: PageMessage): Promise<void> {
    if (message.type === "stop") {
      this.#session?.stop(message.id);
    } else if (message.type === "part") {
      this.#boot?.take(message.part, message.bytes);
    } else if (message.type === "module") {
      this.#boot?.takeModule(message.module);
    } else if (message.type === "request") {
      await this.#session?.run(message);
    } else if (message.version !== PROTOCOL_VERSION) {
      const detail = `protocol ${message.version} meets ${PROTOCOL_VERSION}`;
      this.#post({ type: "failed", detail });
    } else {
      this.#boot = new Boot(message, this.#post);
      await this.#start(this.#boot);
      this.#session?.prepare(message.sources ?? []);
    }
  }

  async #start(boot: Boot): Promise<void> {
    try {
      const python = await boot.start();
      this.#session = new Session(python, this.#post);
      const { module, snapshot, slow } = python;
      postOnce(
        {
          type: "ready",
          module,
          ...(snapshot === undefined ? {} : { snapshot }),
          ...(slow === undefined ? {} : { slow }),
        },
        snapshot ? [snapshot] : [],
      );
      await python.library?.prepare();
    } catch (error) {
      this.#post({ type: "failed", detail: String(error) });
    }
  }
}
