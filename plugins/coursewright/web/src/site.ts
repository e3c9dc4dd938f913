// The one global of a page, `window.coursewright`: the build's scripts make it, `page.ts`
// completes it, and the bundles that load later (editor, labs) reach the page through it alone.
import type { KindFactory, QuestionHost } from "./elements/kinds.ts";
import type { OutputRun } from "./elements/output-run.ts";
import type { PackageFacts } from "./protocol.ts";
import type { PythonClient } from "./python-client.ts";
import type { Store } from "./store/store.ts";

/** A lesson of the course. `url` is relative to the site's root, `questions` counts its quiz. */
export interface LessonLink {
  id: string;
  url: string;
  title: string;
  track: string;
  questions: number;
}

/** A package of the course and the address of its file, relative to the site's root. */
export interface SitePackage extends PackageFacts {
  file: string;
}

/** What the build's scripts set before `page.js` runs. Addresses are relative to the root. */
export interface SiteFacts {
  site: { id: string; name: string };
  assets: Record<string, string>;
  strings: Record<string, string>;
  lessons: LessonLink[];
  /** What code may import beyond the standard library. */
  packages?: SitePackage[];
}

export interface Coursewright extends SiteFacts {
  /** Address of the site's root, with a slash at its end. */
  base: string;
  store: Store;
  /** Files of Python as base64 text, set by scripts where nothing can be fetched. */
  parts?: Record<string, string>;
  python: PythonClient;
  /** Set by the bundle with the client of Python. */
  makePython?: () => PythonClient;
  /** Set by the same bundle: runs the code of a `predict` question until the signal. */
  openOutput?: (host: QuestionHost, signal: AbortSignal) => OutputRun;
  /** Runs a bundle once, by its name in `assets`; rejects when it cannot be loaded. */
  load(name: string): Promise<void>;
  /** Called by a bundle that brings a question kind of its own. */
  registerKind(kind: string, factory: KindFactory): void;
  /** Set by the bundle of the whole course's progress: shows it inside a host, returns the end. */
  mountProgress?: (host: HTMLElement) => () => void;
  /** Set by the bundle of the header's ring: fills it, returns the end. */
  mountMeter?: (host: HTMLElement) => () => void;
  /** Set by the bundle that makes labs run: starts the lab inside a host, returns its end. */
  mountLab?: (host: HTMLElement) => () => void;
  /** Set by the bundle that shows what a term means beside its first use. */
  mountTerm?: (host: HTMLElement) => () => void;
  /** Indexes of lessons by id, set by scripts of their own; to be checked before use. */
  passages?: Record<string, unknown>;
  /** Addresses of the scripts with these indexes, by lesson; set by a script of its own. */
  indexes?: Record<string, string>;
  /** Set by the tutor's bundle: makes a panel answer; `wish` is what the reader did to wake it. */
  mountTutor?: (host: HTMLElement, wish?: Event) => () => void;
}

declare global {
  interface Window {
    coursewright?: Partial<Coursewright>;
  }
}

type SiteParts = Omit<Coursewright, keyof SiteFacts | "base" | "load">;

/**
 * Complete the global.
 *
 * @param script - Address of the running `page.js`, from which the site's root is told.
 * @param parts - Makes the remaining members; gets the facts, because the store needs the site id.
 */
export function completeSite(script: string, parts: (facts: SiteFacts) => SiteParts): Coursewright {
  window.coursewright ??= {};
  const seed = window.coursewright;
  const facts: SiteFacts = {
    site: { id: "course", name: "" },
    assets: {},
    strings: {},
    lessons: [],
    ...seed,
  };
  const base = rootOf(script, facts.assets["page.js"] ?? "");
  const load = makeLoader((name) => new URL(facts.assets[name] ?? name, base).href);
  return Object.assign(seed, facts, { base, load }, parts(facts));
}

/**
 * Return the page's global.
 *
 * @throws Error when `page.js` has not run; a bundle then stands on a page without it.
 */
export function getSite(): Coursewright {
  const site = window.coursewright;
  if (!isComplete(site)) throw new Error("no page.js");
  return site;
}

/** Return the root of the site, given a script's address and its place below the root. */
export function rootOf(script: string, place: string): string {
  const bare = script.replace(/[?#].*$/, "");
  return place && bare.endsWith(place) ? bare.slice(0, -place.length) : new URL(".", bare).href;
}

function isComplete(site: Partial<Coursewright> | undefined): site is Coursewright {
  return site?.store !== undefined;
}

function makeLoader(address: (name: string) => string): (name: string) => Promise<void> {
  const loading: Record<string, Promise<void>> = {};
  return (name) => {
    loading[name] ??= runScript(address(name)).catch((error: unknown) => {
      delete loading[name]; // a reader who comes back online may try again
      throw error;
    });
    return loading[name];
  };
}

function runScript(src: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = src;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`no ${src}`));
    document.head.append(script);
  });
}
