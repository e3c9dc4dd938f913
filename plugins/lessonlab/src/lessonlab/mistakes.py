"""Everything an author can get wrong: one table of codes, each with its message and its remedy."""

from __future__ import annotations

from lessonlab.course_mistakes import COURSE
from lessonlab.package_mistakes import PACKAGES
from lessonlab.policy_mistakes import POLICY

TEMPLATES: dict[str, tuple[str, str]] = {
    # The file
    "file-not-utf8": (
        "byte {byte} is not UTF-8 text.",
        'Save the file in the encoding "UTF-8".',
    ),
    # Front matter
    "front-unclosed": (
        "the front matter is never closed.",
        'Write a line "---" below its last key.',
    ),
    "front-yaml": ("the front matter is not valid YAML: {reason}.", "{remedy}"),
    "front-duplicate-key": (
        'the key "{key}" stands here and in line {first}.',
        "Keep one of the two.",
    ),
    "front-unknown-key": ('the front matter has no key "{key}".', "{suggestion}"),
    "front-type": ('"{key}" should be {expected}, found "{found}".', "{remedy}"),
    "front-number": (
        '"{key}: {text}" is read by YAML as {number}.',
        'Write "{key}: {plain}", or put quotes around it if it is text.',
    ),
    "front-alias": (
        'the front matter uses a YAML alias ("*{name}").',
        "Write the value out.",
    ),
    "concept-unknown": (
        'concept "{concept}" points to "{found}", which no lesson defines.',
        "{suggestion}",
    ),
    "related-unknown": (
        'related lesson "{found}" does not exist.',
        "{suggestion}",
    ),
    "related-self": (
        'the lesson names itself, "{found}", as related.',
        "Remove it; cards lead to other lessons.",
    ),
    "path-unknown": (
        'the learning path names "{found}", which is no heading of this page.',
        "{suggestion}",
    ),
    **COURSE,
    # Blocks
    "block-unclosed": (
        'the block "{opening}" is never closed.',
        'Write a line "{slashes}" where it ends.',
    ),
    "block-unknown": ('there is no block "{name}".', "{suggestion}"),
    "block-opening": (
        '"{found}" is not how a block begins.',
        'Write "{remedy}".',
    ),
    "block-close-length": (
        '"{found}" does not close "{opening}" of line {first}.',
        'Write "{slashes}", the same number of slashes.',
    ),
    "block-stray-close": (
        '"{found}" closes nothing.',
        "Remove it, or give it the number of slashes of the block it should close.",
    ),
    "block-same-length": (
        '"{opening}" has as many slashes as the "{outer}" around it.',
        'Give the outer block one slash more, "{slashes}", at its beginning and end.',
    ),
    "block-misplaced": ('a block "{name}" cannot stand {where}.', "{remedy}"),
    "block-text": (
        'a block "{name}" holds {holds}, found "{found}".',
        "Move the text out of the block.",
    ),
    "block-repeated": (
        'a second block "{name}" in one question; the first is in line {first}.',
        "Keep one.",
    ),
    "quiz-empty": ("the quiz has no questions.", 'Put blocks "question" into it.'),
    "hint-empty": ('the block "{name}" is empty.', "Write some text into it, or remove it."),
    "quote-empty": ("the quote is empty.", "Write the quoted words into it."),
    "big-idea-empty": ("the big idea is empty.", "Write the idea into it."),
    "terms-empty": (
        "there are no key terms to place here.",
        'Write "concepts:" into the front matter, or remove the block.',
    ),
    "fence-unclosed": (
        'the code fence "{opening}" is never closed.',
        'Write a line "{fence}" below the code.',
    ),
    "fence-nested": (
        'the fence "{found}" stands inside the fence of line {first}, which is as long.',
        'Begin and end the outer one with "{longer}".',
    ),
    "comment-unclosed": (
        "the comment is not closed before {where}.",
        'Write "-->" where it ends; a comment cannot hold another.',
    ),
    # Options of blocks
    "option-unknown": ('the block "{name}" has no option "{option}".', "{suggestion}"),
    "option-duplicate": (
        'the option "{option}" stands here and in line {first}.',
        "Keep one of the two.",
    ),
    "option-tab": (
        "the option is indented with a tab.",
        'Indent with four spaces: "    {option}".',
    ),
    "option-place": (
        'the option "{option}" is not where options belong.',
        'Write "    {option}: …", indented by four spaces, directly below the block\'s first line.',
    ),
    "option-yaml": (
        "the options are not valid YAML: {reason}.",
        'Write one "    name: value" a line; put text with ": " or "#" in quotes.',
    ),
    "option-value": (
        'the option "{option}" should be {expected}, found "{found}".',
        'Write "    {option}: {example}".',
    ),
    "option-missing": (
        'the block "{name}" lacks the option "{option}".',
        'Write "    {option}: {example}" directly below its first line.',
    ),
    # Questions
    "question-no-stem": (
        "a question has no text.",
        'Write it after a bar: "{slashes} question | What failed?".',
    ),
    "question-no-choices": (
        'question "{stem}" has no choices.',
        'Write two or more lines "- [ ] …", the right one "- [x] …".',
    ),
    "question-one-choice": (
        'question "{stem}" has a single choice.',
        'Add wrong ones as "- [ ] …".',
    ),
    "quiz-no-answer": (
        'question "{stem}" has no correct choice.',
        'Mark one with "- [x] …".',
    ),
    "question-many-answers": (
        'question "{stem}" is of kind single and has {count} correct choices.',
        'Keep one "- [x] …", or write "    kind: multiple".',
    ),
    "question-kind": (
        'a fence "{label}" belongs to a question of another kind.',
        'Write "    kind: {kind}" directly below the question\'s first line.',
    ),
    "question-choices-here": (
        "a question of kind {kind} has no choices.",
        'Remove the "- [ ] …" lines, or the line "    kind: {kind}".',
    ),
    "question-term-later": (
        'the question uses "{term}", a term that this lesson lacks; {place} explains it later.',
        "Explain it in this lesson, or ask in other words.",
    ),
    "question-heading": (
        'the heading "{found}" stands inside a question.',
        "Write bold text instead; headings make up the lesson's outline.",
    ),
    "question-script": (
        "a question holds a script.",
        "Remove it; text and code fences are all a question needs.",
    ),
    "choice-spelling": (
        '"{found}" is not how a choice begins.',
        'Write "- [ ] …" for a wrong choice or "- [x] …" for a right one.',
    ),
    "choice-empty": ("a choice has no text.", 'Write it behind the brackets: "- [ ] text".'),
    "choice-stray-text": (
        '"{found}" stands between or below the choices.',
        'Indent it by four spaces, begin it with "> " to make it feedback, or move it up.',
    ),
    "choice-html": (
        'a choice holds HTML, "{found}".',
        "Use Markdown, or put code between backticks.",
    ),
    "choice-repeated": (
        'the choice "{text}" stands here and in line {first}.',
        "Change or remove one.",
    ),
    "choice-no-feedback": (
        'the choice "{text}" has no feedback.',
        'Write "    > why it is right or wrong" below it.',
    ),
    "choice-longest": (
        "the right choice is longer than all others by {percent} %, which gives it away.",
        "Shorten it or make the others as full.",
    ),
    "quiz-key-position": (
        "the right choice is number {position} in {count} of {total} questions of this quiz.",
        'Move some, or write "    shuffle: true" in these questions.',
    ),
    "question-fence-unlabelled": (
        'the fence "{found}" has no label.',
        'Write "{found} {{.{example}}}"; the labels are {labels}.',
    ),
    "question-fence-label": ('the fence label ".{found}" is unknown.', "{suggestion}"),
    "question-fence-missing": (
        'question "{stem}" of kind {kind} lacks {what}.',
        'Write a fence that begins "{example}".',
    ),
    "question-fence-repeated": (
        'a second fence "{label}" in one question; the first is in line {first}.',
        "Keep one.",
    ),
    "python-syntax": ("the code {label} is not valid Python: {reason}.", "Correct it."),
    "check-no-assert": (
        "the checks have no assert at the outermost level.",
        'Write "assert add(2, 3) == 5, \\"add(2, 3) is 5\\"".',
    ),
    "check-no-message": (
        'the check "{found}" does not say what is expected.',
        'Write a message behind a comma: assert …, "what is expected".',
    ),
    "solution-fails": (
        "the solution of this question does not pass its checks: {reason}.",
        "Correct the solution or the check.",
    ),
    "solution-endless": (
        "the {what} of this question did not end within {seconds} s.",
        'Correct it, or write "    limit: {more}" for more time.',
    ),
    "starter-passes": (
        "the starter of this question already passes every check.",
        "Leave something to do, or add a check.",
    ),
    "predict-differs": (
        'the code prints "{printed}", the stated answer is "{stated}".',
        "Correct the fence .answer.",
    ),
    "predict-fails": ("the code of this question fails: {reason}.", "Correct the fence .code."),
    # Labs, tables, ids
    "lab-experiment-unknown": ('there is no experiment "{found}".', "{suggestion}"),
    "lab-param-unknown": ('experiment "{experiment}" has no parameter "{found}".', "{suggestion}"),
    "compare-table": (
        "a compare block holds {found}.",
        "Write one Markdown table and nothing else.",
    ),
    "compare-cells": (
        "this row has {found} cells, the header has {expected}.",
        "Add or remove cells; a bar inside a cell is written \\|.",
    ),
    "compare-lab-unknown": ('the link "#{found}" leads to no lab of this page.', "{suggestion}"),
    **PACKAGES,
    **POLICY,
    "id-duplicate": ('the id "{id}" stands here and in {first}.', "Give one of them another id."),
}
"""Message and hint of each code. A code is never reused for another meaning."""

WARNINGS = frozenset(
    {
        "choice-repeated",
        "choice-no-feedback",
        "choice-longest",
        "question-term-later",
        "quiz-key-position",
        "lesson-no-track",
        "course-no-tracks",
        "lesson-empty",
        "package-path-docs",
        "package-path-outside",
        "policy-public",
        "policy-refresh",
        "policy-script-host",
    }
)
"""Codes that are advice."""
