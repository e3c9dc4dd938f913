// Material's search wants a worker from a file, which no browser allows on `file://`; the shim
// runs it in a frame instead. It replaces `Worker` for everybody, though, and a frame is no place
// for Python: workers from a Blob, which browsers do allow there, keep the browser's own class.
import { NativeWorker } from "./native-worker.ts";
import "iframe-worker/shim";

const Shim = window.Worker;
if (Shim !== NativeWorker) {
  window.Worker = new Proxy(Shim, {
    construct: (shim, given) =>
      Reflect.construct(String(given[0]).startsWith("blob:") ? NativeWorker : shim, given),
  });
}
