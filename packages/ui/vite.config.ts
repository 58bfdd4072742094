import { defineConfig, type Plugin } from "vite";

/** Nothing is preloaded (below), so that what Vite puts around each `import()` need not know how; it is 0.6 kB. */
const plainImports: Plugin = {
  name: "plain-imports",
  enforce: "pre",
  load: {
    filter: { id: /^\0vite\/preload-helper\.js$/ },
    handler: () => "export const __vitePreload = (load) => load();",
  },
};

export default defineConfig({
  plugins: [plainImports],
  build: {
    target: "es2023",
    // The first that know `light-dark()`: what stands in for it elsewhere does not follow the theme that a person chooses.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    outDir: "dist",
    // Inlined files would need `data:` in the page's content security policy.
    assetsInlineLimit: 0,
    // One style sheet of 7 kB: parts that are fetched later need no code that fetches theirs.
    cssCodeSplit: false,
    // The page names all that its entry imports; lists for the parts that are fetched later would weigh more than they save.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_, files, { hostType }) => (hostType === "html" ? files : []),
    },
    rolldownOptions: {
      // How long which plugin took is nobody's concern who starts the server.
      checks: { pluginTimings: false },
      // Together they compress better than apart, and stay in caches when only the page has changed.
      output: {
        codeSplitting: {
          groups: [
            { name: "libraries", test: /node_modules\/(react|react-dom|scheduler|@tanstack)\// },
            { name: "common", test: /packages\/(sdk|ui\/src\/(client|format|preferences|view))\// },
          ],
        },
      },
      // Libraries say where React's server components may run them; there are none here.
      onLog: (level, entry, log) => {
        if (entry.code !== "MODULE_LEVEL_DIRECTIVE") log(level, entry);
      },
    },
  },
  server: { proxy: { "/logs": process.env.LOG_SERVICE_UI_SERVER ?? "http://127.0.0.1:3000" } },
});
