import { defineConfig } from "vite";

// The page: one folder of files, which the service serves.
export default defineConfig({
  root: "page",
  build: {
    outDir: "../dist/page",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
