import { pieces } from "../../../store/highlight";

/** A text in which the search found something. */
export function Marked({ text, searched }: { text: string; searched: string }) {
  if (!searched) return <>{text}</>;
  return (
    <>
      {pieces(text, searched).map((piece, index) =>
        piece.hit ? <mark key={index}>{piece.text}</mark> : piece.text,
      )}
    </>
  );
}
