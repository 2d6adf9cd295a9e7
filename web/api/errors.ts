/** What can come instead of an answer. */

/** The server's refusal; `attr` names the field that it is about. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly attr: string | null,
    readonly retryAfter: number | null,
  ) {
    super(detail);
  }

  static async of(response: Response): Promise<ApiError> {
    const found = (await response.json().catch(() => ({}))) as Partial<Record<string, string>>;
    const wait = Number(response.headers.get("Retry-After"));
    return new ApiError(
      response.status,
      found.code ?? "error",
      found.detail ?? response.statusText,
      found.attr ?? null,
      wait > 0 ? wait : null,
    );
  }

  /** Whether the same request may succeed later. */
  get passing(): boolean {
    return this.status === 429 || this.status >= 500;
  }
}

/** Nobody answered. */
export class Offline extends Error {
  constructor() {
    super("offline");
  }
}
