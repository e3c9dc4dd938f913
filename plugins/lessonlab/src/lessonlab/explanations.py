"""What the guide says of a problem where the table in `mistakes` alone does not explain it.

Markdown, by code. A message names what was found; here stands what can be found in general.
"""

from __future__ import annotations

REMEDIES: dict[str, str] = {
    "block-misplaced": "Move the block to where it belongs: questions into a quiz or outside of "
    "all blocks, hints and explanations into their question, all others outside of blocks.",
    "block-unknown": "Correct the name. The message names the nearest block, or all of them.",
    "compare-lab-unknown": "Write the `id` of a lab on the same page behind the `#`, or place a "
    "block `lab` with that id, or leave the cell empty.",
    "concept-unknown": "Correct the term under `see`, or explain it under `concepts` of this or "
    "another lesson.",
    "front-type": "Write the value as the message shows it. The guide to "
    "[the lines at the top](lesson.md#the-lines-at-the-top) has an example for each key.",
    "front-unknown-key": "Correct the key, or remove it. The message names the nearest key, or "
    "all of them.",
    "front-yaml": 'Mostly, put the text in quotes: `title: "One: two"`. Indent with spaces, not '
    "tabs, and close every quote. The message names the place and what to change there.",
    "lab-experiment-unknown": "Name an experiment of [the list](lab.md#experiments).",
    "lab-param-unknown": "Name a parameter of the experiment, as "
    "[the list](lab.md#experiments) has them.",
    "nav-unknown": "Correct the name in `nav:`, or remove the entry. The message names the "
    "nearest page.",
    "notebook-kernel": "Install the kernel, or choose another one in Jupyter and save the "
    "notebook. The message names those that are installed.",
    "option-unknown": "Correct the option, or remove it. The message names the nearest one, or all "
    "of them.",
    "package-module-name": "Rename it as the message says, or move it out of `python: paths`.",
    "path-unknown": "Write the text of one of the page's headings, or its id. The message names "
    "the nearest heading.",
    "policy-element": "Remove the element, or show what it brings in the other way that the "
    "message names.",
    "question-fence-label": "Correct the label. The message names the nearest one, or all of them.",
    "related-unknown": "Write the `id` of a lesson, which is the name of its file unless its top "
    "says otherwise. The message names the nearest one.",
}
"""What to do, for codes whose remedy depends on what was found."""

CAUSES: dict[str, str] = {
    "block-close-length": "A line of slashes closes no block, as the block above it began with "
    "more or fewer of them.",
    "block-misplaced": "A block stands where it cannot, such as a hint outside of a question.",
    "block-opening": "A line looks like the beginning of a block and is none, such as one "
    "with too few slashes or without a space.",
    "block-stray-close": "A line of slashes closes nothing: no block is open there.",
    "block-text": "A block that holds only other blocks, or nothing, has text in it.",
    "choice-spelling": "A line looks like a choice and is none, such as one with other brackets.",
    "choice-stray-text": "A line stands between or below the choices and belongs to none.",
    "compare-table": "A block `compare` holds something other than one table, such as text below "
    "it.",
    "concept-unknown": "A term under `see` is one that no lesson explains.",
    "fence-nested": "A code fence stands inside another one that is as long, and would end it.",
    "front-type": "A key at the top of a page has a value of another kind than it takes.",
    "front-unknown-key": "There is a key at the top of a page that nobody reads.",
    "front-number": "YAML reads what stands there as another number, such as `045` as 37.",
    "lab-experiment-unknown": "A lab names an experiment that there is not.",
    "lab-param-unknown": "A lab fixes or exposes a parameter that its experiment does not have.",
    "nav-unknown": "The navigation in `mkdocs.yml` names a page that does not exist.",
    "option-unknown": "A block has an option that it does not take.",
    "option-value": "An option has a value of another kind, or out of its range.",
    "package-condition": "A line under `python: packages` is for other machines only, such as one "
    'with `; sys_platform == "win32"`: nothing is brought to the page.',
    "package-module-name": "A module, or a folder with modules, has a name that no `import` can "
    "have, such as `my-mod.py` or `class.py`.",
    "package-path-docs": "Modules under `python: paths` lie in the folder of the pages, so that "
    "they are files of the site, too.",
    "package-path-outside": "Modules under `python: paths`, or files beside them, do not lie in "
    "the folder of `mkdocs.yml`, or are links to such. They become public with the site; the "
    "message names them.",
    "package-present": "A line under `python: packages` asks for what code can import anyway.",
    "path-unknown": "The learning path names something that is no heading of the page.",
    "policy-public": "The file named under `security_policy` lies in the folder of the pages or of "
    "the site, and is published with it.",
    "policy-refresh": 'A `<meta http-equiv="refresh">` leads to another host.',
    "question-fence-label": "A code fence in a question has a label that there is not.",
    "question-kind": "A code fence belongs to a question of another kind than this one.",
    "related-unknown": "A lesson names a related one that does not exist.",
}
"""What is wrong, for codes whose message reads like a form when nothing is filled in."""
