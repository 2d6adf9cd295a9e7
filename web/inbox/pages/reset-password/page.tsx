import { useState } from "preact/hooks";
import { AskForLink } from "./ask";
import { ChoosePassword } from "./choose";

/** Without a token one asks for a link; with the link's, which is no server's business, one chooses. */
export default function ResetPassword() {
  const [token, setToken] = useState(() => location.hash.slice(1));
  const again = () => {
    history.replaceState(null, "", location.pathname);
    setToken("");
  };
  return token ? <ChoosePassword token={token} onAgain={again} /> : <AskForLink />;
}
