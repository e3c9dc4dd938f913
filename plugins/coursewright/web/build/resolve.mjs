// `node --import` hook for tests: bare package names are found in this folder's node_modules,
// wherever the importing test lives.
import { registerHooks } from "node:module";

const here = new URL("../package.json", import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    const bare = !/^(\.|\/|file:|node:|data:)/.test(specifier);
    return next(specifier, bare ? { ...context, parentURL: here } : context);
  },
});
