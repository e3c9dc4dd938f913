// Waits for the pointer to be let go. A click that leaves a field changes the field first; if the
// page then moved, the click would miss its button.

export class Release {
  readonly #area: HTMLElement;
  #isPressed = false;
  #waiting: (() => void)[] = [];

  constructor(area: HTMLElement) {
    this.#area = area;
    area.addEventListener("pointerdown", this.#pressed, { capture: true });
    for (const end of ["pointerup", "pointercancel"] as const) {
      document.addEventListener(end, this.#released, { capture: true });
    }
  }

  /** Do it now, or after the click under way. */
  run(work: () => void): void {
    if (this.#isPressed) this.#waiting.push(work);
    else work();
  }

  dispose(): void {
    this.#area.removeEventListener("pointerdown", this.#pressed, { capture: true });
    for (const end of ["pointerup", "pointercancel"] as const) {
      document.removeEventListener(end, this.#released, { capture: true });
    }
    this.#waiting = [];
  }

  readonly #pressed = (): void => {
    this.#isPressed = true;
  };

  readonly #released = (): void => {
    this.#isPressed = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    // The click comes right after the release.
    setTimeout(() => {
      for (const work of waiting) work();
    });
  };
}
