"""What of a lesson's HTML becomes a passage, and how words are cut back."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import markdown
import pytest

from coursewright.blocks import BlocksExtension, Session
from coursewright.blocks.page import read_page
from coursewright.near_words import FILE, MOST, near_words
from coursewright.passage_reader import CELL_END
from coursewright.passages import SHORT_LIST, read_passages, script, split_sentences
from coursewright.prints import normal, print_of, question_prints
from coursewright.stems import STOP_WORDS, stem, stems, words
from lessonlab.schema import LessonIndex, Passage

CONTRACT = Path(__file__).parents[1] / "contract/tutor"
QUESTION = """\
/// question | What did the *agent* learn, and which `goal`?
    id: one

- [x] To run
    > Yes.
- [ ] To find coins
    > No.
///
"""


def index_of(html: str) -> LessonIndex:
    return read_passages(html, "lesson", "The lesson")[1]


def texts(html: str) -> list[tuple[str, ...]]:
    return [passage.sentences for passage in index_of(html).passages]


def test_every_block_has_an_id_in_the_page_and_keeps_one_it_has() -> None:
    html = '<p class="x">One. Two.</p>\n<p id="mine">Three.</p>\n<blockquote><p>4</p></blockquote>'
    changed, index = read_passages(html, "lesson", "T")
    anchors = [passage.anchor for passage in index.passages]
    assert anchors[1] == "mine"
    for anchor in anchors:
        assert len(re.findall(f'id="{anchor}"', changed)) == 1
    assert re.sub(r' id="p-[0-9a-f]+"', "", changed) == html


def test_an_id_stays_when_other_text_changes_and_differs_for_equal_blocks() -> None:
    alone = index_of("<p>Same.</p>").passages[0].anchor
    first, _, third = index_of("<p>Same.</p><p>New.</p><p>Same.</p>").passages
    assert first.anchor == alone
    assert third.anchor != alone


def test_blocks_know_their_heading() -> None:
    html = """
    <p>Intro.</p><h2 id="a">A <em>b</em></h2><p>In a.</p><h3 id="b">B</h3><p>In b.</p>
    <section><h2 id="part">Part</h2><p>Inside.</p></section><p>Still b.</p>
    <h2 id="c">C<a class="headerlink" href="#c">#</a></h2><p>In c.</p>"""
    index = index_of(html)
    titles = [index.sections[passage.section].title for passage in index.passages]
    assert titles == ["The lesson", "A b", "B", "Part", "B", "C"]
    assert [head.parent for head in index.sections] == [-1, 0, 1, 0, 0]


def test_a_row_carries_the_names_of_its_columns() -> None:
    html = """<table><thead><tr><th>Share (%)</th><th>Got it</th><th></th></tr></thead><tbody>
    <tr><th scope="row">10</th><td>85 ± 1</td><td><a class="cw-compare__run">Run it</a></td></tr>
    <tr><td>25</td><td></td><td></td></tr></tbody></table>"""
    index = index_of(html)
    assert [passage.sentences for passage in index.passages] == [
        ("Share (%): 10;\nGot it: 85 ± 1",),
        ("Share (%): 25",),
    ]
    assert {passage.group for passage in index.passages} == {0}


def test_no_cell_holds_what_stands_between_cells() -> None:
    cell = "low;\n falls&#10;later;<br>then;\n<b>stays</b>"
    ((row,),) = texts(f"<table><tr><th>Cost</th></tr><tr><td>{cell}</td><td>yes</td></tr></table>")
    assert row.split(CELL_END) == ["Cost: low; falls later; then; stays", "yes"]


def test_a_short_list_is_one_block_and_a_long_one_many() -> None:
    short = "<ul><li>One thing.</li><li><p>Two</p><ul><li>inner</li></ul></li></ul>"
    assert texts(short) == [("One thing.", "Two", "inner")]
    item = f"<li>{'word ' * SHORT_LIST}</li>"
    assert len(texts(f"<ol>{item}{item}</ol>")) == 2


def test_terms_quotes_and_framed_ideas_are_whole() -> None:
    html = """<dl><dt id="term-x">x</dt><dd><p>Means. More.</p></dd><dt>y</dt><dd>Why</dd></dl>
    <figure class="cw-quote"><blockquote><p>Said.</p></blockquote>
    <figcaption>Her</figcaption></figure>
    <section class="cw-big-idea"><p class="cw-big-idea__label">Label</p><p>T</p><p>U.</p></section>
    """
    passages = index_of(html).passages
    kinds = [(passage.kind, passage.sentences) for passage in passages]
    assert kinds == [
        ("term", ("x", "Means.", "More.")),
        ("term", ("y", "Why")),
        ("quote", ("Said.", "Her")),
        ("text", ("T", "U.")),
    ]
    assert passages[0].anchor == "term-x"


@pytest.mark.parametrize(
    "html",
    [
        '<form data-cw-question="q" class="cw-question"><p>Secret</p></form>',
        '<section class="cw-quiz"><p>Secret</p></section>',
        "<details data-search-exclude><p>Secret</p></details>",
        '<details class="cw-lab__measured"><table><tr><td>Secret</td></tr></table></details>',
        "<pre><code>Secret</code></pre>",
        '<div class="highlight"><p>Secret</p></div>',
        "<p hidden>Secret</p>",
        "<noscript><p>Secret</p></noscript>",
    ],
)
def test_quizzes_code_and_furniture_are_left_out(html: str) -> None:
    assert texts(f"{html}<p>Open.</p>") == [("Open.",)]


def test_broken_html_loses_no_text_after_it() -> None:
    assert texts("<p>One<br>two</div></p><section><p>Three</section><p>Four</p>") == [
        ("One", "two"),
        ("Three",),
        ("Four",),
    ]


def test_sentences() -> None:
    text = 'See e.g. Fig. 3. He said "no." Then 5.2 more? Yes, Dr. No (all).'
    assert split_sentences(text) == [
        "See e.g. Fig. 3.",
        'He said "no."',
        "Then 5.2 more?",
        "Yes, Dr. No (all).",
    ]


def test_the_script_holds_the_index_and_nothing_that_ends_it() -> None:
    text = script(index_of("<p>The end: &lt;/script&gt; \u2028 here.</p>"))
    data = json.loads(text[text.index("]=") + 2 : text.rindex(";")])
    assert data["passages"][0]["sentences"] == ["The end: </script> here."]
    assert data["near"]["end"].split()


def test_common_words_stand_for_those_of_the_lesson_that_mean_about_the_same() -> None:
    index = index_of("<p>The car joins the highway.</p>")
    assert isinstance(index.passages[0], Passage)
    assert set(index.near) <= {stem("car"), stem("joins"), stem("highway")}
    assert stem("motorway") in index.near[stem("highway")].split()
    assert stem("vehicle") in index.near[stem("car")].split()
    both = near_words({stem("motorway"), stem("highway")})
    assert stem("motorway") not in both[stem("highway")].split(), "the lesson has it itself"


def test_a_word_stands_for_few_of_the_lesson() -> None:
    lesson = set(stems("roads lanes streets highways freeways expressways routes avenues"))
    standing = [word for words in near_words(lesson).values() for word in words.split()]
    assert standing
    assert max(Counter(standing).values()) <= MOST


def test_the_list_of_near_words_is_tidy() -> None:
    head, *lines = FILE.read_text(encoding="utf-8").splitlines()
    assert head.startswith("# ")
    assert lines == sorted(lines)
    assert all(re.fullmatch(r"[a-z]+( [a-z]+){1,12}", line) for line in lines)
    firsts = [stem(line.split()[0]) for line in lines]
    assert len(firsts) == len(set(firsts)) > 5000
    assert not STOP_WORDS & set(" ".join(lines).split())


def test_words_are_cut_back_as_in_the_page() -> None:
    cases = json.loads((CONTRACT / "stems.json").read_text(encoding="utf-8"))
    assert len(cases) > 50
    for case in cases:
        assert words(case["text"]) == case["words"]
        assert stems(case["text"]) == case["stems"]
    assert sorted(STOP_WORDS) == json.loads((CONTRACT / "stop-words.json").read_text())


def test_prints_are_those_of_the_page() -> None:
    for text, length, wanted in json.loads((CONTRACT / "prints.json").read_text("utf-8")):
        assert print_of(normal(text), length) == wanted, text


def test_a_question_leaves_prints_that_cannot_be_read() -> None:
    session = Session()
    page = read_page(QUESTION.encode(), "lesson.md")
    session.begin(page)
    markdown.markdown(page.body, extensions=[BlocksExtension(session=session)])
    (found,) = question_prints(session.finish().questions)
    assert found.id == "one"
    assert [len(part) for part in found.parts] == [9, 3, 6]
    assert found.parts[0][:3] == print_of("agent", 3)
