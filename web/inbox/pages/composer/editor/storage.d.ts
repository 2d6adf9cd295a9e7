import "@tiptap/core";

declare module "@tiptap/core" {
  interface Storage {
    macroTrigger: { pick: (id: string) => void };
  }
}
