// Takes out of Emscripten's JavaScript what only serves WebAssembly libraries that are linked at
// run time, and then all that nothing calls any more: the screen, sound, WebGL. Two thirds of the
// text go, and with them most of the time that a start spends in it. Whatever does not look as
// expected stops the build.
import { transform } from "esbuild";

const HEAD = "async function _createPyodideModule(moduleArg={}){";
const TAIL = "return moduleRtn}export default _createPyodideModule;";
const ASSIGN = "function assignWasmExports(wasmExports){";
const LIST_TABLE = "updateTableMap(0,wasmTable.length)";
const IMPORTS = "var wasmImports={";
/** One line of the assignments: `_f=Module["_f"]=wasmExports["f"]`. */
const ASSIGNMENT =
  /^([\w$]+)=(?:[\w$]+=|Module\["[\w$]+"\]=)*wasmExports\["([\w$]+)"\](\.value>>>0)?$/;
const PUBLISHED = /Module\["([\w$]+)"\]=[\w$]+;/g;
const SIGNATURE = /[\w$]+\.sig="\w*";/g;

/** Return the words of all texts: what is in none of them cannot be asked for by name. */
const wordsOf = (...texts: string[]) =>
  new Set<string>(texts.flatMap((text) => text.match(/[\w$]+/g) ?? []));

/**
 * Return the glue as it is needed without other libraries, and the names of the exports it uses.
 *
 * @param glue - pyodide.asm.mjs.
 * @param loader - pyodide.js, which uses the module too.
 * @param imported - Names of the functions that the WebAssembly asks for.
 */
export async function trimGlue(
  glue: string,
  loader: string,
  imported: ReadonlySet<string>,
): Promise<{ text: string; exports: Set<string> }> {
  const { text, exports } = withFewerExports(glue, loader);
  const fewer = withoutUnusedNames(withFewerImports(text, imported), loader);
  // Nobody links, so nobody asks where the functions are in the table.
  const unlisted = without(without(fewer, "updateGOT(origExports);"), LIST_TABLE);
  // A direct eval could name anything, and nothing around it could be left out.
  return { text: await shaken(unlisted.replaceAll("eval(", "(0,eval)(")), exports };
}

function withFewerExports(glue: string, loader: string) {
  const start = glue.indexOf(ASSIGN);
  const end = glue.indexOf("}", start);
  const declared = glue.lastIndexOf("var ", start);
  if (start < 0) throw changed(ASSIGN);
  const words = wordsOf(glue.slice(0, declared), glue.slice(end), loader);
  const names: string[] = [];
  const exports = new Set<string>();
  const lines = glue.slice(start + ASSIGN.length, end).split(";");
  const kept = lines.filter((line) => {
    const [, name, exported] = line.match(ASSIGNMENT) ?? [];
    if (name === undefined || exported === undefined) throw changed(line);
    const used = words.has(name) || words.has(exported);
    if (used) {
      names.push(name);
      exports.add(exported);
    }
    return used;
  });
  for (const word of words) exports.add(word);
  const variables = `var wasmTable,wasmMemory,${names.join()};`;
  const text = `${glue.slice(0, declared)}${variables}${ASSIGN}${kept.join(";")}${glue.slice(end)}`;
  return { text, exports };
}

function withFewerImports(glue: string, imported: ReadonlySet<string>): string {
  const start = glue.indexOf(IMPORTS) + IMPORTS.length;
  const end = glue.indexOf("}", start);
  const entries = glue.slice(start, end).split(",");
  const kept = entries.filter((entry) => imported.has(entry.split(":")[0] ?? ""));
  if (kept.length !== imported.size) throw changed(IMPORTS);
  return glue.slice(0, start) + kept.join() + glue.slice(end);
}

/** Leave out what is published on the module and used by nobody. */
function withoutUnusedNames(glue: string, loader: string): string {
  const rest = glue.replace(PUBLISHED, "").replace(SIGNATURE, "");
  const used = wordsOf(loader);
  for (const [, member, key] of rest.matchAll(/\.([\w$]+)|\["([\w$]+)"\]/g))
    used.add(member ?? key ?? "");
  return glue
    .replace(PUBLISHED, (line, name: string) => (used.has(name) ? line : ""))
    .replace(SIGNATURE, "");
}

/** Leave out what is never used: for that the function's body poses as a module. */
async function shaken(glue: string): Promise<string> {
  if (!glue.startsWith(HEAD) || !glue.trimEnd().endsWith(TAIL)) throw changed(HEAD);
  const body = glue.trimEnd().slice(HEAD.length, -TAIL.length);
  const { code } = await transform(`${body}export{moduleRtn};`, {
    format: "esm",
    treeShaking: true,
    minify: true,
    target: "es2022",
    legalComments: "none",
  });
  const [exported, name] = code.match(/export\{([\w$]+) as moduleRtn\};\s*$/) ?? [];
  if (exported === undefined) throw changed("moduleRtn");
  return `${HEAD}${code.slice(0, -exported.length)}return ${name}}\nexport default _createPyodideModule;\n`;
}

function without(text: string, part: string): string {
  const pieces = text.split(part);
  if (pieces.length !== 2) throw changed(part);
  return pieces.join("");
}

function changed(what: string): Error {
  return new Error(`Pyodide has changed: ${what.slice(0, 80)} is not as expected`);
}
