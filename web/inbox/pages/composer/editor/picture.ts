/** Images of ours in the text: named by attachment, shown from where the file is at the moment. */

import type { Editor } from "@tiptap/core";
import { Image } from "@tiptap/extension-image";

/** `attachment:<id>` or `uploading:<id>` → what the browser can show. */
const places = new Map<string, string>();

export const shows = (source: string, address: string): void => void places.set(source, address);

const attribute = () => ({ default: null });

/** Images from elsewhere are not taken: whoever reads them would be seen by their server. */
export const Picture = Image.extend({
  addAttributes: () => ({ src: attribute(), alt: attribute() }),
  parseHTML: () => [{ tag: 'img[src^="attachment:"]' }],
  addNodeView: () => (props) => {
    const dom = document.createElement("span");
    dom.className = "editor-picture";
    const image = document.createElement("img");
    dom.append(image);
    const draw = ({ attrs }: { attrs: Record<string, unknown> }) => {
      const source = String(attrs.src ?? "");
      image.alt = String(attrs.alt ?? "");
      const address = places.get(source);
      if (address && image.src !== address) image.src = address;
      dom.toggleAttribute("data-uploading", source.startsWith("uploading:"));
    };
    draw(props.node);
    return {
      dom,
      update: (node) => {
        if (node.type !== props.node.type) return false;
        draw(node);
        return true;
      },
    };
  },
});

/** Gives an image another source, or takes it out. */
export function settlePicture(editor: Editor, source: string, settled: string | null): void {
  if (editor.isDestroyed) return;
  const { state } = editor;
  const transaction = state.tr;
  state.doc.descendants((node, at) => {
    if (node.type.name !== "image" || node.attrs.src !== source) return;
    if (settled) transaction.setNodeMarkup(at, undefined, { ...node.attrs, src: settled });
    else transaction.delete(at, at + node.nodeSize);
  });
  if (transaction.docChanged) editor.view.dispatch(transaction);
}
