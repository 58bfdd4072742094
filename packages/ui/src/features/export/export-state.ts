export type ExportState =
  | { readonly kind: "idle" | "cancelled" }
  | { readonly kind: "running"; readonly bytes: number }
  | { readonly kind: "done"; readonly bytes: number; readonly warnings: readonly string[] }
  | { readonly kind: "cut"; readonly bytes: number }
  | { readonly kind: "failed"; readonly error: Error };
