import { ArrowLeft, PenLine } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import { type Profile, retrieve } from "../../../api/persons";
import { t } from "../../../i18n";
import { Avatar } from "../../../kit/avatar";
import { Badge } from "../../../kit/badge";
import { Button, IconButton } from "../../../kit/button";
import { CopyButton } from "../../../kit/copy";
import { Skeleton } from "../../../kit/skeleton";
import { moment, Time } from "../../../kit/time";
import { go, place } from "../../router";
import { Failure, tell } from "../../shell/failure";
import { useTitle } from "../../shell/title";
import { composeTo } from "../../store/composing";
import { single } from "../../store/panes";
import { edit, merged } from "../../store/persons";
import { nameOfProfile, textIn } from "../../store/profile";
import { inProject, mayWrite, project } from "../../store/session";
import { Fact, Facts } from "../person/facts";
import { deviceOf } from "../person/known";
import { EditableName } from "../person/name";
import "../person/panel.css";
import { Properties } from "../person/properties";
import { PersonTickets } from "./tickets";

type Known = Record<string, unknown>;

/** One person: who they are, and all they ever asked. */
export function PersonPage({ id }: { id: string }) {
  const [person, setPerson] = useState<Profile | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const ask = () => {
    setFailed(null);
    retrieve(project.peek()?.id ?? 0, id).then(setPerson, setFailed);
  };
  useEffect(ask, [id]);
  useTitle(person ? nameOfProfile(person) : undefined, t("people"));

  async function change(name: string, value: unknown): Promise<void> {
    if (!person) return;
    const properties = merged(person.properties as Known, { [name]: value }) as Profile["properties"];
    setPerson({ ...person, properties });
    try {
      setPerson(await edit(person, { [name]: value }));
    } catch (error) {
      setPerson(person);
      tell(error);
    }
  }

  return (
    <section class="person-page-pane scroll" aria-label={t("person")}>
      {failed ? (
        <>
          <header class="person-page-head">
            <BackToPersons />
            <h1>{t("person")}</h1>
          </header>
          <Failure error={failed} onRetry={ask} />
        </>
      ) : person ? (
        <>
          <Head person={person} onName={(name) => change("name", name || null)} />
          <div class="person-columns">
            <PersonTickets person={person} />
            <div class="person-facts">
              <Known person={person} />
              <h2>{t("section_properties")}</h2>
              <Properties properties={person.properties as Known} onChange={change} />
            </div>
          </div>
        </>
      ) : (
        <Waiting />
      )}
    </section>
  );
}

function Head({ person, onName }: { person: Profile; onName: (name: string) => unknown }) {
  const [name, email] = [nameOfProfile(person), textIn(person.properties, "email")];
  return (
    <header class="person-page-head">
      <BackToPersons />
      <Avatar size="l" name={name} />
      <div class="person-who">
        <EditableName
          first
          name={name}
          known={textIn(person.properties, "name") !== ""}
          editable={mayWrite.value}
          onName={onName}
        />
        {email && email !== name && (
          <span class="person-email">
            <span class="truncate muted" dir="auto">
              {email}
            </span>
            <CopyButton text={email} label={t("copy_email")} />
          </span>
        )}
      </div>
      {!person.is_identified && <Badge>{t("anonymous")}</Badge>}
      {mayWrite.value && (
        <Button
          onClick={() => composeTo({ name, email, distinctId: person.distinct_ids[0] ?? "" })}
          class="person-write"
          aria-label={t("person_write")}
        >
          <PenLine size={15} aria-hidden="true" />
          <span>{t("person_write")}</span>
        </Button>
      )}
    </header>
  );
}

function BackToPersons() {
  const query = place.value.query.toString();
  if (!single.value) return null;
  return (
    <IconButton label={t("persons_back")} onClick={() => go(inProject("persons") + (query && `?${query}`))}>
      <ArrowLeft size={18} class="mirrored" />
    </IconButton>
  );
}

function Known({ person }: { person: Profile }) {
  return (
    <Facts>
      <Fact name={t("fact_seen")}>
        <Time at={person.created_at} how={moment} />
      </Fact>
      {deviceOf(person.properties as Known).map(([name, value]) => (
        <Fact key={name} name={t(`device_${name}`)}>
          {value}
        </Fact>
      ))}
      <Fact name={t("fact_ids")}>
        <ul class="person-ids">
          {person.distinct_ids.map((id) => (
            <li key={id}>
              <code class="truncate" title={id}>
                {id}
              </code>
              <CopyButton text={id} label={t("copy_id")} />
            </li>
          ))}
        </ul>
      </Fact>
    </Facts>
  );
}

function Waiting() {
  return (
    <div class="person-page-head" aria-busy="true">
      <Skeleton width="3rem" height="3rem" round />
      <div class="person-who">
        <Skeleton width="12rem" height="1rem" />
      </div>
    </div>
  );
}
