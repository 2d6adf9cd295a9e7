import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Failure } from "../shell/failure";

export interface Resource<T> {
  value: T | undefined;
  error: unknown;
  set: (value: T) => void;
  reload: () => Promise<void>;
}

/** Something of the server's, asked for anew when what it depends on changes. */
export function useResource<T>(load: () => Promise<T>, dependencies: unknown[]): Resource<T> {
  const [state, setState] = useState<{ value?: T; error?: unknown }>({});
  // Only the latest word counts, asked for or set.
  const turn = useRef(0);
  const reload = async () => {
    const mine = ++turn.current;
    await load().then(
      (value) => mine === turn.current && setState({ value }),
      (error) => mine === turn.current && setState((before) => ({ ...before, error })),
    );
  };
  const set = (value: T) => {
    turn.current += 1;
    setState({ value });
  };
  useEffect(() => {
    setState({});
    void reload();
    return () => void (turn.current += 1);
  }, dependencies);
  return { value: state.value, error: state.error, set, reload };
}

interface LoadedProps<T> {
  of: Resource<T>;
  skeleton: ComponentChildren;
  children: (value: T) => ComponentChildren;
}

/** It, the shape of it, or why it is not there. */
export function Loaded<T>({ of: { value, error, reload }, skeleton, children }: LoadedProps<T>) {
  if (value !== undefined) return <>{children(value)}</>;
  if (error !== undefined) return <Failure error={error} onRetry={() => void reload()} />;
  return <div aria-busy="true">{skeleton}</div>;
}
