"""Parts of sentences that fill the placeholders of `mistakes.TEMPLATES`."""

from __future__ import annotations

PHRASES: dict[str, str] = {
    "keep-what-fits": "Write it more plainly.",
    "known-blocks": "The blocks are {names}.",
    "known-options": "Its options are {names}.",
    "known-keys": "The keys are {names}.",
    "known-labels": "The labels are {names}.",
    "known-names": "Choose {names}.",
    "known-many": "Choose one of {names} …",
    "nothing-known": "There are none yet.",
    "no-options": "It takes none.",
    "remove-it": "Remove it.",
    "write": "Write {example}.",
    "write-keys": 'Write "key: value" lines.',
    "write-plain-keys": "Use plain words as keys.",
    "quote-special": "Put text with special characters in quotes.",
    "quote-colon": 'Put text that holds ": " in quotes: title: "One: two".',
    "quote-open": "the quote {quote} that opens here is never closed",
    "quote-early": "more text follows behind the closing {quote}",
    "mend-open": "Write {quote} at the end of the text.",
    "mend-early": "Put quotes of the other kind around text that holds {quote}.",
    "indent-with-spaces": "Indent with spaces, not tabs.",
    "no-keys": "it has no keys",
    "key-not-text": "a key is not text",
    "not-a-mapping": '"{found}" is not "name: value"',
    "nothing": "nothing",
    "site-id": (
        'It should be letters, digits and hyphens, found "{found}". Write "site_id: {example}".'
    ),
    "theme": (
        'Coursewright needs the theme "material", found "{found}". '
        'Write "theme: {{name: material}}" in mkdocs.yml.'
    ),
    "python-option": (
        'It should be "paths" and "packages" with lists, found "{found}". '
        'Write "python: {{paths: [python]}}".'
    ),
    "text-list": 'It should be a list, found "{found}". Write "{name}: [{example}]".',
    "text-item": (
        'Each entry is text, found "{found}". Write entries as in "{name}: [{example}]".'
    ),
    "policy-place": (
        "It should be meta, _headers, .htaccess, or a path that ends in .conf or .txt, found "
        '"{found}". Write "security_policy: meta".'
    ),
    "policy-hosts": (
        'It should be directives with lists of hosts, found "{found}". '
        'Write "security_hosts: {{img-src: [https://example.org]}}".'
    ),
    "policy-directive": 'Hosts cannot be added to "{found}". {suggestion}',
    "policy-host": (
        'A host is written as in "https://example.org" or "https://*.example.org", found "{found}".'
    ),
    "policy-file": (
        "{path}: no build has written this file, and the policy would replace it. "
        'Name another file under "security_policy:".'
    ),
    "policy-object": 'Link to the file, or show it in an "iframe".',
    "policy-base": "Remove it, and write links relative to the page.",
    "on-the-page": "on its own",
    "in-block": 'inside "{outer}"',
    "move-out": "Move it out of the block.",
    "quiz-place": 'Move it out; only blocks "question" go into a quiz.',
    "question-place": 'Put it into a "quiz", or outside of all blocks.',
    "hint-place": 'Put it into the "question" it helps with.',
    "explanation-place": 'Put it into the "question" it explains.',
    "quiz-holds": 'only blocks "question"',
    "terms-holds": "nothing; its terms come from the front matter",
    "tracks-holds": "nothing; its lessons come from the course",
    "slug": "small letters, digits and hyphens",
    "true-or-false": "true or false",
    "whole-number": "a whole number from {low:g} to {high:g}",
    "number": "a number from {low:g} to {high:g}",
    "name": "a name",
    "name-list": "a list of names",
    "settings": "names with values",
    "fence": "a fence .{label}",
    "check-fence": "a fence .check or .hidden-check",
    "no-rule": "no line of dashes below the header",
    "no-rows": "a table without rows",
    "blank-row": "a table with a blank line in it",
    "page-end": "the page ends",
    "next-comment": "the next one begins in line {line}",
    "line": "line {line}",
    "place": "{path}:{line}",
    "no-such-page": "Correct it, or remove the entry.",
    "option-name": 'There is no option "{found}". {suggestion}',
    "kernel-known": 'Install it, or choose one under "Kernel" in Jupyter: {names}.',
    "no-such-lab": 'Write a block "/// lab" with this id, or leave the cell empty.',
    "write-heading": "Write the text of one of its headings.",
    "solution": "solution",
    "code": "code",
    "check-failed": 'the check "{message}" fails',
    "check-raised": 'the check "{message}" fails with {detail}',
    "raised": "{error} (its line {line})",
    "asks-for-input": "it asks for input, and there is none (its line {line})",
    "no-check-ran": "no check ran",
    "no-answer": "the run gave no answer",
    "no-answer-said": "the run gave no answer, and ended with: {said}",
    "one-of": "one of {names}",
    "setting-number": "{name} from {low:g} to {high:g}",
    "text-row": '"{found}"',
    "package-of-python": "a part of Python's own library",
    "package-of-page": "a part of the page's Python",
    "package-keyword": "its name is a word of the language",
    "package-no-identifier": (
        "a module's name has letters, digits and underscores only, and no digit in front"
    ),
    "package-files": "{names} and {more} more",
    "package-of-file": "the one in {path}",
    "package-of-registry": 'the package "{name}"',
    "package-asked": "mkdocs.yml asks for",
    "package-stop": (
        "Nothing was built: the site cannot bring all modules and packages of mkdocs.yml; the "
        "lines above say why."
    ),
    "package-needed-by": ', which "{name}" needs,',
    "notebook-failed": "{path}: {reason} Run the notebook from its first cell to see more.",
    "notebook-cell": 'code cell {number} failed in its line {line}, "{text}": {reason}.',
    "notebook-run": "the notebook could not be run: {reason}.",
    "notebook-format": 'it has no "nbformat": 4',
    "notebook-version": (
        "{path}: this version of mkdocs-jupyter is not known. "
        'Install the one that Coursewright asks for: pip install "coursewright[notebooks]".'
    ),
    "notebook-alt": (
        "{path}: a figure of code cell {number} has no words for those who do not see it. "
        'Show it with display(…, metadata={{"image/svg+xml": {{"alt": "…"}}}}).'
    ),
}
"""Parts of sentences that fill a placeholder of `TEMPLATES`, and what is said of notebooks."""

FRONT_MATTER: dict[str, tuple[str, str]] = {
    "id": ("small letters, digits and hyphens", "id: goal-misgeneralization"),
    "title": ("text", 'title: "The title"'),
    "description": ("text", 'description: "One sentence"'),
    "minutes": ("a whole number from 1 to 600", "minutes: 45"),
    "lesson": ("true or false", "lesson: true"),
    "track": ("text", 'track: "Creators"'),
    "related": ("a list of lesson ids", "related: [first-lesson, second-lesson]"),
    "path": ("a list of headings", 'path: ["First heading", "Second heading"]'),
    "concepts": ("terms with their meaning", 'concepts: {term: {means: "A sentence"}}'),
    "concept": ("a term with its meaning", 'term: {means: "A sentence"}'),
    "means": ("one or two sentences", 'means: "A sentence"'),
    "see": ("other terms", 'see: [other term], or see: {other term: "how they hang together"}'),
}
"""What each key of the front matter should be, and an example."""
