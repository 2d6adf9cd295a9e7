import type { ComponentChildren } from "preact";
import { t } from "../../i18n";
import { Button } from "../../kit/button";
import { useCommands } from "../keyboard/commands";
import type { Form } from "./form";
import "./save-bar.css";

interface FormPanelsProps {
  // Any: a form over whatever it is over
  form: Form<any>;
  readOnly?: boolean;
  children: ComponentChildren;
}

/** Panels of one form. What is not saved is said at its end, beside what can be done about it. */
export function FormPanels({ form, readOnly = false, children }: FormPanelsProps) {
  const { isDirty, isBusy } = form;
  useCommands(
    [
      {
        id: "form.save",
        title: "save",
        group: "app",
        keys: ["Mod+s"],
        whileTyping: true,
        when: () => isDirty,
        run: () => void form.save(),
      },
    ],
    [form],
  );
  return (
    <form
      class="form-panels"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void form.save();
      }}
    >
      <fieldset disabled={readOnly}>{children}</fieldset>
      {isDirty && (
        <div class="save-bar" role="status">
          <span>{t("unsaved_changes", { count: Object.keys(form.changes).length })}</span>
          <Button size="s" variant="quiet" onClick={form.reset}>
            {t("discard")}
          </Button>
          <Button size="s" type="submit" variant="primary" busy={isBusy} keys="Mod+S">
            {t("save")}
          </Button>
        </div>
      )}
    </form>
  );
}
