// Tables with the class "sortable" are sorted by a click on a column's head; a second click turns the order round.
for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const falling = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", falling ? "descending" : "ascending");
      const key = (row) => row.cells[column].dataset.key ?? row.cells[column].textContent;
      const rows = [...table.tBodies[0].rows].sort((a, b) => {
        const [x, y] = [key(a), key(b)];
        // Cells without a value stay at the end, whichever way the others go.
        if (x === "" || y === "") return (x === "") - (y === "");
        const order = head.classList.contains("text") ? x.localeCompare(y) : Number(x) - Number(y);
        return falling ? -order : order;
      });
      table.tBodies[0].append(...rows);
    });
  });
}
