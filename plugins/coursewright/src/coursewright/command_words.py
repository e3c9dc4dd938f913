"""What the command `coursewright` says to an author, by key, with `{placeholders}`."""

from __future__ import annotations

WORDS: dict[str, str] = {
    # Reports
    "error": "",
    "warning": "(advice)",
    "total": "To correct: {errors}. Advice: {advice}. Pages read: {pages}.",
    "no-problems": "No problems. Pages read: {pages}.",
    # Refusals
    "no-course": "There is no mkdocs.yml in {folder} or around it. "
    "Begin a course with: coursewright new my-course",
    "no-config": "There is no file {file}.",
    "bad-config": "{file} cannot be read: {reason}",
    "no-plugin": '{file} does not use the plugin. Write "plugins: [search, coursewright]" into it.',
    "folder-taken": "{folder} is not empty, and nothing in it was changed. Choose another name.",
    "file-taken": "{file} exists already and was not changed. Choose another title.",
    "no-title": 'Give the lesson a title: coursewright new lesson "The title"',
    "title-for-course": "A new course takes a name only. "
    'For a lesson, type: coursewright new lesson "The title"',
    "no-track": 'The navigation has no section "{track}". Choose {known}.',
    # What was made, and what to do next
    "new-course": "Made a course of two lessons in {folder}. Next, type:\n\n"
    "  cd {typed}\n  mkdocs serve\n\n"
    "and open the address it prints. What you edit shows up there by itself.\n"
    'Add a lesson with: coursewright new lesson "The title"',
    "new-lesson": "Made {file}.",
    "plain-name": "The title has no letters or digits that a file name and an id can be made of, "
    "hence that name. Rename the file and change the ids in it before you publish.",
    "nav-edited": "Added it to the navigation: {config}, line {line}.",
    "nav-automatic": "The navigation finds it by itself.",
    "nav-by-hand": 'Add this line to "nav:" in {config}, where it belongs:\n\n  - {entry}',
    # Help
    "help": "Start, extend and check a course whose lessons can be run.",
    "help-new": "begin a course, or add a lesson to one",
    "help-new-more": "coursewright new my-course makes the folder my-course with a course in it; "
    'coursewright new lesson "The title" adds a lesson to the course around you.',
    "help-name": 'name of the new folder, or the word "lesson"',
    "help-title": "title of the new lesson",
    "help-track": "section of the navigation to put the lesson into (default: the last one)",
    "help-check": "print every problem of the course",
    "help-check-more": "Prints every problem of the course without building it. Ends with code 1 "
    "when there is something to correct, with 0 when there is nothing or only advice.",
    "help-json": "print a JSON list of path, line, code, message, hint and severity",
    "help-no-run": "do not run the code of questions",
    "help-schema": "print the JSON Schema of a lesson's front matter",
    "help-config": "the course's mkdocs.yml (default: the one in this folder or around it)",
}
