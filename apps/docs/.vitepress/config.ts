import { readdirSync, readFileSync } from "node:fs";
import { defineConfig } from "vitepress";

// Written by typedoc.
const api = JSON.parse(readFileSync(new URL("../api/typedoc-sidebar.json", import.meta.url), "utf8"));

const decisions = new URL("../decisions/", import.meta.url);

// The sidebar of the decisions is the folder: one page each, in the order of their numbers, by their titles.
const decisionPages = readdirSync(decisions)
  .filter((file) => /^\d/.test(file))
  .sort()
  .map((file) => ({
    text: readFileSync(new URL(file, decisions), "utf8").match(/^# (.+)$/m)?.[1] ?? file,
    link: `/decisions/${file.replace(/\.md$/, "")}`,
  }));

const guide = [
  { text: "THE database", link: "/guide/the-database" },
  { text: "Find the race", link: "/guide/find-the-race" },
  { text: "The bakery", link: "/guide/the-bakery" },
  { text: "The tail at scale", link: "/guide/tail-at-scale" },
  { text: "How fast", link: "/guide/performance" },
];

export default defineConfig({
  title: "conc",
  description: "Go's concurrency for TypeScript",
  cleanUrls: true,
  themeConfig: {
    search: { provider: "local" },
    outline: [2, 3],
    nav: [
      { text: "Guide", link: "/guide/the-database" },
      { text: "API", link: "/api/" },
      { text: "Decisions", link: "/decisions/" },
    ],
    sidebar: {
      "/guide/": [{ text: "Guide", items: guide }],
      "/api/": [{ text: "API", link: "/api/", items: api }],
      "/decisions/": [{ text: "Decisions", link: "/decisions/", items: decisionPages }],
    },
  },
});
