// Entry of the worker: a classic script, so that it also runs from a Blob on file://. Wires the
// page's messages to the session, decides nothing.
import { isPageMessage, PROTOCOL_VERSION, type WorkerMessage } from "./protocol.ts";
import { Boot } from "./worker/boot.ts";
import { Session } from "./worker/session.ts";

let boot: Boot | undefined;
let session: Session | undefined;

function post(message: WorkerMessage): void {
  self.postMessage(message);
}

self.addEventListener("message", async ({ data }: MessageEvent<unknown>) => {
  if (!isPageMessage(data)) return;
  if (data.type === "stop") {
    session?.stop(data.id);
  } else if (data.type === "part") {
    boot?.take(data.part, data.bytes);
  } else if (data.type === "request") {
    await session?.run(data);
  } else if (data.version !== PROTOCOL_VERSION) {
    post({ type: "failed", detail: `protocol ${data.version} meets ${PROTOCOL_VERSION}` });
  } else {
    try {
      boot = new Boot(data, post);
      const python = await boot.start();
      session = new Session(python, post);
      const { module, slow } = python;
      post({ type: "ready", module, ...(slow === undefined ? {} : { slow }) });
      await python.library?.prepare();
    } catch (error) {
      post({ type: "failed", detail: String(error) });
    }
  }
});
