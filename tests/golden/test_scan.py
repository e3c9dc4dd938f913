"""Laws of the scanner, and the places where blocks may stand."""

from __future__ import annotations

from textwrap import dedent

from hypothesis import given
from hypothesis import strategies as st

from coursewright.blocks.page import read_page
from coursewright.scan import Block, scan, split_lines

NAMES = ["quiz", "question", "hint", "lab", "big-idea", "terms", "details", "quizz", "note", "nope"]
OPENINGS = st.builds(
    "{}{} {}{}".format,
    st.sampled_from(["", " ", "    ", "> ", ">     ", "\t", "        "]),
    st.sampled_from(["//", "///", "////", "/////"]),
    st.sampled_from(NAMES),
    st.sampled_from(["", " | One?", " One", ": one", " |"]),
)
OTHERS = st.sampled_from(
    [
        *[
            "",
            " ",
            "\t",
            "text",
            "- item",
            "1. item",
            "> quote",
            "# Heading",
            "Under",
            "---",
            "===",
        ],
        *[
            "    id: one",
            "\tid: one",
            "id: one",
            "    round: [",
            "    kind single",
            "    :",
            "    a",
        ],
        *["- [ ] a", "- [x] b", "- [] c", "    > feedback", "> feedback", "    more", "* [x]"],
        *[
            "```",
            "````",
            "~~~",
            "```python {.code}",
            "```text {.answer}",
            "    ```",
            "> ```",
            "`x`",
        ],
        *["///", "////", "/////", "    ///", "> ///", "//", "| a | b |", "|---|---|", "<script>"],
        *["<!--", "-->", "<!-- a -->", "text <!-- a", "    <!-- a", "b --> text", "--> <!--"],
    ]
)
LINES = st.lists(st.one_of(OPENINGS, OTHERS, st.text(max_size=8)), max_size=30)


def numbers(block: Block) -> list[int]:
    return sorted(line.number for line in block.all_lines())


@given(LINES, st.integers(1, 50))
def test_scan_never_raises_and_loses_no_line(lines: list[str], first: int) -> None:
    text = "\n".join(lines)
    document = scan(text, first)
    outside = [line.number for line in document.outside()]
    inside = [number for block in document.blocks for number in numbers(block)]
    count = len(split_lines(text))
    comments = [
        line.number
        for line, row in zip(document.lines, document.rows, strict=True)
        if row.kind == "comment" and line.number not in inside
    ]
    assert sorted(outside + inside + comments) == list(range(first, first + count))
    for block in document.blocks:
        assert numbers(block) == list(range(block.line, block.end_line + 1))
    for found in document.problems:
        assert first <= found.line < first + count
        assert "\n" not in found.format()


@given(LINES)
def test_reading_a_page_never_raises(lines: list[str]) -> None:
    page = read_page("\n".join(["---", *lines]).encode(), "page.md")
    assert all(found.path == "page.md" for found in page.problems)


@given(st.binary(max_size=60))
def test_reading_any_bytes_never_raises(data: bytes) -> None:
    page = read_page(b"---\n" + data, "page.md")
    assert page.path == "page.md"


def only_block(text: str) -> Block:
    document = scan(dedent(text))
    assert document.problems == ()
    (block,) = document.blocks
    return block


def texts(block: Block) -> list[str]:
    return [line.text for line in block.body]


def test_block_in_a_list_item_loses_the_indentation() -> None:
    block = only_block(
        """\
        - item

            /// big-idea | One
            Text.

                code
            ///
        """
    )
    assert block.prefix == "    "
    assert texts(block) == ["Text.", "", "    code"]


def test_block_in_a_quote_loses_the_quote_marks() -> None:
    block = only_block("> /// big-idea | One\n>\n> Text.\n>> deeper\n> ///\n")
    assert block.prefix == "> "
    assert texts(block) == ["", "Text.", "> deeper"]


def test_indented_code_holds_no_block() -> None:
    assert scan("Text.\n\n    /// quiz | One\n    ///\n").blocks == ()


def test_fences_hold_no_block() -> None:
    assert scan("```markdown\n/// quiz\n```\n\n~~~~\n```\n/// lab\n~~~~\n").blocks == ()
    assert scan("- item\n\n    ```\n    /// quiz\n    ```\n").blocks == ()


def test_block_inside_a_foreign_block_is_found() -> None:
    block = only_block("/// details | More\n\n//// big-idea\nText.\n////\n///\n")
    assert (block.name, block.line, block.end_line) == ("big-idea", 3, 5)


def test_foreign_block_stays_in_the_body() -> None:
    block = only_block("//// big-idea\n/// details | More\nText.\n///\n////\n")
    assert texts(block) == ["/// details | More", "Text.", "///"]


def test_names_that_others_handle_can_be_given() -> None:
    assert scan("/// mine\n///\n").problems
    assert scan("/// mine\n///\n", foreign=["mine"]).problems == ()


def test_options_keep_value_text_and_line() -> None:
    block = only_block(
        "/// lab | Coins\n    experiment: coinrun\n    fix: {seed: 1}\n\nText.\n///\n"
    )
    assert block.options["experiment"].value == "coinrun"
    assert (block.options["fix"].value, block.options["fix"].text) == ({"seed": 1}, "{seed: 1}")
    assert block.options["fix"].line == 3


def test_code_directly_below_a_block_without_options_is_body() -> None:
    assert texts(only_block("/// big-idea\n    x = 1\n///\n")) == ["    x = 1"]


def test_comments_are_no_part_of_a_block() -> None:
    block = only_block(
        """\
        /// question | Which? <!-- or
        why? -->
            id: one
        <!-- all
        -->
        - [x] yes <!-- not

        "no" -->
        - [ ] no
        ///
        """
    )
    assert block.argument == "Which?"
    assert [option.text for option in block.options.values()] == ["one"]
    assert [line.text for line in block.body] == ["- [x] yes", "- [ ] no"]
