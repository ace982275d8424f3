"use strict";
(() => {
  const table = document.getElementById("actions");
  const form = document.getElementById("filters");
  if (!table || !form) return;
  const find = (id) => document.getElementById(id);
  const rows = [...table.querySelectorAll("tr.action")];
  const boxes = [...form.querySelectorAll("input[type=checkbox]")];
  const [words, board, owner] = ["f-words", "f-board", "f-owner"].map(find);
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ");
  const said = new Map(rows.map((row) => [row, folded([...row.cells].map((cell) => {
    const parts = cell.querySelectorAll(".what, .item");
    return parts.length ? [...parts].map((part) => part.textContent).join(" ") : cell.textContent;
  }).join(" "))]));

  const fits = (row) =>
    folded(words.value).split(" ").every((word) => said.get(row).includes(word)) &&
    (!board || !board.value || row.parentNode.dataset.board === board.value) &&
    (!owner.value || row.dataset.owners.split(" ").includes(owner.value)) &&
    boxes.every((box) => !box.checked || row.dataset.states.split(" ").includes(box.value));

  const filter = () => {
    rows.forEach((row) => { row.hidden = !fits(row); });
    for (const body of table.tBodies) body.hidden = [...body.rows].every((row) => row.hidden || row.matches(".board"));
    const shown = rows.filter((row) => !row.hidden).length;
    const all = rows.length === 1 ? "1 action" : `${rows.length} actions`;
    find("count").textContent = shown === rows.length ? all : `${shown} of ${all}`;
    find("count").classList.toggle("narrowed", shown < rows.length);
    find("none").hidden = shown > 0;
    table.hidden = shown === 0;
  };

  const show = (choose) => {
    form.reset();
    choose();
    filter();
    find("outstanding").focus({ preventScroll: true });
  };

  const compare = { text: (a, b) => a.localeCompare(b, "en-GB"), key: (a, b) => (a < b ? -1 : a > b ? 1 : 0), number: (a, b) => a - b };
  const value = (row, column, kind) => {
    const cell = row.cells[column];
    return kind === "text" ? (cell.querySelector(".what") || cell).textContent.trim() : cell.dataset.key;
  };
  const sort = (head) => {
    const turn = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    table.querySelectorAll("th[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", turn > 0 ? "ascending" : "descending");
    const { sort: kind } = head.dataset;
    for (const body of table.tBodies) {
      const mine = rows.filter((row) => row.parentNode === body);
      mine.sort((a, b) => turn * compare[kind](value(a, head.cellIndex, kind), value(b, head.cellIndex, kind)));
      body.append(...mine);
    }
  };

  table.querySelectorAll("th[data-sort]").forEach((head) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(head));
    head.append(button);
  });
  document.querySelectorAll("a[data-owner]").forEach((link) => link.addEventListener("click", () => show(() => {
    owner.value = link.dataset.owner;
    if (board) board.value = link.dataset.ofBoard;
  })));
  document.querySelectorAll("a[data-state]").forEach((link) => link.addEventListener("click", () => show(() => {
    boxes.forEach((box) => { box.checked = box.value === link.dataset.state; });
  })));
  document.querySelectorAll('a[href^="#a"]').forEach((link) => link.addEventListener("click", () => {
    const row = document.getElementById(link.getAttribute("href").slice(1));
    if (row && row.hidden) show(() => {});
    const life = row && row.querySelector(".life");
    if (life) life.open = true;
  }));
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  find("show-all").addEventListener("click", () => { show(() => {}); words.focus(); });
  form.hidden = false;
  filter();
})();
