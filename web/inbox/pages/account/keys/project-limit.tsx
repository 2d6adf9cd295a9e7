import { useState } from "preact/hooks";
import { t } from "../../../../i18n";
import { CheckList } from "../../../../kit/check-list";
import { Segments } from "../../../../kit/segments";
import { projects } from "../../../store/session";

interface ProjectLimitProps {
  value: number[];
  error: string | null;
  onChange: (projects: number[]) => void;
}

/** All projects, or some by name. */
export function ProjectLimit({ value, error, onChange }: ProjectLimitProps) {
  const [isLimited, setLimited] = useState(value.length > 0);
  return (
    <div class="field">
      <span class="field-label">{t("key_projects")}</span>
      <div>
        <Segments
          label={t("key_projects")}
          value={isLimited ? "some" : "all"}
          options={[
            ["all", t("key_all_projects")],
            ["some", t("key_some_projects")],
          ]}
          onPick={(way) => {
            setLimited(way === "some");
            onChange(way === "some" ? projects.value.slice(0, 1).map(({ id }) => id) : []);
          }}
        />
      </div>
      {isLimited && (
        <CheckList
          label={t("key_projects")}
          options={projects.value.map(({ id, name }) => [id, name] as const)}
          value={value}
          onChange={onChange}
        />
      )}
      {error && (
        <p class="wrong" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
