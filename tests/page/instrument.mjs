// Puts axe-core into a copy of a page and leaves its findings there as JSON.
import { readFileSync } from "node:fs";

const [page, axe] = process.argv.slice(2);
const html = readFileSync(page, "utf8").replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "");
const run = `
addEventListener("load", async () => {
    const found = await axe.run(document, { resultTypes: ["violations"] });
    const list = found.violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map((node) => node.html.slice(0, 200)) }));
    const note = document.createElement("script");
    note.type = "application/json";
    note.id = "axe-findings";
    note.textContent = JSON.stringify({ passes: found.passes.length, list }).replaceAll("<", "\\\\u003c");
    document.body.append(note);
});`;
process.stdout.write(html.replace("</head>", () => `<script>${readFileSync(axe, "utf8")}</script><script>${run}</script></head>`));
