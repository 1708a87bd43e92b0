"use strict";
/* The card of one pair: what it says, what is wrong with it, and what the reader decided. */
const Card = (() => {
  const { element, visible, marked, compared } = MarkedText;
  const template = (id) => document.getElementById(id).content.firstElementChild;
  const templates = { card: template("card-template"), side: template("side-template"), reason: template("reason-template") };
  const LABELS = { source: "Source", target: "Translation" };

  const reasonId = (pair, number) => `reason-${pair.index}-${number}`;

  /** What tells the pair apart besides its places: if not one sentence stands for one, and its unit in the file. */
  function bead(pair) {
    const shown = document.createDocumentFragment();
    const [here, there] = pair.alignment.split("-");
    if (pair.alignment !== "1-1" && here !== "0" && there !== "0") {
      shown.append(`${here} sentence${here === "1" ? "" : "s"} of the source, ${there} of the translation`);
    }
    const unit = pair.unit || {};
    for (const text of [unit.id, unit.context, unit.state, unit.note]) {
      if (!text || (pair.source && text === pair.source.text)) continue; // gettext names a message by its source
      const piece = element("bdi");
      piece.append(visible(text));
      shown.append(shown.childNodes.length ? " · " : "", piece);
    }
    return shown;
  }

  function sideText(pair, side, search) {
    const made = templates.side.cloneNode(true);
    made.classList.add(`side-${side}`);
    const language = Report.languages[side];
    made.querySelector(".side-name").textContent = LABELS[side];
    made.querySelector(".path").append(visible(Report.place(pair, side)));
    const text = made.querySelector(".text");
    if (!pair[side]) {
      text.classList.add("gap");
      text.textContent = `No sentence of the ${LABELS[side].toLowerCase()} stands for this.`;
      return made;
    }
    if (language) text.lang = language;
    const marks = [];
    const partners = [];
    pair.findings.forEach((finding, at) => {
      const number = at + 1;
      if (finding.side === side) {
        const { start, end } = finding;
        marks.push({ start, end, number, family: Report.family(finding.rule), described: reasonId(pair, number) });
      }
      for (const partner of finding.partners) {
        if (partner.side === side) partners.push({ start: partner.start, end: partner.end, number });
      }
    });
    text.append(marked(pair[side].text, marks, partners, search));
    return made;
  }

  function reason(pair, finding, number, search) {
    const made = templates.reason.cloneNode(true);
    made.id = reasonId(pair, number);
    made.dataset.reason = number;
    made.querySelector(".reason-number").textContent = number;
    const severity = made.querySelector(".severity");
    severity.textContent = finding.severity;
    severity.classList.add(`severity-${finding.severity}`);
    const rule = made.querySelector(".rule");
    rule.textContent = finding.rule;
    rule.href = `#rule-${finding.rule}`;
    const slug = made.querySelector(".rule-slug");
    slug.textContent = Report.slug(finding.rule);
    slug.classList.add(`family-${Report.family(finding.rule)}`);
    made.querySelector(".reason-text").append(marked(finding.message, [], [], search));
    const witnesses = made.querySelector(".witnesses");
    for (const witness of finding.witnesses) {
      const item = element("li");
      item.append(`also ${witness.rule} ${Report.slug(witness.rule)}: `, visible(witness.message));
      witnesses.append(item);
    }
    if (!finding.witnesses.length) witnesses.remove();
    const verdicts = made.querySelector(".reason-verdicts");
    verdicts.setAttribute("aria-label", `Decision about reason ${number}`);
    verdicts.hidden = pair.findings.length < 2;
    return made;
  }

  function measures(card, pair) {
    const scores = Object.entries(pair.scores || {});
    const box = card.querySelector(".measures");
    box.hidden = scores.length === 0;
    const list = box.querySelector("dl");
    for (const [name, value] of scores) {
      const row = element("div");
      row.append(element("dt", "", name), element("dd", "", String(value)));
      list.append(row);
    }
  }

  /** The card of a pair; `search` is marked in its texts. */
  function build(pair, search) {
    const card = templates.card.cloneNode(true);
    card.id = `pair-${pair.index}`;
    card.dataset.index = pair.index;
    card.querySelector(".card-rank").textContent = pair.rank;
    card.querySelector(".suspicion-value").textContent = pair.suspicion.toFixed(2);
    if (!Report.calibrated) card.querySelector(".suspicion-note").textContent = "uncalibrated";
    card.querySelector(".meter-fill").setAttribute("width", pair.suspicion * 100);
    card.querySelector(".bead").append(bead(pair));
    const sides = card.querySelector(".sides");
    sides.classList.toggle("one-side", Report.sides.length === 1);
    for (const side of Report.sides) sides.append(sideText(pair, side, search));
    const reasons = card.querySelector(".reasons");
    pair.findings.forEach((finding, at) => reasons.append(reason(pair, finding, at + 1, search)));
    if (!pair.findings.length) {
      reasons.replaceWith(element("p", "muted no-reasons", "No findings."));
      // There is no alarm to be false.
      card.querySelector('[data-verdict="error"] .verdict-name').textContent = "Error";
      card.querySelector('[data-verdict="false"] .verdict-name').textContent = "Right";
    }
    if (pair.back) {
      const back = card.querySelector(".back");
      back.hidden = false;
      const text = back.querySelector(".back-text");
      if (Report.languages.source) text.lang = Report.languages.source;
      text.append(compared(pair.back));
    }
    measures(card, pair);
    const comment = Decisions.of(pair).comment;
    card.querySelector("textarea").value = comment || "";
    showComment(card, Boolean(comment));
    update(card, pair);
    return card;
  }

  function showComment(card, shown) {
    card.querySelector(".comment").hidden = !shown;
    card.querySelector(".comment-toggle").setAttribute("aria-expanded", shown);
  }

  /** Show what the reader decided about the pair; a comment that is being written is left alone. */
  function update(card, pair) {
    const verdict = Decisions.ofPair(pair);
    card.classList.toggle("is-error", verdict === "error");
    card.classList.toggle("is-false", verdict === "false");
    for (const button of card.querySelectorAll(".verdict")) {
      button.setAttribute("aria-pressed", button.dataset.verdict === verdict);
    }
    pair.findings.forEach((finding, at) => {
      const own = Decisions.ofFinding(pair, finding);
      const row = card.querySelector(`[data-reason="${at + 1}"]`);
      row.classList.toggle("is-false", own === "false");
      for (const button of row.querySelectorAll("[data-verdict]")) {
        button.setAttribute("aria-pressed", button.dataset.verdict === own);
      }
    });
    const field = card.querySelector("textarea");
    const comment = Decisions.of(pair).comment || "";
    if (document.activeElement !== field && field.value !== comment) {
      field.value = comment;
      showComment(card, Boolean(comment));
    }
  }

  /** Light the words of the reasons with these numbers, their counterparts, and the reasons. */
  function light(card, numbers) {
    const wanted = new Set(numbers.map(String));
    const any = (list) => Boolean(list) && list.split(" ").some((number) => wanted.has(number));
    const pieces = [...card.querySelectorAll("[data-marks], [data-partners]")];
    for (const one of pieces) {
      one.classList.toggle("lit", any(one.dataset.marks));
      one.classList.toggle("lit-partner", any(one.dataset.partners));
    }
    // One ring round all pieces that stand side by side: only the first and the last of them close it.
    const ringed = (one) => one instanceof Element && one.classList.contains("lit-partner");
    for (const one of pieces) {
      one.classList.toggle("ring-start", ringed(one) && !ringed(one.previousSibling));
      one.classList.toggle("ring-end", ringed(one) && !ringed(one.nextSibling));
    }
    for (const row of card.querySelectorAll("[data-reason]")) row.classList.toggle("lit", wanted.has(row.dataset.reason));
  }

  return Object.freeze({ build, update, light, showComment });
})();
