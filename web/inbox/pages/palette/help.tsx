import { t } from "../../../i18n";
import { Dialog } from "../../../kit/dialog";
import { Kbd } from "../../../kit/kbd";
import { commands } from "../../keyboard/commands";
import "./help.css";
import { type Line, linesOf } from "./lines";

const GROUPS = ["go", "list", "ticket", "write", "app"] as const;

/** Every command that has keys, as the registry knows it. */
export default function Help({ onClose }: { onClose: () => void }) {
  const lines = linesOf([...commands.value.values()]);
  return (
    <Dialog wide title={t("shortcuts")} onClose={onClose}>
      <div class="help" tabIndex={0} role="region" aria-label={t("shortcuts")} autofocus>
        {GROUPS.map((group) => (
          <Group
            key={group}
            name={t(`group_${group}`)}
            lines={lines.filter((line) => line.group === group)}
          />
        ))}
      </div>
    </Dialog>
  );
}

function Group({ name, lines }: { name: string; lines: Line[] }) {
  if (lines.length === 0) return null;
  return (
    <section>
      <h3>{name}</h3>
      <dl>
        {lines.map((line) => (
          <div key={line.name}>
            <dt>{line.name}</dt>
            <dd>
              {line.keys.map((keys) => (
                <Keys key={keys} keys={keys} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Keys({ keys }: { keys: string }) {
  return (
    <>
      <Kbd keys={keys} />
      <span class="sr-only">{keys}</span>
    </>
  );
}
