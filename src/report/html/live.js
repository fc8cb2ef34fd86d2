"use strict";
// The model, worked out again for figures that the reader moves. Everything is linear in demand, so
// rows of v'L, e'L and the like are enough; see `live.rs` for what each row is.
(function () {
  const brief = JSON.parse(document.getElementById("brief").textContent);
  const model = brief.live;
  const ko = document.documentElement.lang === "ko";
  const pick = (en, korean) => (ko ? korean : en);
  const name = (text) => (ko ? text.ko : text.en);
  const dot = (row, pairs) => pairs.reduce((sum, [at, value]) => sum + row[at] * value, 0);

  // The domestic share of the equipment lines taken together.
  const equipment = model.phases.flatMap((p) => p.lines).filter((l) => l.equipment);
  const equipmentProduct = equipment.reduce((sum, l) => sum + l.product, 0);
  const equipmentShare = equipmentProduct !== 0
    ? equipment.reduce((sum, l) => sum + l.product * l.share, 0) / equipmentProduct : 0;

  // Up: the same part of what each line imports comes home. Down: each share shrinks alike.
  function share(line, wanted) {
    if (!line.equipment || wanted === equipmentShare) return line.share;
    return wanted > equipmentShare
      ? line.share + (1 - line.share) * (wanted - equipmentShare) / (1 - equipmentShare)
      : line.share * wanted / equipmentShare;
  }

  // Effects of one kind of phase, money in millions.
  function effects(kind, at) {
    const sum = { spending: 0, imported: 0, output: [0, 0, 0], value_added: [0, 0, 0], jobs: [0, 0, 0], inputs: [0, 0],
      sectors: model.sectors.map(() => 0) };
    const h = model.households;
    for (const phase of model.phases.filter((p) => p.kind === kind)) {
      const weight = phase.probability * at.size;
      const demand = [];
      // What recipes make themselves; what they buy is demand like any other.
      const made = { output: 0, value_added: 0, imports: 0, jobs: 0, income: 0 };
      for (const line of phase.lines) {
        const domestic = share(line, at.equipment);
        const paid = weight * line.product * domestic;
        if (line.recipe) {
          for (const [sector, input] of line.recipe.inputs) demand.push([sector, paid * input]);
          for (const id of Object.keys(made)) made[id] += paid * line.recipe[id];
          model.sectors.forEach((sector, i) => {
            if (sector.sector === line.sector) sum.sectors[i] += paid * line.recipe.jobs * phase.persons;
          });
        } else {
          demand.push([line.sector, paid]);
        }
        sum.imported += weight * line.product * (1 - domestic);
        sum.spending += weight * (line.product + line.tax);
        for (const [sector, amount] of line.margins) {
          demand.push([sector, weight * amount]);
          sum.spending += weight * amount;
        }
      }
      const output = dot(model.output, demand) + made.output, jobs = dot(model.jobs, demand) + made.jobs;
      const spent = h ? at.households * (dot(h.income, demand) + made.income) / (1 - at.households * h.income_again) : 0;
      const add = (to, type1, perSpent, factor) => {
        to[0] += type1 * factor;
        to[1] += spent * perSpent * factor;
      };
      add(sum.output, output, h ? h.output : 0, 1);
      add(sum.value_added, dot(model.value_added, demand) + made.value_added, h ? h.value_added : 0, 1);
      add(sum.jobs, jobs, h ? h.jobs : 0, phase.persons);
      add(sum.inputs, dot(model.imports, demand) + made.imports, h ? h.imports : 0, 1);
      model.sectors.forEach((sector, i) => {
        const made = dot(sector.row, demand);
        sum.sectors[i] += made * sector.jobs * phase.persons;
      });
    }
    const both = (pair) => ({ type1: pair[0], total: pair[0] + pair[1] });
    return {
      spending: both([sum.spending, 0]), output: both(sum.output), value_added: both(sum.value_added),
      jobs: both(sum.jobs), leakage: both([sum.imported + sum.inputs[0], sum.inputs[1]]), sectors: sum.sectors,
    };
  }

  const format = (value, decimals) => (Math.abs(value) < 0.5 * 10 ** -decimals ? 0 : value)
    .toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  // One unit of money for the whole page, as the tables have it.
  const { unit: moneyUnit, perMillion, decimals: moneyDecimals } = document.getElementById("live").dataset;
  const money = (millions) => format(millions * Number(perMillion), Number(moneyDecimals));
  const amount = (millions) => money(millions) + (ko && !/^[ -~]/.test(moneyUnit) ? "" : " ") + moneyUnit;
  const percent = (value) => format(value * 100, 1) + pick(" %", "%");

  const kinds = ["one-off", "recurring"].filter((kind) => model.phases.some((p) => p.kind === kind));
  const written = { size: 1, equipment: equipmentShare, households: model.households ? model.households.share : 0 };
  const now = { ...written };
  const base = Object.fromEntries(kinds.map((kind) => [kind, effects(kind, written)]));
  const firstKind = kinds[0];

  const inputs = [{
    id: "size", label: pick("Size of the spending", "투자·지출 규모"), min: 0.1, max: 3, step: 0.01,
    show: (v) => amount(base[firstKind].spending.total * v) + " (" + format(v * 100, 0) + pick(" %", "%") + ")",
    about: pick("All amounts are resized alike.", "모든 금액을 같은 비율로 조정."),
  }];
  if (equipmentProduct !== 0) {
    inputs.push({
      id: "equipment", label: pick("Domestic share of equipment", "기자재 국산 비율"), min: 0, max: 1, step: "any",
      show: percent,
      about: pick("Lines that are largely imported now: ", "현재 수입 비중이 큰 항목: ")
        + [...new Set(equipment.map((l) => name(l.item)))].join(", "),
    });
  }
  if (model.households) {
    inputs.push({
      id: "households", label: pick("Share of labour income that households spend", "가계의 피용자보수 소비 비율"),
      min: 0, max: 1, step: "any", show: percent,
      about: pick("Changes induced effects only.", "소득유발효과에만 영향."),
    });
  }

  const element = (tag, properties, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };
  const form = document.getElementById("live-inputs");
  for (const input of inputs) {
    const id = "live-" + input.id;
    const shown = element("output", { htmlFor: id, id: id + "-shown" });
    const range = element("input", { type: "range", id, min: input.min, max: input.max, step: input.step });
    range.value = now[input.id];
    range.setAttribute("aria-describedby", id + "-about");
    range.addEventListener("input", () => {
      now[input.id] = Number(range.value);
      draw();
    });
    const reset = () => {
      range.value = written[input.id];
      now[input.id] = written[input.id];
    };
    Object.assign(input, { range, shown, reset });
    form.append(element("div", {},
      element("label", { htmlFor: id }, input.label, shown), range,
      element("p", { id: id + "-about", textContent: input.about })));
  }
  document.getElementById("live-reset").addEventListener("click", () => {
    inputs.forEach((input) => input.reset());
    draw();
  });

  const rows = [
    ["spending", pick("Spent", "지출")], ["output", pick("Output", "생산")],
    ["value_added", pick("Value added", "부가가치")], ["jobs", pick("Jobs", "취업")],
    ["leakage", pick("Imports, with taxes on them", "수입(수입품세 포함)")],
  ];
  const titles = { "one-off": pick("One-off phases, in all", "일회성 단계 합계"), recurring: pick("A full year of operation", "연간(반복 단계)") };
  const persons = { "one-off": pick("job-years", "인년"), recurring: pick("jobs", "명") };

  function table(kind, result) {
    const th = (text, scope, number) => element("th", { textContent: text, scope, className: number ? "n" : "" });
    const head = element("tr", {}, th(titles[kind], "col"), th(pick("as written", "시나리오"), "col", true),
      th(pick("now", "변경 후"), "col", true), th(pick("change", "변화"), "col", true));
    if (model.households) head.insertBefore(th(pick("households add", "소득유발 추가"), "col", true), head.lastChild);
    const body = rows.map(([id, label]) => {
      const show = id === "jobs" ? (v) => format(v, 0) : money;
      const unit = id === "jobs" ? persons[kind] : moneyUnit;
      const before = base[kind][id].type1, after = result[id].type1;
      const cell = (text, value) => {
        const td = element("td", { textContent: text, className: "n" });
        if (value !== undefined) td.dataset.value = value;
        return td;
      };
      const moved = before === 0 ? 0 : (after - before) / Math.abs(before);
      const change = before === 0 ? "–" : (Math.abs(moved) < 5e-4 ? "" : moved > 0 ? "+" : "−") + percent(Math.abs(moved));
      const nowCell = cell(show(after), after);
      Object.assign(nowCell.dataset, { kind, figure: id });
      const row = element("tr", {}, th(label + " (" + unit + ")", "row"), cell(show(before)), nowCell, cell(change));
      if (model.households) {
        const more = result[id].total - result[id].type1;
        const induced = cell(id === "spending" ? "–" : show(more), more);
        Object.assign(induced.dataset, { kind, figure: id + "_induced" });
        row.insertBefore(induced, row.lastChild);
      }
      return row;
    });
    const scroll = element("div", { className: "scroll", tabIndex: 0 },
      element("table", {}, element("thead", {}, head), element("tbody", {}, ...body)));
    scroll.setAttribute("role", "region");
    scroll.setAttribute("aria-label", titles[kind]);
    return scroll;
  }

  function bars(kind, result) {
    const order = result.sectors.map((value, i) => [value, i])
      .sort((a, b) => Math.abs(b[0]) - Math.abs(a[0])).slice(0, 10);
    const largest = Math.max(order[0] ? Math.abs(order[0][0]) : 0, ...base[kind].sectors.map(Math.abs), 1e-9);
    return element("div", {},
      element("h3", { textContent: pick("Jobs by sector (Type I)", "부문별 취업(1형)") + ": " + titles[kind] + " (" + persons[kind] + ")" }),
      ...order.map(([value, i]) => {
        const bar = element("i", {});
        bar.style.width = Math.abs(value) / largest * 78 + "%";
        const label = element("span", { textContent: name(model.sectors[i].name), title: name(model.sectors[i].name) });
        const line = element("div", { className: "bar" }, label, element("span", {}, bar, format(value, 0)));
        Object.assign(line.dataset, { kind, sector: model.sectors[i].sector, value });
        return line;
      }));
  }

  function draw() {
    for (const input of inputs) {
      input.shown.textContent = input.show(now[input.id]);
      input.range.setAttribute("aria-valuetext", input.shown.textContent);
    }
    const results = document.getElementById("live-results");
    results.replaceChildren(...kinds.flatMap((kind) => {
      const result = effects(kind, now);
      return [table(kind, result), ...(result.sectors.some((v) => v !== 0) ? [bars(kind, result)] : [])];
    }));
  }

  // Paper shows what a screen can unfold.
  window.addEventListener("beforeprint", () => {
    document.querySelectorAll("details.scenario, details.long").forEach((d) => { d.open = true; });
  });

  if (kinds.length > 0) {
    document.getElementById("live").hidden = false;
    draw();
  }
})();
