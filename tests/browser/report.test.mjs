// Opens the report in a browser as a reader would: both languages, on a phone, a laptop and paper.
//
// LEONTIEF names the program (default: the debug build), CHROMIUM the browser, SHOTS a folder for
// screenshots (default: a temporary one, whose name is printed).

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { chromium } from "playwright-core";

const here = import.meta.dirname;
const program = process.env.LEONTIEF ?? path.join(here, "../../target/debug/leontief");
const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "leontief-report-"));
const shots = process.env.SHOTS ?? path.join(folder, "screenshots");
const LIMIT = 1.5 * 1024 * 1024;
const VIEWS = [
  { name: "phone", width: 390, height: 844 },
  { name: "laptop", width: 1280, height: 800 },
  { name: "a4", width: 794, height: 1123, media: "print" },
];
const DRAWS = ["--draws", "500", "--seed", "1"];

const run = (...args) => execFileSync(program, args, { encoding: "utf8", maxBuffer: 64 << 20 });
const impactOf = (...args) => JSON.parse(run("impact", ...args, "--format", "json"));
const sum = (stages) => ["direct", "indirect", "induced"]
  .map((stage) => stages[stage].reduce((a, b) => a + b, 0));

/** The figures of the page's headline, from the JSON of an impact: type 1 and total. */
function headline(effects) {
  const figure = (stages) => {
    const [direct, indirect, induced] = sum(stages);
    return { type1: direct + indirect, total: direct + indirect + induced };
  };
  const jobs = effects.accounts.find((a) => a.account.id === "jobs");
  const imports = figure(effects.imports);
  const imported = effects.spending.imported;
  return {
    spending: { type1: effects.spending.total, total: effects.spending.total },
    output: figure(effects.output),
    value_added: figure(effects.value_added),
    jobs: figure(jobs.effects),
    leakage: { type1: imports.type1 + imported, total: imports.total + imported },
  };
}

const KINDS = [["one_off", "one-off"], ["recurring", "recurring"]];

function same(actual, expected, what) {
  const error = Math.abs(actual - expected) / Math.max(Math.abs(expected), 1e-9);
  assert.ok(error < 1e-9, `${what}: ${actual} on the page, ${expected} by the program (${error})`);
}

/** Compares every figure of the live part with an impact, and every bar with its sectors. */
async function compareLive(page, impact) {
  const live = await page.$$eval("#live-results td[data-figure]", (cells) =>
    cells.map((c) => [c.dataset.kind, c.dataset.figure, Number(c.dataset.value)]));
  const bars = await page.$$eval("#live-results .bar", (rows) =>
    rows.map((r) => [r.dataset.kind, Number(r.dataset.sector), Number(r.dataset.value)]));
  let compared = 0;
  for (const [key, kind] of KINDS.filter(([key]) => impact[key])) {
    const expected = headline(impact[key]);
    for (const [of, figure, value] of live.filter(([of]) => of === kind)) {
      // Type I, and beside it what households add.
      const id = figure.replace(/_induced$/, "");
      const { type1, total } = expected[id];
      if (id === figure) same(value, type1, `${of} ${figure}`);
      else same(type1 + value, total, `${of} ${figure}`);
      compared += 1;
    }
    const jobs = impact[key].accounts.find((a) => a.account.id === "jobs").effects;
    const ofSector = jobs.direct.map((v, i) => v + jobs.indirect[i]);
    const drawn = bars.filter(([of]) => of === kind);
    drawn.forEach(([, sector, value]) => same(value, ofSector[sector], `jobs of sector ${sector}`));
    const largest = ofSector.toSorted((a, b) => b - a).slice(0, drawn.length);
    drawn.forEach(([, , value], i) => same(value, largest[i], `bar ${i + 1} of ${kind}`));
    compared += drawn.length;
  }
  assert.ok(compared >= 20, `only ${compared} figures were compared`);
}

async function move(page, id, value) {
  await page.$eval(`#${id}`, (input, value) => {
    input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }, String(value));
}

let browser;
const files = {};

before(async () => {
  fs.mkdirSync(shots, { recursive: true });
  for (const lang of ["en", "ko"]) {
    files[lang] = path.join(folder, `${lang}.html`);
    run("report", "ai-hub", ...DRAWS, "--lang", lang, "-o", files[lang]);
  }
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  console.log(`screenshots: ${shots}`);
});

after(async () => {
  await browser?.close();
  if (process.env.SHOTS) fs.rmSync(folder, { recursive: true });
});

async function open(file, view) {
  const context = await browser.newContext({ viewport: { width: view.width, height: view.height } });
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith("file:")) faults.push(`asks the network for ${request.url()}`);
  });
  if (view.media) await page.emulateMedia({ media: view.media });
  await page.goto(`file://${file}`);
  return { page, faults, close: () => context.close() };
}

for (const lang of ["en", "ko"]) {
  describe(lang, () => {
    test("is one file under 1.5 MB", () => {
      const size = fs.statSync(files[lang]).size;
      assert.ok(size < LIMIT, `${size} bytes`);
    });

    for (const view of VIEWS) {
      test(`reads well: ${view.name}`, async () => {
        const { page, faults, close } = await open(files[lang], view);
        assert.equal(await page.evaluate(() => document.documentElement.lang), lang);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(width <= view.width, `the page is ${width} wide, the screen ${view.width}`);
        // Every chart is there in one size, and names itself.
        const charts = await page.$$eval("figure", (figures) => figures.map((f) => ({
          id: f.id,
          shown: [...f.querySelectorAll("svg")].filter((s) => s.getBoundingClientRect().height > 40).length,
          named: [...f.querySelectorAll("svg")].every((s) => s.getAttribute("aria-labelledby").split(" ")
            .every((id) => document.getElementById(id)?.textContent)),
          source: f.querySelector(".source").textContent,
          rows: f.querySelectorAll("tbody tr").length,
        })));
        assert.ok(charts.length >= 14, `${charts.length} charts`);
        for (const chart of charts) {
          assert.equal(chart.shown, 1, `${chart.id} is shown once`);
          assert.ok(chart.named, `${chart.id} has a text alternative`);
          assert.match(chart.source, /2023/, `${chart.id} has a source line with its year`);
          assert.ok(chart.rows > 0, `${chart.id} has a table behind it`);
        }
        // No text of a chart is cut off at its edge.
        const cut = await page.$$eval("figure svg", (svgs) => svgs.flatMap((svg) => {
          const frame = svg.getBoundingClientRect();
          return frame.height < 40 ? [] : [...svg.querySelectorAll("text")].filter((t) => {
            const box = t.getBoundingClientRect();
            return box.left < frame.left - 2 || box.right > frame.right + 2;
          }).map((t) => `${svg.closest("figure").id}: ${t.textContent}`);
        }));
        assert.deepEqual(cut, []);
        // No cell is squeezed to a column of letters.
        await page.$$eval("details", (all) => all.forEach((d) => { d.open = true; }));
        const squeezed = await page.$$eval("th, td", (cells) => cells
          .filter((c) => c.clientHeight > 3 * c.clientWidth + 60).map((c) => c.textContent));
        assert.deepEqual(squeezed, []);
        await page.$$eval("details", (all) => all.forEach((d) => { d.open = false; }));
        const height = await page.evaluate(() => document.documentElement.scrollHeight);
        for (let y = 0, i = 0; y < height; y += 1600, i += 1) {
          await page.screenshot({
            path: path.join(shots, `${lang}-${view.name}-${String(i).padStart(2, "0")}.png`),
            clip: { x: 0, y, width: view.width, height: Math.min(1600, height - y) },
            fullPage: true,
          });
        }
        assert.deepEqual(faults, []);
        await close();
      });
    }

    for (const view of VIEWS.slice(0, 2)) {
      test(`has no serious accessibility fault: ${view.name}`, async () => {
        const { page, close } = await open(files[lang], view);
        await page.$$eval("details", (all) => all.forEach((d) => { d.open = true; }));
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => window.axe.run());
        const serious = violations.filter((v) => ["serious", "critical"].includes(v.impact))
          .map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")}`);
        assert.deepEqual(serious, []);
        await close();
      });
    }

    test("says what the JSON of the same run says", async () => {
      const { page, close } = await open(files[lang], VIEWS[1]);
      const impact = impactOf("ai-hub", ...DRAWS);
      const embedded = await page.evaluate(() => JSON.parse(document.getElementById("brief").textContent));
      // The program's JSON says its unit, headline sums and sectors beside the result itself.
      for (const [key, value] of Object.entries(embedded.impact)) {
        if (key in impact) assert.deepEqual(value, impact[key], key);
      }
      assert.ok("one_off" in impact && "phases" in impact && "notes" in impact);
      const cards = await page.$$eval(".card", (all) =>
        all.map((c) => [c.dataset.kind, c.dataset.figure, Number(c.dataset.value)]));
      assert.equal(cards.length, 8);
      for (const [kind, figure, value] of cards) {
        same(value, headline(impact[kind])[figure].total, `${kind} ${figure}`);
      }
      await close();
    });

    test("prints to A4 with all that it says", async () => {
      const { page, close } = await open(files[lang], VIEWS[1]);
      const pdf = await page.pdf({ path: path.join(shots, `${lang}.pdf`), preferCSSPageSize: true, printBackground: true });
      assert.ok(pdf.length > 50_000);
      await close();
    });
  });
}

describe("live part", () => {
  const open_ = () => open(files.en, VIEWS[1]);

  test("starts where the scenario is", async () => {
    const { page, close } = await open_();
    assert.ok(await page.isVisible("#live"));
    await compareLive(page, impactOf("ai-hub"));
    await close();
  });

  test("size is --scale", async () => {
    const { page, close } = await open_();
    for (const size of [0.25, 1.7]) {
      await move(page, "live-size", size);
      await compareLive(page, impactOf("ai-hub", "--scale", `${size * 100}%`));
    }
    await close();
  });

  test("household share is --household-share", async () => {
    const { page, close } = await open_();
    for (const share of [0, 0.5, 0.95]) {
      await move(page, "live-households", share);
      await compareLive(page, impactOf("ai-hub", "--household-share", String(share)));
    }
    await close();
  });

  test("domestic share of equipment is a scenario with those shares", async () => {
    const { page, close } = await open_();
    const impact = impactOf("ai-hub");
    const equipment = impact.phases.filter((p) => p.kind === "one-off").flatMap((p) => p.lines
      .filter((l) => l.imported > 0 && l.domestic_share < 0.9).map((line) => ({ phase: p.name.en, line })));
    const product = (l) => l.domestic + l.imported;
    const all = equipment.reduce((a, e) => a + product(e.line), 0);
    const now = equipment.reduce((a, e) => a + e.line.domestic, 0) / all;
    for (const wanted of [0.05, 0.6, 1]) {
      // The rule that the page states, worked out apart from it.
      const share = (l) => wanted > now
        ? l.domestic_share + (1 - l.domestic_share) * (wanted - now) / (1 - now)
        : l.domestic_share * wanted / now;
      const phases = [...new Set(equipment.map((e) => e.phase))].map((phase) => [
        `[[phase]]\nname = ${JSON.stringify(phase)}`,
        ...equipment.filter((e) => e.phase === phase).map(({ line }) =>
          `[[phase.spending]]\nitem = ${JSON.stringify(line.item.en)}\ndomestic_share = ${share(line)}`),
      ].join("\n"));
      const file = path.join(folder, "equipment.toml");
      fs.writeFileSync(file, `extends = "ai-hub"\n${phases.join("\n")}\n`);
      const other = impactOf(file);
      const reached = other.phases.flatMap((p) => p.lines);
      assert.equal(reached.length, impact.phases.flatMap((p) => p.lines).length, "no line was added");
      await move(page, "live-equipment", wanted);
      await compareLive(page, other);
    }
    await page.click("#live-reset");
    await compareLive(page, impact);
    await close();
  });

  test("moves with the keyboard", async () => {
    const { page, close } = await open_();
    const output = () => page.$eval("#live-results td[data-figure=output]", (c) => Number(c.dataset.value));
    const before = await output();
    await page.focus("#live-size");
    await page.keyboard.press("ArrowRight");
    assert.ok(await output() > before);
    await close();
  });
});

describe("hostile scenario", () => {
  test("markup in names and notes stays text", async () => {
    const evil = "<script>document.title='hacked'</script><img src=x onerror=\"document.title='hacked'\">";
    const file = path.join(folder, "evil.toml");
    const text = JSON.stringify(evil);
    fs.writeFileSync(file, `[scenario]\nname = ${text}\ndescription = ${text}\nregion = "전남"\n`
      + `[[phase]]\nname = ${text}\nkind = "one-off"\nstart = 2027\n`
      + `[[phase.spending]]\nitem = ${text}\nwhat = "45"\namount = "1조"\nsource = ${text}\nnote = ${text}\ncertainty = "assumption"\n`
      + `[[phase.spending]]\nitem = "</script>"\nwhat = "34"\namount = "1조"\n`);
    const page_ = path.join(folder, "evil.html");
    run("report", file, "--beside", file, "--lang", "en", "-o", page_);
    const { page, faults, close } = await open(page_, VIEWS[1]);
    assert.match(await page.title(), /<script>/);
    assert.equal(await page.$$eval("img", (all) => all.length), 0);
    assert.equal(await page.$$eval("script", (all) => all.length), 2);
    assert.ok(await page.isVisible("#live"), "the page's own script ran");
    assert.deepEqual(faults, []);
    await close();
  });
});
