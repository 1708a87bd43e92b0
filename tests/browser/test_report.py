"""The HTML report in a real browser: reading, filtering, deciding, exporting."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from mtaudit.calibrate import read_labelled
from mtaudit.findings import baseline as baselines
from mtaudit.fingerprint import fingerprint
from mtaudit.types import Side
from tests.browser.conftest import Open
from tests.unit.reporters.audit_fixture import Bead, Mark, build, clean, library, target_only

S, T = Side.SOURCE, Side.TARGET
SOURCE = "The 12 boats of the harbour town leave at noon, and 3 of them are new."
TARGET = "Die 21 Boote der Hafenstadt legen mittags ab, und 4 davon sind neu."


def numbers() -> Bead:
    """Two findings of one rule in one pair, each with the words opposite."""
    at = SOURCE.index("12")
    return Bead(
        (SOURCE,),
        (TARGET,),
        0.9,
        (
            Mark("MT106", T, "21", "12 became 21", evidence={"source_start": at, "source_end": at + 2}),
            Mark("MT106", T, "4", "3 became 4", 0.8),
        ),
    )


def many(count: int = 130) -> list[Bead]:
    return [
        Bead((f"Line {n}.",), (f"Zeile {n} .",), 0.9 - n / 1000, (Mark("MT307", T, " .", "A blank too much"),))
        for n in range(count)
    ]


def save(page: Page, button: str) -> str:
    with page.expect_download() as waiting:
        page.click(button)
    return Path(waiting.value.path()).read_text(encoding="utf-8")


# Reading


def test_suspects_stand_worst_first_with_all_that_is_known(open_report: Open) -> None:
    report = open_report(library())
    assert report.cards() == [str(rank) for rank in range(1, 12)]
    first = report.page.locator(".card").first
    expect(first.locator(".suspicion")).to_have_text("suspicion 0.97uncalibrated")
    expect(first.locator(".path")).to_have_text(["library.en.txt:3:1", "library.de.txt:3:1"])
    expect(first.locator(".reason-text").first).to_have_text("“1.4” became “4,1”")
    expect(first.locator(".reason").first).to_contain_text("critical")
    expect(first.locator(".bead")).to_have_text("1 sentence of the source, 2 of the translation")
    assert first.locator(".meter-fill").get_attribute("width") == "97.31"
    assert first.locator(".text").evaluate_all("all => all.map(one => [one.lang, one.dir])") == [
        ["en", "auto"],
        ["de", "auto"],
    ]


def test_calibrated_reports_do_not_say_uncalibrated(open_report: Open) -> None:
    report = open_report(library(calibrated=True))
    expect(report.page.locator(".facts").first).to_contain_text("suspicion is the probability of a major error")
    assert "uncalibrated" not in report.page.locator("body").inner_text()


def test_back_translation_shows_what_differs(open_report: Open) -> None:
    text = open_report(library()).page.locator(".card").first.locator(".back-text")
    expect(text.locator("del").first).to_have_text("on ")
    expect(text.locator("ins.changed")).to_have_text(["was. ", "Newly built", "4.1"])
    assert text.evaluate(
        "one => { for (const lost of one.querySelectorAll('del')) lost.remove(); return one.textContent; }"
    ) == ("The library in Mill Street was closed for two years, and its roof was. Newly built for 4.1 million.")


def test_marks_light_their_counterparts_and_reasons(open_report: Open) -> None:
    page = open_report(build([numbers()])).page
    expect(page.locator(".side-target .mark")).to_have_text(["211", "42"])  # the words, and the number of the reason
    page.locator(".side-target .mark").first.focus()
    expect(page.locator(".lit-partner")).to_have_text("12")
    expect(page.locator(".reason.lit .reason-text")).to_have_text("12 became 21")
    page.locator(".reason").nth(1).hover()
    expect(page.locator(".lit-partner")).to_have_count(0)
    expect(page.locator(".mark.lit")).to_have_text("42")
    page.locator("h1").hover()
    expect(page.locator(".lit")).to_have_count(0)


def test_one_ring_goes_round_a_counterpart_that_marks_and_hits_cut_up(open_report: Open) -> None:
    start = SOURCE.index("12")
    end = SOURCE.index(" ", start + 3)
    opposite = {"source_start": start, "source_end": end}
    page = open_report(
        build(
            [
                Bead(
                    (SOURCE,),
                    (TARGET,),
                    0.9,
                    (
                        Mark("MT106", T, "21", "12 became 21", evidence=opposite),
                        Mark("MT307", S, SOURCE[start + 1 : start + 4], "inside the words opposite", 0.8),
                    ),
                )
            ]
        )
    ).page
    page.locator(".side-target .mark").first.hover()
    expect(page.locator(".lit-partner")).to_have_count(3)
    assert page.locator(".lit-partner").evaluate_all(
        "all => all.map(one => [one.classList.contains('ring-start'), one.classList.contains('ring-end')])"
    ) == [[True, False], [False, False], [False, True]]
    page.locator("h1").hover()
    expect(page.locator(".ring-start, .ring-end")).to_have_count(0)


def test_marks_differ_without_colour(open_report: Open) -> None:
    page = open_report(library()).page
    looks = page.locator(".side .family-title .mark, .text .mark").evaluate_all(
        "all => [...new Set(all.map(one => [...one.classList].find(name => name.startsWith('family-')) + ' ' +"
        " getComputedStyle(one).textDecorationStyle + ' ' + getComputedStyle(one).textDecorationThickness))]"
    )
    assert len({look.split(" ", 1)[1] for look in looks}) == len(looks) == 4


def test_a_target_without_source_has_one_column(open_report: Open) -> None:
    page = open_report(target_only()).page
    expect(page.locator(".card").first.locator(".side-text")).to_have_count(1)
    expect(page.locator(".side-source")).to_have_count(0)


def test_a_report_without_suspects_says_so(open_report: Open) -> None:
    page = open_report(clean()).page
    expect(page.locator("#list")).to_have_text("No suspects: nothing was found that a person must look at.")
    page.select_option("#show", "all")
    expect(page.locator(".card")).to_have_count(3)


def test_hidden_characters_are_shown(open_report: Open) -> None:
    page = open_report(library()).page
    glyphs = page.locator("#pair-5 .side-target .glyph").all_inner_texts()
    assert {"␛", "U+202E", "U+202C", "U+00AD", "␇", "U+009B", "␣"} <= set(glyphs)


def test_marks_stand_right_behind_characters_beyond_the_basic_plane(open_report: Open) -> None:
    beads = [Bead(("👩‍🚀𝔸 ten",), ("👩‍🚀𝔸 zwanzig",), 0.9, (Mark("MT106", T, "zwanzig", "ten became zwanzig"),))]
    expect(open_report(build(beads)).page.locator(".side-target .mark")).to_have_text("zwanzig1")


def test_right_to_left_text_runs_from_the_right(open_report: Open) -> None:
    beads = [Bead(("Ten boats.",), ("عشرون قاربا.",), 0.9, (Mark("MT106", T, "عشرون", "ten became twenty"),))]
    page = open_report(build(beads, languages=("en", "ar"), paths=("boats.en.txt", "boats.ar.txt"))).page
    directions = page.locator(".text").evaluate_all("all => all.map(one => getComputedStyle(one).direction)")
    assert directions == ["ltr", "rtl"]
    assert page.locator(".side-target .text").get_attribute("lang") == "ar"


def test_a_rule_leads_to_its_explanation(open_report: Open) -> None:
    page = open_report(library()).page
    link = page.locator(".card").first.locator("a.rule").first
    assert link.get_attribute("href") == "#rule-MT106"
    link.click()
    expect(page.locator("#rule-dialog")).to_be_visible()
    expect(page.locator("#rule-dialog-body")).to_contain_text("How it is found")
    page.keyboard.press("Escape")
    expect(page.locator("#rule-dialog")).to_be_hidden()
    expect(link).to_be_focused()


# Filters, order, map


@pytest.mark.parametrize(
    ("steps", "ranks"),
    [
        pytest.param([("search", "Kuchen")], [2], id="words-of-the-target"),
        pytest.param([("search", "seats 90")], [7], id="words-of-the-source"),
        pytest.param([("search", "NEWLY BUILT")], [1], id="words-of-the-back-translation"),
        pytest.param([("search", "library.de.txt:19")], [9], id="place"),
        pytest.param([("search", "mt602")], [5], id="rule-id"),
        pytest.param([("search", "[bold]")], [8], id="not-a-pattern"),
        pytest.param([("search", "nowhere")], [], id="nothing"),
        pytest.param([("rule", "MT106")], [1], id="rule"),
        pytest.param([("rule", "MT106"), ("rule", "MT311")], [1, 5, 9, 10, 11], id="two-rules"),
        pytest.param([("rule", "MT106"), ("rule", "MT106")], list(range(1, 12)), id="switched-off-again"),
        pytest.param([("severity", "minor")], [1, 5, 8, 9, 10, 11], id="severity"),
        pytest.param([("severity", "critical"), ("rule", "MT205")], [], id="one-finding-must-be-both"),
        pytest.param([("threshold", "0.8")], [1, 2, 3, 4], id="threshold"),
        pytest.param([("threshold", "0.8"), ("search", "Tür")], [3], id="threshold-and-words"),
        pytest.param([("show", "all")], list(range(1, 15)), id="every-pair"),
        pytest.param([("sort", "position")], [1, 4, 5, 7, 8, 3, 2, 6, 11, 9, 10], id="by-position"),
    ],
)
def test_filters(open_report: Open, steps: list[tuple[str, str]], ranks: list[int]) -> None:
    report = open_report(library())
    for kind, value in steps:
        if kind in {"rule", "severity"}:
            report.page.click(f'[data-{kind}="{value}"].bar-row')
        elif kind in {"show", "sort"}:
            report.page.select_option(f"#{kind}", value)
        else:
            report.page.locator(f"#{kind}").fill(value)
    assert report.cards() == [str(rank) for rank in ranks]
    noun = "sentence" if ("show", "all") in steps else "suspect"
    expect(report.page.locator("#list-title")).to_have_text(f"{len(ranks)} {noun}{'' if len(ranks) == 1 else 's'}")


def test_search_marks_what_it_finds_and_clearing_brings_all_back(open_report: Open) -> None:
    report = open_report(library())
    report.page.fill("#search", "die")
    expect(report.page.locator(".hit").first).to_have_text("Die")
    expect(report.page.locator("#filters-active")).to_have_text("(1 active)")
    report.page.click("#reset")
    assert len(report.cards()) == 11
    expect(report.page.locator("#reset")).to_be_hidden()


def test_charts_count_rules_and_severities(open_report: Open) -> None:
    page = open_report(library()).page
    rows = page.locator(".bar-row[data-rule] .bar-count").all_inner_texts()
    assert sum(map(int, rows)) == 17
    assert page.locator('[data-severity="minor"] .bar-count').inner_text() == "8"
    assert page.locator('[data-severity="minor"] .bar-fill').get_attribute("width") == "100.0"
    assert page.locator('[data-severity="neutral"] .bar-fill').get_attribute("width") == "12.5"


def test_a_cell_leads_to_its_sentence(open_report: Open) -> None:
    report = open_report(library())
    cells = report.page.locator("#map .cell")
    assert cells.count() == 14
    assert cells.nth(1).get_attribute("aria-label") == "Sentence 2, suspicion 0.97, critical"
    cells.nth(4).click()
    assert report.current() == "7"
    expect(report.page.locator("#pair-4")).to_be_focused()
    cells.first.click()  # no suspect: the filters give way
    expect(report.page.locator("#show")).to_have_value("all")
    assert report.current() == "13"


def test_the_map_is_one_tab_stop_and_arrows_walk(open_report: Open) -> None:
    report = open_report(library())
    page = report.page
    assert page.locator('#map .cell[tabindex="0"]').count() == 1
    page.locator("#map .cell").first.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "End", "ArrowLeft"):
        page.keyboard.press(key)
    expect(page.locator("#map .cell").nth(12)).to_be_focused()
    expect(page.locator("#map-label")).to_contain_text("Sentence 13")
    page.keyboard.press("Enter")
    assert report.current() == "9"


def test_top_leaves_the_rest_out_and_says_so(open_report: Open) -> None:
    report = open_report(library(), top=3)
    assert report.cards() == ["1", "2", "3"]
    expect(report.page.locator("main .notice")).to_have_text(
        "8 more suspects with less suspicion are left out: the report was limited with --top. The map shows where."
    )
    report.page.locator("#map .cell").nth(4).click()
    expect(report.page.locator("#notice")).to_have_text(
        "Sentence 5 is left out of this report: it was limited with --top."
    )
    assert "seats 90" not in report.path.read_text(encoding="utf-8")


def test_all_lists_every_pair_at_first(open_report: Open) -> None:
    assert len(open_report(library(), all_pairs=True).cards()) == 14


def test_long_lists_come_in_pages(open_report: Open) -> None:
    report = open_report(build(many()))
    page = report.page
    assert report.cards() == [str(rank) for rank in range(1, 51)]
    page.click("#page-next")
    expect(page.locator("#page-place")).to_have_text("Page 2 of 3")
    assert report.cards()[0] == "51"
    page.locator("#map .cell").nth(129).click()
    expect(page.locator("#page-place")).to_have_text("Page 3 of 3")
    assert report.current() == "130"
    page.locator("#map .cell").nth(49).click()
    page.keyboard.press("j")
    assert (report.current(), report.cards()[0]) == ("51", "51")


def test_print_shows_every_page(open_report: Open) -> None:
    report = open_report(build(many()))
    report.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert len(report.cards()) == 130
    report.page.emulate_media(media="print")
    expect(report.page.locator(".side")).to_be_hidden()
    report.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert len(report.cards()) == 50


# Keys and decisions


def test_keys_walk_and_decide(open_report: Open) -> None:
    report = open_report(library())
    page = report.page
    for key, rank in (("j", "1"), ("j", "2"), ("j", "3"), ("k", "2")):
        page.keyboard.press(key)
        assert report.current() == rank
    page.keyboard.press("a")
    expect(page.locator('.is-current [data-verdict="error"].verdict')).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#decided")).to_have_text("1")
    page.keyboard.press("f")
    expect(page.locator(".is-current")).to_have_class("card is-current is-false")
    expect(page.locator("#map .cell-decided")).to_have_count(1)
    page.keyboard.press("f")
    expect(page.locator("#decided")).to_have_text("0")
    page.keyboard.press("c")
    page.keyboard.type("ask the author: a, f or j?")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert report.current() == "3"
    page.select_option("#show", "commented")
    assert report.cards() == ["2"]
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()


def test_help_lists_the_keys_and_switches_them_off(open_report: Open) -> None:
    report = open_report(library())
    page = report.page
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator(".is-current")).to_have_count(0)
    page.uncheck("#keys-on")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator(".is-current")).to_have_count(0)
    page.reload()
    page.keyboard.press("j")
    expect(page.locator(".is-current")).to_have_count(0)


@pytest.mark.parametrize("modifier", ["Control", "Alt", "Meta"])
def test_keys_of_the_browser_stay_the_browsers(open_report: Open, modifier: str) -> None:
    page = open_report(library()).page
    page.locator("h1").click()
    page.keyboard.press(f"{modifier}+j")
    expect(page.locator(".is-current")).to_have_count(0)


def test_decisions_outlive_the_page(open_report: Open) -> None:
    report = open_report(library())
    page = report.page
    for key in ("j", "a", "j", "f", "c"):
        page.keyboard.press(key)
    page.keyboard.type("the same twice")
    page.reload()
    expect(page.locator("#decided")).to_have_text("2")
    expect(page.locator(".card").nth(1).locator("textarea")).to_have_value("the same twice")
    expect(page.locator(".card").nth(0)).to_have_class("card is-error")


def test_decisions_follow_the_content_to_another_report(open_report: Open) -> None:
    """The same pair elsewhere in another file."""
    report = open_report(build([Bead(("New.",), ("Neu.",), 0.1), numbers()]))
    report.page.keyboard.press("j")
    report.page.keyboard.press("f")
    other = report.path.with_name("again.html")
    from tests.browser.conftest import rendered

    other.write_text(rendered(build([numbers()], paths=("b.en.txt", "b.de.txt"))), encoding="utf-8")
    page = report.page.context.new_page()
    page.goto(other.as_uri())
    expect(page.locator(".card")).to_have_class("card is-false")


@pytest.mark.parametrize(
    ("kept", "decided"),
    [
        pytest.param("not json", "0", id="no-json"),
        pytest.param("[]", "0", id="a-list"),
        pytest.param('{"verdict":"<img>"}', "0", id="unknown-verdict"),
        pytest.param('{"verdict":"error","findings":[1]}', "1", id="bad-findings"),
        pytest.param("null", "0", id="null"),
    ],
)
def test_damaged_storage_is_borne(open_report: Open, kept: str, decided: str) -> None:
    name = f"mtaudit:decision:1:{fingerprint(SOURCE, TARGET, '')}"
    report = open_report(build([numbers()]), before=f"localStorage.setItem({json.dumps(name)}, {json.dumps(kept)})")
    expect(report.page.locator("#decided")).to_have_text(decided)


REFUSED = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"


@pytest.mark.parametrize("before", [pytest.param(REFUSED, id="refused"), pytest.param(FULL, id="full")])
def test_without_storage_the_page_warns_and_works(open_report: Open, before: str) -> None:
    report = open_report(library(), before=before)
    expect(report.page.locator("#notice")).to_contain_text("does not let the page keep your decisions")
    report.page.keyboard.press("j")
    report.page.keyboard.press("a")
    expect(report.page.locator("#decided")).to_have_text("1")
    report.page.click("#open-exchange")
    assert json.loads(save(report.page, "#export-decisions"))["pairs"]


def test_storage_that_fills_up_is_told(open_report: Open) -> None:
    report = open_report(library())
    report.page.evaluate(f"() => {{ {FULL} }}")
    expect(report.page.locator("#notice")).to_be_hidden()
    report.page.keyboard.press("j")
    report.page.keyboard.press("a")
    expect(report.page.locator("#notice")).to_contain_text("does not let the page keep your decisions")


# Files


def test_baseline_holds_the_false_alarms(open_report: Open, tmp_path: Path) -> None:
    report = open_report(build([numbers(), *many(2)]))
    page = report.page
    for key in ("j", "f", "j", "a"):
        page.keyboard.press(key)
    page.click("#open-exchange")
    expect(page.locator("#baseline-count")).to_have_text("1 finding.")
    file = tmp_path / "saved.json"
    file.write_text(save(page, "#export-baseline"), encoding="utf-8")
    assert baselines.read(file).entries == (
        baselines.Entry("library.de.txt", "MT106", fingerprint(SOURCE, TARGET, "MT106"), 2, "21"),
    )
    page.check("#baseline-errors")
    rules = [one["rule"] for one in json.loads(save(page, "#export-baseline"))["entries"]]
    assert sorted(rules) == ["MT106", "MT307"]


def test_baseline_never_hides_a_finding_that_stays(open_report: Open) -> None:
    """Two findings of one rule in one pair have one fingerprint."""
    page = open_report(build([numbers()])).page
    page.locator('.reason-verdicts [data-verdict="false"]').first.click()
    expect(page.locator(".reason.is-false")).to_have_count(1)
    page.click("#open-exchange")
    expect(page.locator("#baseline-count")).to_contain_text(
        "0 findings. Left out: 1 case of a rule with another finding"
    )
    page.keyboard.press("Escape")
    page.locator('.reason-verdicts [data-verdict="false"]').nth(1).click()
    expect(page.locator(".card")).to_have_class("card is-current is-false")
    page.click("#open-exchange")
    expect(page.locator("#baseline-count")).to_have_text("1 finding.")


def test_labelled_pairs_are_read_by_calibrate(open_report: Open, tmp_path: Path) -> None:
    tabs = Bead(('A\tB\nC\u2028D "E',), ("=F\r\n\n'G'\x85H",), 0.8, (Mark("MT205", T, "G", "odd"),))
    gap = Bead((), ("Teilen",), 0.7, (Mark("MT311", T, "Teilen", "debris"),))
    report = open_report(build([numbers(), tabs, gap, Bead(("Fine.",), ("Gut.",), 0.1)]))
    page = report.page
    page.select_option("#show", "all")
    page.locator("h1").click()
    for key in ("j", "a", "j", "f", "j", "f", "j", "f"):
        page.keyboard.press(key)
    page.click("#open-exchange")
    expect(page.locator("#labelled-count")).to_contain_text("3 pairs. Left out: 1 sentence without the other side.")
    file = tmp_path / "labelled.tsv"
    file.write_text(save(page, "#export-labelled"), encoding="utf-8")
    labelled = read_labelled(file)
    assert labelled.bad_input == ()
    assert labelled.pairs == ((SOURCE, TARGET), ('A B C D "E', "=F 'G' H"), ("Fine.", "Gut."))
    assert labelled.bad == (True, False, False)


def test_decisions_travel_to_another_browser(open_report: Open, tmp_path: Path) -> None:
    first = open_report(library()).page
    for key in ("j", "f", "j", "a", "c"):
        first.keyboard.press(key)
    first.keyboard.type("see page 1")
    first.keyboard.press("Escape")
    first.click("#open-exchange")
    file = tmp_path / "decisions.json"
    found = json.loads(save(first, "#export-decisions"))
    found["pairs"]["0" * 32] = {"verdict": "error"}
    file.write_text(json.dumps(found), encoding="utf-8")
    second = open_report(library()).page
    expect(second.locator("#decided")).to_have_text("0")
    second.click("#open-exchange")
    second.set_input_files("#import", file)
    expect(second.locator("#import-result")).to_have_text(
        "2 decisions taken over; 1 belong to no sentence of this report."
    )
    expect(second.locator("#decided")).to_have_text("2")
    expect(second.locator(".card").nth(1).locator("textarea")).to_have_value("see page 1")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("nothing", "This is no JSON file.", id="no-json"),
        pytest.param("[1]", "neither decisions nor a baseline", id="other-json"),
        pytest.param("null", "neither decisions nor a baseline", id="null"),
        pytest.param('{"schema": 1, "entries": [null, {"key": 3}]}', "0 findings", id="strange-entries"),
        pytest.param(
            json.dumps({"schema": 1, "entries": [{"key": fingerprint(SOURCE, TARGET, "MT106")}]}),
            "2 findings marked as false alarms.",
            id="baseline",
        ),
        pytest.param(
            '{"mtaudit-decisions": 1, "pairs": {"__proto__": {"verdict": "error"}}}', "0 decisions", id="prototype"
        ),
    ],
)
def test_import_says_what_it_took(open_report: Open, tmp_path: Path, text: str, message: str) -> None:
    page = open_report(build([numbers()])).page
    file = tmp_path / "import.json"
    file.write_text(text, encoding="utf-8")
    page.click("#open-exchange")
    page.set_input_files("#import", file)
    expect(page.locator("#import-result")).to_contain_text(message)


# Looks


def test_theme_follows_the_system_until_it_is_chosen(open_report: Open) -> None:
    page = open_report(library(), scheme="dark").page
    paper = "() => getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(paper) == "rgb(20, 23, 26)"
    page.click("#theme")
    expect(page.locator("#theme-name")).to_have_text("light")
    assert page.evaluate(paper) == "rgb(246, 245, 241)"
    page.reload()
    assert page.evaluate(paper) == "rgb(246, 245, 241)"


@pytest.mark.parametrize("width", [400, 700, 1280])
def test_nothing_runs_out_of_the_window(open_report: Open, width: int) -> None:
    beads = [Bead(("x" * 400,), ("y" * 400,), 0.9, (Mark("MT205", T, "y" * 400, "z" * 300),)), numbers()]
    for audit in (library(), build(beads, paths=("a/" * 90 + "x.txt", "b/" * 90 + "y.txt"))):
        page = open_report(audit, width=width).page
        assert page.evaluate("document.documentElement.scrollWidth") <= width
