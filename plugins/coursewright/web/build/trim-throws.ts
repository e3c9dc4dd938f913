// Takes out of Pyodide's start what makes an engine look for a place in the text: exceptions that it
// throws and catches itself, and what browsers warn of. Engines that compile functions at their first
// call keep no places; they parse the text of the function once more, and for a warning or with tools
// attached that of all its callers, too. Whatever does not look as expected stops the build.

type Edit = readonly [from: string, to: string];

/** Browsers warn of shared memory, which most pages may not share. */
const SHARED = "new Int32Array(new WebAssembly.Memory({shared:!0,initial:1,maximum:1}).buffer)";
const SEARCH = "try{current=FS.lookupNode(current,parts[i])}";

/** Emscripten looks for a file by a failing search before it makes one. */
const GLUE: Edit[] = [
  [
    SEARCH,
    "if(islast&&opts.noent_okay&&!FS.mayLookup(current)&&current.contents&&" +
      `!(parts[i]in current.contents))return{path:current_path};${SEARCH}`,
  ],
  [
    "try{var node=FS.lookupNode(dir,name);return 20}catch(e){}",
    // The root is found in itself, by the name "/".
    'if(name==="/"||!dir.contents||name in dir.contents)' +
      "try{var node=FS.lookupNode(dir,name);return 20}catch(e){}",
  ],
  [
    'mkdirTree(path,mode){var dirs=path.split("/");var d="";',
    'mkdirTree(path,mode){var dirs=path.split("/");var d="";var at=PATH.isAbs(path)?FS.root:null;',
  ],
  [
    "d+=dir;try{FS.mkdir(d,mode)}",
    "d+=dir;at=at?.contents&&!FS.mayLookup(at)&&Object.hasOwn(at.contents,dir)?at.contents[dir]:null;" +
      "if(at&&FS.isDir(at.mode)){at=at.mounted?.root??at;continue}" +
      "try{FS.mkdir(d,mode)}",
  ],
  // There are no packages of Pyodide's own.
  [",API.package_loader.init_loaded_packages()", ""],
  // Made when it is first slept on: a terminal that is busy, so never in a page.
  [`io=${SHARED};`, "io;"],
  ["Atomics.wait(io,", `Atomics.wait(io??=${SHARED},`],
];

const LOADER: Edit[] = [
  // There is no `importScripts` where we start.
  ['try{return globalThis.importScripts("data:text/javascript,"),!0}catch{return!1}', "return!1"],
  ["try{Object.assign(exports,loadPyodide)}catch(_){}", ""],
];

/** Return pyodide.asm.mjs without the exceptions of its start. */
export const calmGlue = (text: string): string => GLUE.reduce(edited, text);

/** Return pyodide.js without the exceptions of its start, for a classic worker. */
export const calmLoader = (text: string): string => LOADER.reduce(edited, text);

function edited(text: string, [from, to]: Edit): string {
  const pieces = text.split(from);
  if (pieces.length !== 2) throw new Error(`Pyodide has changed: not once ${from.slice(0, 80)}`);
  return pieces.join(to);
}
