// What the course brings beyond the standard library: its author's own modules and the packages
// they chose. Each arrives as an archive when code first imports it, before that code runs.
import type { PackageFacts } from "../protocol.ts";
import type { Arrivals } from "./arrivals.ts";
import type { FileSystem, PythonBridge } from "./pyodide.ts";

const { parse, stringify } = JSON;
const ARCHIVE = "/package.zip";

/** Something that code imports did not arrive. */
export class PackageError extends Error {}

export interface PackagesSetup {
  facts: readonly PackageFacts[];
  arrivals: Pick<Arrivals, "begin" | "bytes">;
  files: Pick<FileSystem, "writeFile">;
  bridge: Pick<PythonBridge, "imports" | "install" | "modules" | "preload">;
}

export class Packages {
  readonly #setup: PackagesSetup;
  readonly #installed = new Set<string>();

  constructor(setup: PackagesSetup) {
    this.#setup = setup;
  }

  /**
   * Resolves when code with these sources finds what it imports.
   *
   * @throws PackageError when a file does not arrive, or is damaged.
   */
  async readyFor(sources: string[]): Promise<void> {
    const wanted = this.#wanted(sources);
    if (wanted.length > 0) {
      const total = wanted.reduce((sum, { bytes }) => sum + bytes, 0);
      this.#setup.arrivals.begin("packages", total);
      await Promise.all(wanted.map((facts) => this.#install(facts)));
    }
    this.#preload(sources);
  }

  /** Import what is not the author's own while no code of a learner runs; see lessonlab. */
  #preload(sources: string[]): void {
    const { facts, bridge } = this.#setup;
    const others = facts.filter(({ name, own }) => !own && this.#installed.has(name));
    const names = others.flatMap(({ imports }) => imports);
    const modules = names.length > 0 ? bridge.modules(stringify({ sources, names })) : "";
    if (modules) bridge.preload(modules);
  }

  /** Return what the sources import and is not here yet, with what that needs in turn. */
  #wanted(sources: string[]): PackageFacts[] {
    const { facts, bridge } = this.#setup;
    const names = facts.flatMap(({ imports }) => imports);
    if (this.#installed.size === facts.length) return [];
    const used = new Set(parse(bridge.imports(stringify({ sources, names }))) as string[]);
    const wanted = new Set(facts.filter(({ imports }) => imports.some((name) => used.has(name))));
    for (const { depends } of wanted) {
      // A set that grows while it is walked is walked to its new end.
      for (const other of facts) if (depends.includes(other.name)) wanted.add(other);
    }
    return [...wanted].filter(({ name }) => !this.#installed.has(name));
  }

  async #install({ name, imports, own }: PackageFacts): Promise<void> {
    const { arrivals, files, bridge } = this.#setup;
    try {
      const bytes = await arrivals.bytes(`package:${name}`);
      files.writeFile(ARCHIVE, new Uint8Array(bytes));
      bridge.install(ARCHIVE, own ? imports.join(" ") : "");
    } catch (error) {
      throw new PackageError(`${name}: ${error}`);
    }
    this.#installed.add(name);
  }
}
