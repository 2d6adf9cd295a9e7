import { Dialog } from "../../../kit/dialog";

interface LargePictureProps {
  url: string;
  name: string;
  onClose: () => void;
}

export default function LargePicture({ url, name, onClose }: LargePictureProps) {
  return (
    <Dialog title={name} wide onClose={onClose}>
      <a class="picture-large" href={url} target="_blank" rel="noopener noreferrer">
        <img src={url} alt={name} />
      </a>
    </Dialog>
  );
}
