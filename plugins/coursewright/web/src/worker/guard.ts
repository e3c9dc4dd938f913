// Ends code that runs past its limit, without shared memory: Python polls `buffer[0]` while it
// runs, and a getter can look at the clock, and do what else cannot wait for the code's end. (An
// undocumented use of Pyodide's interrupt buffer, 314.0; held by tests.)

const SIGINT = 2;
/** Code that catches the interrupt gets the next one after this time. */
const AGAIN_MS = 250;

export class Guard {
  #deadline = Number.POSITIVE_INFINITY;
  /** Whether the work was interrupted because its time was over. */
  late = false;

  /** What Pyodide polls. */
  readonly buffer: { 0: number };

  /**
   * @param stopped - Called at each poll, some hundred times a second: whether to interrupt at
   *     once.
   */
  constructor(stopped: () => boolean = () => false, now: () => number = () => performance.now()) {
    const guard = this;
    this.buffer = {
      get 0() {
        const time = now();
        const stops = stopped();
        if (stops && guard.#deadline > time + AGAIN_MS) guard.#deadline = time;
        if (time < guard.#deadline) return 0;
        if (!stops) guard.late = true;
        // One interrupt, not a lasting one: that would end the making of the traceback, too.
        guard.#deadline = time + AGAIN_MS;
        return SIGINT;
      },
      // Pyodide writes 0 when it has seen the interrupt.
      set 0(_: number) {},
    };
  }

  /** Run `work` with an interrupt at `deadline`, in milliseconds of the guard's clock. */
  until<T>(deadline: number, work: () => T): T {
    this.#deadline = deadline;
    this.late = false;
    try {
      return work();
    } finally {
      this.#deadline = Number.POSITIVE_INFINITY;
    }
  }
}
