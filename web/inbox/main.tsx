import { render } from "preact";
import "../kit/tokens.css";
import "../kit/base.css";
import { Offline } from "../api/errors";
import { preferred, speak } from "../i18n";
import { App } from "./app";
import "./keyboard/listen";
import { applyTheme } from "./shell/theme";

applyTheme();
const root = document.getElementById("app");
if (root) void speak(preferred()).then(() => render(<App />, root));

// Without a line the banner has said so already: nobody needs to hear it from every request.
addEventListener("unhandledrejection", (event) => {
  if (event.reason instanceof Offline) event.preventDefault();
});
