// Lines of code that turn over go on right of where they begin: at the left edge the rest of a line
// would read as a wrong indentation. The classes are those of code in the text.
import type { Text } from "@codemirror/state";
import { RangeSetBuilder } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  EditorView,
  ViewPlugin,
  type ViewUpdate,
} from "@codemirror/view";

const DEEPEST = 16;

/** An extension that wraps lines and lets them hang. */
export const hangingLines = [
  EditorView.lineWrapping, // nothing on the page has to be scrolled sideways
  ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;

      constructor({ state, viewport }: EditorView) {
        this.decorations = hang(state.doc, viewport.from, viewport.to);
      }

      update({ docChanged, viewportChanged, view }: ViewUpdate): void {
        if (!docChanged && !viewportChanged) return;
        this.decorations = hang(view.state.doc, view.viewport.from, view.viewport.to);
      }
    },
    { decorations: (plugin) => plugin.decorations },
  ),
];

function hang(doc: Text, from: number, to: number): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (let at = from; at <= to; ) {
    const line = doc.lineAt(at);
    builder.add(line.from, line.from, Decoration.line({ class: hangClass(line.text) }));
    at = line.to + 1;
  }
  return builder.finish();
}

/** Return the classes of a line of code, by its indentation in steps of two columns. */
export function hangClass(line: string): string {
  const indent = Math.min(/^ */.exec(line)?.[0].length ?? 0, DEEPEST);
  return `cw-hang cw-hang-${indent - (indent % 2)}`;
}
