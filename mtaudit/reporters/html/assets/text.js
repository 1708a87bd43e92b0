"use strict";
/* Puts foreign text into the page: as text, never as markup, with its marks, and with nothing hidden in it. */
const MarkedText = (() => {
  // Controls, format characters (all that turn the direction of writing are among them), private characters, lone
  // surrogates, separators of lines and paragraphs.
  const HIDDEN = /\n\n|[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;
  const JOINERS = "\u200c\u200d";

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  const code = (character) => `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;

  function picture(hidden) {
    if (hidden === "\n\n") return " ¶ ";
    if (hidden === "\n") return "␊ ";
    const point = hidden.codePointAt(0);
    if (point < 0x20) return String.fromCodePoint(0x2400 + point);
    return code(hidden);
  }

  /** Whether a joiner does its work: between two emoji, or two letters of Arabic or an Indic script. */
  function joins(text, at) {
    return at > 0 && text.charCodeAt(at - 1) >= 0x600 && text.charCodeAt(at + 1) >= 0x600;
  }

  /** `text` as nodes; hidden characters show their picture or code. `around` is the text that it stands in, at `at`. */
  function visible(text, blanks = false, around = text, at = 0) {
    const fragment = document.createDocumentFragment();
    if (blanks) {
      for (const character of text) {
        fragment.append(element("span", "glyph", character === " " ? "␣" : /\s/.test(character) ? code(character) : character));
      }
      return fragment;
    }
    let reached = 0;
    for (const match of text.matchAll(HIDDEN)) {
      if (JOINERS.includes(match[0]) && joins(around, at + match.index)) continue;
      fragment.append(text.slice(reached, match.index));
      const glyph = element("span", "glyph", picture(match[0]));
      glyph.title = [...match[0]].map(code).join(" ");
      fragment.append(glyph);
      reached = match.index + match[0].length;
    }
    fragment.append(text.slice(reached));
    return fragment;
  }

  /** Where a search finds something in `text`. */
  function hits(text, search) {
    if (!search) return [];
    const pattern = new RegExp(search.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"), "giu");
    return [...text.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
  }

  const covers = (range, start, end) => range.start <= start && end <= range.end && range.start < range.end;

  function number(marks) {
    const sup = element("sup", "mark-number", marks.map((mark) => mark.number).join(","));
    sup.setAttribute("aria-hidden", "true");
    return sup;
  }

  /** A mark or a caret, which the keyboard reaches and which says by what reason it is described. */
  function mark(className, marks, focusable) {
    const inner = marks.reduce((one, other) => (other.end - other.start < one.end - one.start ? other : one));
    const made = element("mark", `${className} family-${inner.family}`);
    made.dataset.marks = marks.map((one) => one.number).join(" ");
    made.setAttribute("aria-describedby", marks.map((one) => one.described).join(" "));
    if (focusable) made.tabIndex = 0;
    return made;
  }

  /**
   * `text` as nodes. `marks` ({start, end, number, family, described}) are the words of findings, `partners` ({start,
   * end, number}) those opposite; both may overlap, so the text is cut wherever one of them begins or ends.
   */
  function marked(text, marks, partners, search) {
    const found = hits(text, search);
    const cuts = new Set([0, text.length]);
    for (const range of [...marks, ...partners, ...found]) cuts.add(range.start).add(range.end);
    const places = [...cuts].sort((one, other) => one - other);
    const fragment = document.createDocumentFragment();
    const carets = (at) => {
      const here = marks.filter((one) => one.start === at && one.end === at);
      if (!here.length) return;
      const caret = mark("mark caret", here, true);
      caret.append("‸", number(here));
      fragment.append(caret);
    };
    for (let at = 0; at + 1 < places.length; at += 1) {
      const [start, end] = [places[at], places[at + 1]];
      carets(start);
      const over = marks.filter((one) => covers(one, start, end));
      const opposite = partners.filter((one) => covers(one, start, end));
      const blanks = over.some((one) => !text.slice(one.start, one.end).trim());
      const shown = visible(text.slice(start, end), blanks, text, start);
      const hit = found.some((one) => covers(one, start, end));
      if (!over.length && !opposite.length && !hit) {
        fragment.append(shown);
        continue;
      }
      const piece = over.length ? mark("mark", over, over.some((one) => one.start === start)) : element("span", "piece");
      if (opposite.length) {
        piece.classList.add("partner");
        piece.dataset.partners = opposite.map((one) => one.number).join(" ");
      }
      if (hit) piece.classList.add("hit");
      piece.append(shown);
      const ending = over.filter((one) => one.end === end);
      if (ending.length) piece.append(number(ending));
      fragment.append(piece);
    }
    carets(text.length);
    return fragment;
  }

  /** A back-translation compared with its source: [kind, text] pieces. */
  function compared(pieces) {
    const fragment = document.createDocumentFragment();
    for (const [kind, text] of pieces) {
      if (kind === "same") {
        fragment.append(visible(text));
        continue;
      }
      const piece = element(kind === "lost" ? "del" : "ins", kind === "changed" ? "changed" : "");
      piece.append(visible(text));
      fragment.append(piece);
    }
    return fragment;
  }

  return Object.freeze({ element, visible, marked, compared });
})();
