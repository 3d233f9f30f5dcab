// Prints what axe-core found in a page; ends with 1 when it found something, or did not run.
import { readFileSync } from "node:fs";

const [seen, name] = process.argv.slice(2);
const note = readFileSync(seen, "utf8").match(/<script type="application\/json" id="axe-findings">(.*?)<\/script>/s);
if (!note) {
    console.error(`FAILED: ${name}: axe-core did not finish`);
    process.exit(1);
}
const { passes, list } = JSON.parse(note[1]);
for (const { id, help, nodes } of list) {
    console.error(`FAILED: ${name}: ${id}: ${help}\n    ${nodes.slice(0, 4).join("\n    ")}`);
}
process.exit(list.length > 0 || passes === 0 ? 1 : 0);
