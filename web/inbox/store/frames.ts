/** Server-sent events out of a stream of bytes, as the HTML standard writes them. */

export interface Frame {
  id: string;
  event: string;
  data: string;
}

/** Each frame; comments are frames without data, so that one sees the line is alive. */
export async function* readFrames(body: ReadableStream<Uint8Array>): AsyncGenerator<Frame> {
  const reader = body.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    rest += value;
    const blocks = rest.split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) yield frame(block);
  }
}

function frame(block: string): Frame {
  const found: Frame = { id: "", event: "message", data: "" };
  for (const line of block.split("\n")) {
    const [name, value] = [
      line.slice(0, line.indexOf(":")),
      line.slice(line.indexOf(":") + 1).replace(/^ /, ""),
    ];
    if (name === "data") found.data += found.data ? `\n${value}` : value;
    else if (name === "id" || name === "event") found[name] = value;
  }
  return found;
}
